"""What of surveys can be searched: titles and introductions of those that were opened; drafts by nobody."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concertoit.ground.search.policies import Doc, Searchable, register
from concertoit.ground.search.services import index_many, remove
from concertoit.ground.surveys.enums import SurveyState
from concertoit.ground.surveys.models import Survey

KIND = "surveys.survey"


def declare() -> None:
    """Say what can be found."""
    register(Searchable(KIND, _("Sondage"), "ui-radios", docs, verb="survey.view"))


def docs(ids: set[int] | None = None) -> Iterator[Doc]:
    """All surveys that were opened, or these."""
    rows = Survey.objects.exclude(state=SurveyState.DRAFT).select_related("space").order_by("id")
    for survey in rows if ids is None else rows.filter(pk__in=ids):
        url = reverse("surveys:survey", kwargs={"slug": survey.space.slug, "survey_id": survey.pk})
        yield Doc(survey.pk, survey.title, url, survey.intro, survey.space_id)


def survey_changed(survey: Survey) -> None:
    """Keep a survey as it is now."""
    found = list(docs({survey.pk}))
    if found:
        index_many(kind=KIND, docs=found)
    else:
        survey_removed(survey)


def survey_removed(survey: Survey) -> None:
    """Forget a survey."""
    remove(kind=KIND, object_ids=[survey.pk])
