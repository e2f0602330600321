"""Time passes: deadlines are missed and months slide, so every open case is judged again each night (I4)."""

from __future__ import annotations

from typing import Any

from concertoit.field.cases.enums.complexity import AssessmentCause
from concertoit.field.cases.services.complexity import assess_space
from concertoit.ground.core.jobs import Run, daily, job, periodic
from concertoit.ground.spaces.models import Space


@job("cases.complexity")
def complexity(run: Run) -> dict[str, Any]:
    """Judge the open cases of every démarche that uses cases; twice changes nothing."""
    spaces = [space for space in Space.objects.filter(archived_at=None).order_by("pk") if space.uses("cases")]
    return {"verdicts": sum(assess_space(space=space, cause=AssessmentCause.DAILY) for space in spaces)}


periodic("cases.complexity", daily(5, 20))
