"""Surveys one may open, with how many answered; what waits for somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.surveys import policies
from concertoit.ground.surveys.enums import SurveyState
from concertoit.ground.surveys.models import Invitee, Question, Response, Survey


def survey_for(viewer: Viewer, survey_id: int) -> Survey:
    """A survey the viewer may open. Raises ``NotVisible``."""
    return must_exist(policies.visible_to(viewer).filter(pk=survey_id).select_related("space").first())


def question_for(viewer: Viewer, survey_id: int, question_id: int) -> Question:
    """A question of a survey the viewer may open. Raises ``NotVisible``."""
    return must_exist(
        Question.objects.filter(pk=question_id, survey__in=policies.visible_to(viewer), survey_id=survey_id)
        .select_related("survey__space")
        .prefetch_related("options")
        .first()
    )


def surveys_of(viewer: Viewer) -> QuerySet[Survey]:
    """All surveys a viewer may open, with ``received``, and ``answered`` when the viewer has answered."""
    answered = Invitee.objects.filter(survey=OuterRef("pk"), email=viewer.user.email.lower(), answered=True)
    return (
        policies.visible_to(viewer)
        .annotate(received=Count("responses"), answered=Exists(answered))
        .order_by("-created_at", "-pk")
    )


def surveys_about(viewer: Viewer, subject_type: str, subject_id: int) -> list[Survey]:
    """The surveys about one thing of another room, in the order they were made."""
    rows = surveys_of(viewer).filter(subject_type=subject_type, subject_id=subject_id)
    return list(rows.order_by("created_at", "pk"))


def questions_of(survey: Survey) -> list[Question]:
    """The questions in their order, with their options."""
    return list(survey.questions.prefetch_related("options").order_by("position", "id"))


def has_answered(viewer: Viewer, survey: Survey) -> bool:
    """Whether this person, or their organisation, has answered."""
    by_mail = Invitee.objects.filter(survey=survey, email=viewer.user.email.lower(), answered=True)
    return by_mail.exists() or Response.objects.filter(policies.mine(viewer), survey=survey).exists()


@dataclass(frozen=True, slots=True)
class Called:
    """How many were asked by a personal link, and how many of them answered."""

    asked: int
    answered: int


def called(survey: Survey) -> Called:
    """The people asked by link."""
    row = survey.invitees.aggregate(
        asked=Count("pk", filter=Q(last_sent_on__isnull=False)),
        answered=Count("pk", filter=Q(last_sent_on__isnull=False, answered=True)),
    )
    return Called(**row)


def waiting_for(user: Any, viewers: Sequence[Viewer]) -> list[Survey]:
    """Open surveys that this person has not answered, where they may; one query for all their démarches."""
    spaces = [viewer.space.pk for viewer in viewers if viewer.can("survey.answer")]
    if not spaces:
        return []
    today: date = timezone.localdate()
    answered = Invitee.objects.filter(survey=OuterRef("pk"), email=user.email.lower(), answered=True)
    rows = Survey.objects.filter(space__in=spaces, state=SurveyState.OPEN).filter(
        Q(closes_on=None) | Q(closes_on__gte=today)
    )
    return list(rows.exclude(Exists(answered)).select_related("space").order_by("closes_on", "pk"))
