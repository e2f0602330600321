"""What a prioritisation tells people: an opinion is expected, the results are there, a recommendation is published."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.ground.core.spoken import date_long, time_of_day
from concertoit.ground.notifications.services import notify, send_mail_message
from concertoit.ground.notifications.verbs import Kind, register
from concertoit.together.decisions.models import Invitee, Prioritisation

KINDS = (
    Kind(
        "decisions.opinion",
        gettext_lazy("Votre avis est attendu"),
        gettext_lazy("Une priorisation vous demande votre avis, ou attend encore votre réponse."),
    ),
    Kind(
        "decisions.results",
        gettext_lazy("Résultats d’une priorisation"),
        gettext_lazy("Les priorités sont comptées, ou une recommandation budgétaire est publiée."),
    ),
)


def declare() -> None:
    """Register the kinds of notice; called when the room is wired."""
    for kind in KINDS:
        register(kind)


def _until(row: Prioritisation) -> str:
    if row.deadline is None:
        return ""
    moment = timezone.localtime(row.deadline)
    words = {"day": date_long(moment.date()), "hour": time_of_day(moment)}
    return _("Le formulaire se ferme %(day)s à %(hour)s. Répondez en partie si vous voulez : tout compte.") % words


def opinion_expected(*, row: Prioritisation, invitee: Invitee, token: str, again: bool) -> None:
    """A notice for who has an account, else an e-mail with a personal link. ``again``: it is a reminder."""
    what = {"title": row.title, "space": str(row.space), "who": str(invitee.voice)}

    def subject() -> str:
        first = _("Votre avis est attendu : « %(title)s »") % what
        return _("Rappel : %(subject)s") % {"subject": first} if again else first

    def body() -> str:
        asked = (
            _("« %(space)s » vous demande de prioriser les actions de son plan. Vous répondez pour : %(who)s.") % what
        )
        return f"{asked} {_until(row)}"

    key = f"decisions.opinion:{row.pk}:{invitee.pk}:{invitee.reminders}"
    person = invitee.membership.person if invitee.membership else None
    user = getattr(person, "user", None)
    if user is not None and user.is_active:
        notify(
            users=[user], kind="decisions.opinion", subject=subject, body=body, space_id=row.space_id, dedup_key=key,
            url=reverse("decisions:prioritisation_answer", kwargs={"slug": row.space.slug, "pk": row.pk}),
        )  # fmt: skip
        return
    send_mail_message(
        to=invitee.email, subject=subject, body=body, action=lambda: _("Donner notre avis"), space_id=row.space_id,
        url=reverse("decisions:opinion", kwargs={"token": token}),
        reply_to=row.created_by.email if row.created_by else "", dedup_key=key,
    )  # fmt: skip


def results_ready(*, row: Prioritisation, users: Iterable[Any], actor: Any = None) -> None:
    """Tell the table that the count is there."""
    title = {"title": row.title}
    notify(
        users=users, kind="decisions.results", actor=actor, space_id=row.space_id,
        subject=lambda: _("Les priorités sont comptées : « %(title)s »") % title,
        body=lambda: _("Rien n’est décidé par ce compte : il prépare la discussion."),
        url=reverse("decisions:prioritisation", kwargs={"slug": row.space.slug, "pk": row.pk}),
        dedup_key=f"decisions.results:{row.pk}",
    )  # fmt: skip


def recommendation_published(*, row: Prioritisation, users: Iterable[Any], actor: Any) -> None:
    """Tell the plenary that the coco recommends a budget."""
    title = {"title": row.title}
    notify(
        users=users, kind="decisions.results", actor=actor, space_id=row.space_id,
        subject=lambda: _("Recommandation budgétaire du coco : « %(title)s »") % title,
        body=lambda: _("Chaque montant y a son motif. La plénière en discutera avant d’adopter."),
        url=reverse("decisions:recommendation", kwargs={"slug": row.space.slug, "pk": row.pk}),
        dedup_key=f"decisions.recommendation:{row.pk}",
    )  # fmt: skip
