"""What workshops and reviews tell people: it is open, your ideas or your opinion are expected."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.ground.core.spoken import date_long
from concertoit.ground.notifications.services import notify, send_mail_message
from concertoit.ground.notifications.verbs import Kind, register
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.models import Review, ReviewVoice, Workshop
from concertoit.together.decisions.queries.workshop_people import table_users

KINDS = (
    Kind(
        "decisions.workshop",
        gettext_lazy("Un atelier s’ouvre"),
        gettext_lazy("Vos idées sont attendues, pendant la rencontre ou à distance."),
    ),
    Kind(
        "decisions.review",
        gettext_lazy("Révision des actions"),
        gettext_lazy("Votre avis est attendu : conserver, corriger ou cesser chaque action."),
    ),
)


def declare() -> None:
    """Register the kinds of notice; called when the room is wired."""
    for kind in KINDS:
        register(kind)


def workshop_opened(*, viewer: Viewer, workshop: Workshop) -> None:
    """Tell those who take part in the table that a workshop is open."""
    title = {"title": workshop.title}
    notify(
        users=table_users(viewer.space, "workshop.take_part"),
        kind="decisions.workshop",
        subject=lambda: _("L’atelier « %(title)s » est ouvert : vos idées sont attendues") % title,
        body=workshop.question,
        url=reverse("decisions:workshop_take_part", kwargs={"slug": viewer.space.slug, "workshop_id": workshop.pk}),
        space_id=viewer.space.pk,
        actor=viewer.user,
        dedup_key=f"decisions.workshop:{workshop.pk}",
    )


def review_opened(*, viewer: Viewer, review: Review, users: Iterable[Any], actions: int) -> None:
    """Tell those who give an opinion that it is expected."""
    words = {"title": review.title, "n": actions}
    day = review.closes_on

    def body() -> str:
        asked = _("Pour chacune des %(n)s actions : conserver, corriger ou cesser, et pourquoi.") % words
        return f"{asked} {_('Répondez avant %(day)s.') % {'day': date_long(day, weekday=False)}}" if day else asked

    notify(
        users=users,
        kind="decisions.review",
        subject=lambda: _("Votre avis est attendu : « %(title)s »") % words,
        body=body,
        url=reverse("decisions:review", kwargs={"slug": viewer.space.slug, "review_id": review.pk}),
        space_id=viewer.space.pk,
        actor=viewer.user,
        dedup_key=f"decisions.review:{review.pk}",
    )


def review_link(*, voice: ReviewVoice, review: Review, token: str, reply_to: str, again: int) -> None:
    """Write to an organisation, with or without an account, the personal link of its opinion."""
    words = {"title": review.title, "space": str(review.space)}
    body = _(
        "« %(space)s » revoit les actions de son plan. Dites lesquelles conserver, corriger ou cesser : le lien "
        "ci-dessous est celui de votre organisme et ne demande pas de compte. Vous pouvez y revenir jusqu’à la clôture."
    )
    send_mail_message(
        to=voice.email,
        subject=_("Votre avis sur les actions : « %(title)s »") % words,
        body=body % words,
        url=reverse("decisions:review_link", kwargs={"token": token}),
        action=_("Donner notre avis"),
        space_id=review.space_id,
        reply_to=reply_to,
        dedup_key=f"review:{voice.pk}:{again}",
    )
