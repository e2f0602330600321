"""What the directory writes to organisations, and tells those who asked."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.directory.models import ConfirmationAsk
from concertoit.ground.core.spoken import date_long
from concertoit.ground.notifications.enums import Email
from concertoit.ground.notifications.services import notify, send_mail_message
from concertoit.ground.notifications.verbs import Kind, register

KIND = Kind(
    "directory.answered",
    gettext_lazy("Fiches du répertoire"),
    gettext_lazy("Un organisme a répondu à votre demande de confirmer sa fiche."),
    email=Email.DIGEST,
)


def declare() -> None:
    """Register the kind of notice; called when the room is wired."""
    register(KIND)


def ask(*, ask: ConfirmationAsk, token: str) -> None:
    """Write the personal link to the organisation."""
    day = date_long(ask.expires_at.date(), article=False, weekday=False)
    send_mail_message(
        to=ask.email,
        subject=_("Votre fiche est-elle exacte? « %(service)s »") % {"service": ask.service},
        body=_(
            "Le répertoire de « %(space)s » montre votre service « %(service)s ». Une minute suffit pour dire si la "
            "fiche est exacte : le lien ci-dessous est personnel, ne demande pas de compte et vaut jusqu’au %(day)s."
        )
        % {"space": ask.space, "service": ask.service, "day": day},
        url=reverse("directory:confirmation", kwargs={"token": token}),
        action=_("Voir ma fiche"),
        space_id=ask.space_id,
        reply_to=ask.asked_by.email if ask.asked_by else "",
        dedup_key=f"directory.ask:{ask.pk}",
    )


def answered(*, ask: ConfirmationAsk) -> None:
    """Tell who asked what the organisation said."""
    what = {"service": str(ask.service), "said": str(ask.get_answer_display())}
    notify(
        users=[ask.asked_by] if ask.asked_by else [],
        kind=KIND.code,
        subject=lambda: _("« %(service)s » : %(said)s") % what,
        body=ask.words,
        url=reverse("directory:service", kwargs={"slug": ask.space.slug, "service_id": ask.service_id}),
        space_id=ask.space_id,
        dedup_key=f"directory.ask:{ask.pk}",
    )
