"""Who asks, who answers, who reads.

The coordination asks. Everybody in the démarche answers a survey that is open. The results are for the coordination and
the coco, or for everybody where the survey says so; a survey without names shows nothing under a few answers.
"""

from django.db.models import Q, QuerySet

from concertoit.ground.spaces.policies import COCO, COORDINATION, EVERYBODY, Viewer, grant
from concertoit.ground.surveys.enums import Audience, SurveyState
from concertoit.ground.surveys.models import Survey


def declare() -> None:
    """Give the verbs of surveys to roles; called when the room is wired."""
    grant("survey.view", EVERYBODY)
    grant("survey.answer", EVERYBODY)
    grant("survey.results", COCO)
    grant("survey.manage", COORDINATION)


def visible_to(viewer: Viewer) -> QuerySet[Survey]:
    """Surveys a viewer may open: all for who prepares them, those that were opened for the others."""
    rows = Survey.objects.filter(space=viewer.space)
    return rows if viewer.can("survey.manage") else rows.exclude(state=SurveyState.DRAFT)


def may_read_results(viewer: Viewer, survey: Survey) -> bool:
    """Whether the results of a survey are for this viewer."""
    if survey.state == SurveyState.DRAFT:
        return False
    return viewer.can("survey.results") or survey.audience == Audience.EVERYBODY


def mine(viewer: Viewer) -> Q:
    """Responses that speak for the viewer: their own, or their organisation's."""
    return Q(person_id=viewer.user.person_id, person__isnull=False) | Q(
        person=None, organisation_id__in=viewer.organisation_ids
    )
