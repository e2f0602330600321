"""What people thought of an event, and what they learned: surveys prepared from a model, sent to those concerned."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.surveys.enums import Moment, QuestionKind
from concertoit.ground.surveys.models import Survey
from concertoit.ground.surveys.queries.surveys import surveys_about
from concertoit.ground.surveys.services import asking, writing
from concertoit.together.events.enums import Seat
from concertoit.together.events.models import Event, Registration

SUBJECT = "events.event"


def _scale() -> list[tuple[str, bool]]:
    words = (_("Pas du tout"), _("Un peu"), _("Assez"), _("Tout à fait"))
    return [(str(word), False) for word in words]


def _satisfaction() -> list[dict[str, Any]]:
    scale = QuestionKind.SCALE
    return [
        {"kind": scale, "text": _("Cette activité répondait à mes besoins."), "options": _scale()},
        {"kind": scale, "text": _("L’animation était bonne."), "options": _scale()},
        {"kind": scale, "text": _("Je me servirai de ce que j’y ai appris."), "options": _scale()},
        {"kind": QuestionKind.TEXT, "text": _("Qu’est-ce qui vous a été le plus utile?")},
        {"kind": QuestionKind.TEXT, "text": _("Qu’aimeriez-vous apprendre ou voir ensuite?")},
    ]


@transaction.atomic
def prepare_satisfaction(*, viewer: Viewer, event: Event) -> Survey:
    """A survey of satisfaction with five short questions, to be reread before it is opened."""
    viewer.must("event.manage")
    title = _("%s : votre appréciation") % event.title[:120]
    return writing.create_with_questions(
        viewer=viewer, subject=(SUBJECT, event.pk), questions=_satisfaction(), title=title
    )


@transaction.atomic
def prepare_knowledge(*, viewer: Viewer, event: Event) -> Survey:
    """A first questionnaire of knowledge, to be filled in before; « Redemander après » makes the second.

    Raises ``DomainError`` when the event has one already.
    """
    viewer.must("event.manage")
    if any(one.moment for one in surveys_about(viewer, SUBJECT, event.pk)):
        raise DomainError(_("Cette activité a déjà son questionnaire de connaissances."))
    title = _("%s : ce que vous savez avant") % event.title[:110]
    return writing.create_first(viewer=viewer, subject=(SUBJECT, event.pk), title=title)


@transaction.atomic
def send(*, viewer: Viewer, event: Event, survey: Survey) -> int:
    """Send a survey to those it concerns: before, those who registered; otherwise, those who came.

    Raises ``DomainError`` for a survey that is not of this event, or when there is nobody to send it to.
    """
    viewer.must("event.manage")
    if (survey.subject_type, survey.subject_id) != (SUBJECT, event.pk):
        raise DomainError(_("Ce sondage n’est pas celui de cette activité."))
    people = _concerned(event, survey)
    if not people:
        raise DomainError(_("Personne à qui l’envoyer : prenez d’abord les présences."))
    return asking.invite(viewer=viewer, survey=survey, recipients=people)


def _concerned(event: Event, survey: Survey) -> Sequence[asking.Recipient]:
    rows = Registration.objects.filter(session__event=event, seat=Seat.REGISTERED).exclude(email="")
    if survey.moment != Moment.BEFORE:
        rows = rows.filter(present=True)
    by_email = {row.email: row for row in rows.select_related("membership").order_by("pk")}
    return [asking.Recipient(row.email, row.name, row.membership) for row in by_email.values()]
