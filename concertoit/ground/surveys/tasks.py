"""Behind the pages: a survey closes after its last day, and asks once more two days before."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from concertoit.ground.audit.services import record
from concertoit.ground.core.jobs import Run, daily, job, periodic
from concertoit.ground.surveys.enums import SurveyState
from concertoit.ground.surveys.models import Survey
from concertoit.ground.surveys.services.asking import remind
from concertoit.ground.surveys.services.writing import OBJECT

LAST_CALL = timedelta(days=2)  # ours


@job("surveys.nightly")
def nightly(run: Run) -> dict[str, Any]:
    """Close what is over and remind of what ends soon; run twice, it changes nothing the second time."""
    today = timezone.localdate()
    opened = Survey.objects.filter(state=SurveyState.OPEN)
    closed = sum(_close(pk) for pk in opened.filter(closes_on__lt=today).order_by("pk").values_list("pk", flat=True))
    reminded = sum(remind(survey=one) for one in opened.filter(closes_on=today + LAST_CALL).order_by("pk"))
    return {"closed": closed, "reminded": reminded}


@transaction.atomic
def _close(pk: int) -> int:
    survey = Survey.objects.select_for_update().get(pk=pk)
    if survey.state != SurveyState.OPEN:
        return 0
    survey.state, survey.closed_on = SurveyState.CLOSED, timezone.localdate()
    survey.save()
    record(
        actor=None, verb="survey.closed", object_type=OBJECT, object_id=survey.pk, object_label=survey.title,
        space_id=survey.space_id,
    )  # fmt: skip
    return 1


periodic("surveys.nightly", daily(7, 20))
