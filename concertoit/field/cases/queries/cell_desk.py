"""What waits for a person in cells and complex cases, for all their démarches at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery

from concertoit.field.cases.enums.cell import CellState
from concertoit.field.cases.enums.complexity import ComplexityOutcome
from concertoit.field.cases.models import Case, CellMember, CellTask, ComplexityAssessment, ComplexityDecision
from concertoit.ground.spaces.policies import Viewer

MOST = 20


@dataclass(slots=True)
class Waiting:
    """Calls without answer, tasks to do, cases that the rules propose and nobody has decided."""

    calls: list[CellMember] = field(default_factory=list)
    tasks: list[CellTask] = field(default_factory=list)
    proposed: list[Case] = field(default_factory=list)


def waiting(viewers: Sequence[Viewer]) -> Waiting:
    """Three queries at most."""
    field_viewers = [viewer for viewer in viewers if viewer.can("cells.view")]
    mine = [pk for viewer in field_viewers for pk in viewer.membership_ids]
    found = Waiting()
    if mine:
        calls = CellMember.objects.filter(membership__in=mine, answer="", cell__state=CellState.ACTIVE)
        found.calls = list(calls.select_related("cell").order_by("-cell__activated_at", "pk")[:MOST])
        tasks = CellTask.objects.filter(owner__membership__in=mine, done_at=None)
        during = Q(after=True) | Q(cell__state=CellState.ACTIVE)
        found.tasks = list(tasks.filter(during).select_related("cell").order_by("due_at", "pk")[:MOST])
    led = [viewer.space.pk for viewer in viewers if viewer.can("cases.lead")]
    if led:
        found.proposed = list(_proposed(led))
    return found


def _proposed(spaces: list[int]) -> Any:
    last = ComplexityAssessment.objects.filter(case=OuterRef("pk")).order_by("-at", "-pk")
    decided = ComplexityDecision.objects.filter(case=OuterRef("pk")).order_by("-at", "-pk")
    rows = Case.objects.filter(space__in=spaces, closed_at=None).annotate(
        verdict=Subquery(last.values("outcome")[:1]), verdict_at=Subquery(last.values("at")[:1]),
        decided=Subquery(decided.values("complex")[:1]), decided_at=Subquery(decided.values("at")[:1]),
    )  # fmt: skip
    again = Q(decided=False, decided_at__lt=F("verdict_at"))
    open_rows = rows.filter(Q(decided=None) | again, verdict=ComplexityOutcome.PROPOSED)
    return open_rows.select_related("building").order_by("verdict_at", "pk")[:MOST]
