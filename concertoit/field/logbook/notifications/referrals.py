"""What referrals tell people. Messages carry a number and a reason, never who the person is."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.logbook.models import Referral
from concertoit.ground.core.spoken import date_long
from concertoit.ground.identity.models import User
from concertoit.ground.notifications.enums import Email
from concertoit.ground.notifications.services import notify, send_mail_message
from concertoit.ground.notifications.verbs import Kind, register

KINDS = (
    Kind(
        "referrals.answered",
        gettext_lazy("Réponse d’une ressource"),
        gettext_lazy("La ressource à qui vous avez référé quelqu’un a répondu."),
    ),
    Kind(
        "referrals.follow",
        gettext_lazy("Références à suivre"),
        gettext_lazy("Une de vos références attend des nouvelles, ou est restée sans nouvelles."),
        email=Email.DIGEST,
    ),
)


def declare() -> None:
    """Register the kinds of notice; called when the room is wired."""
    for kind in KINDS:
        register(kind)


def _url(row: Referral) -> str:
    return reverse("logbook:referral", kwargs={"slug": row.space.slug, "referral_id": row.pk})


def _people(row: Referral) -> list[Any]:
    person = row.author.person_id
    return list(User.objects.filter(person_id=person)) if person else []


def _tell(row: Referral, kind: str, subject: Any, key: str) -> None:
    notify(
        users=_people(row), kind=kind, subject=subject, url=_url(row), space_id=row.space_id,
        dedup_key=f"{kind}:{row.pk}:{key}",
    )  # fmt: skip


def link(*, row: Referral, token: str, again: bool) -> None:
    """Write the personal link to the resource."""
    who = row.author.organisation or row.space
    names = {
        "number": row.number, "who": str(who), "reason": str(row.main_reason).lower(),
        "service": f" ({row.service})" if row.service else "",
        "day": date_long(row.link_expires_at.date(), article=False, weekday=False) if row.link_expires_at else "",
    }  # fmt: skip
    first = _("Une personne vous est référée : %(number)s") % names
    send_mail_message(
        to=row.to_email,
        subject=_("Rappel : %(subject)s") % {"subject": first} if again else first,
        body=_(
            "%(who)s vous réfère une personne, avec son accord%(service)s. Raison principale : %(reason)s. Pouvez-vous "
            "l’accueillir? Le lien ci-dessous est personnel, ne demande pas de compte et vaut jusqu’au %(day)s. Ce "
            "courriel ne dit pas qui est la personne : n’écrivez pas son nom en y répondant."
        )
        % names,
        url=reverse("logbook:referral_answer", kwargs={"token": token}),
        action=_("Répondre"),
        space_id=row.space_id,
        dedup_key=f"referral:{row.pk}:{row.state_at.isoformat()}:{'again' if again else row.link_expires_at}",
    )


def answered(*, row: Referral) -> None:
    """Tell the worker that the resource answered."""
    what = {"number": row.number, "state": str(row.get_state_display()).lower()}
    _tell(
        row, "referrals.answered", lambda: _("La ressource a répondu pour %(number)s : %(state)s") % what,
        f"{row.state}:{row.state_at.isoformat()}",
    )  # fmt: skip


def to_follow(*, row: Referral) -> None:
    """Ask the worker for news, where nobody can write to the resource."""
    _tell(
        row, "referrals.follow", lambda: _("Avez-vous des nouvelles de la référence %(n)s?") % {"n": row.number},
        f"follow:{row.state_at.isoformat()}",
    )  # fmt: skip


def silent(*, row: Referral) -> None:
    """Tell the worker that the referral ended without news."""
    _tell(
        row, "referrals.follow", lambda: _("La référence %(n)s est restée sans nouvelles") % {"n": row.number},
        f"silent:{row.state_at.isoformat()}",
    )  # fmt: skip
