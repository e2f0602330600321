"""How many steps stand where: counted by the database, one query whatever the number of steps."""

from __future__ import annotations

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from concertoit.together.plans.models import PlanNode, PlanVersion
from concertoit.together.plans.rules.document import StepState
from concertoit.together.plans.rules.progress import Progress

OPEN_STATES = (StepState.TODO, StepState.DOING, StepState.BLOCKED)
# As ``Progress`` counts them.
COUNTED = (StepState.DONE, StepState.DOING, StepState.TODO, StepState.BLOCKED, StepState.DROPPED)


def effective_due() -> Coalesce:
    """Due date of a node: the one people set on the item, else the one its period gives."""
    return Coalesce(F("item__due_on"), F("due_on"))


def steps_of(version: PlanVersion) -> QuerySet[PlanNode]:
    """What is followed step by step: the steps of a version."""
    return PlanNode.objects.filter(version=version, kind="step")


def progress_by(version: PlanVersion, key: str, steps: QuerySet[PlanNode] | None = None) -> dict[int | None, Progress]:
    """Progress of a version's steps grouped by a column (``action_id``, ``axis_id``…), in one query."""
    late = Q(effective__lt=timezone.localdate(), item__state__in=OPEN_STATES)
    base = steps_of(version) if steps is None else steps
    rows = (
        base.alias(effective=effective_due())
        .order_by()
        .values_list(key)
        .annotate(**{state.value: Count("pk", filter=Q(item__state=state)) for state in COUNTED})
        .annotate(late=Count("pk", filter=late))
    )
    return {group: Progress(*counts) for group, *counts in rows}
