"""What a person has to do and what moved, over their démarches; what an organisation leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from concertoit.ground.audit.queries import journal, sentence
from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.models import NodeActor, PlanNode, UpdateRequest
from concertoit.together.plans.queries.worklist import Work, due_of, line_of, shown_versions, work_of
from concertoit.together.plans.rules.document import NodeKind

MOVED_SINCE = timedelta(days=30)
MOVED_MAX = 8
# What the table tells itself; reminders, questions and restorations are kitchen.
TOLD = frozenset(
    {
        "plan.state_changed", "plan.phase_set", "plan.note_added", "plan.outlook_set", "plan.comment_added",
        "plan.measure_added", "plan.measure_contested", "plan.contest_answered", "plan.spending_added",
        "plan.ask_answered",
    }
)  # fmt: skip


@dataclass(slots=True)
class ToDo:
    """An action of mine that waits: how many steps are late since when, how many are blocked, whether I was asked."""

    viewer: Viewer
    node: PlanNode
    late: int = 0
    since: date | None = None
    blocked: int = 0
    asked_on: date | None = None


def unit_of(node: PlanNode) -> PlanNode:
    """The action a step belongs to; the highest of outcome and step where there is no action."""
    return [one for one in line_of(node) if one.kind not in (NodeKind.AXIS, NodeKind.OBJECTIVE)][-1]


def to_do(viewers: Sequence[Viewer]) -> list[ToDo]:
    """What waits for a person, the longest late first; a constant number of queries for each démarche."""
    found: list[ToDo] = []
    for viewer in viewers:
        rows = _late_and_blocked(viewer, work_of(viewer))
        _add_asked(viewer, rows)
        found += rows.values()
    return sorted(found, key=lambda row: (row.since or row.asked_on or date.max, row.node.order))


def _late_and_blocked(viewer: Viewer, work: Work) -> dict[int, ToDo]:
    rows: dict[int, ToDo] = {}
    for node in work.late:
        unit = unit_of(node)
        row = rows.setdefault(unit.item_id, ToDo(viewer, unit))
        row.late += 1
        row.since = min(day for day in (row.since, due_of(node)) if day)
    for node in work.blocked:
        unit = unit_of(node)
        rows.setdefault(unit.item_id, ToDo(viewer, unit)).blocked += 1
    return rows


def _add_asked(viewer: Viewer, rows: dict[int, ToDo]) -> None:
    asked = {
        request.item_id: timezone.localtime(request.created_at).date()
        for request in UpdateRequest.objects.filter(
            space=viewer.space,
            membership__in=viewer.membership_ids,
            answered_at=None,
            expires_at__gt=timezone.now(),
        ).order_by("-created_at")
    }
    if not asked:
        return
    nodes = PlanNode.objects.filter(version__in=shown_versions([viewer.space]), item__in=asked).order_by("order")
    for node in nodes:
        rows.setdefault(node.item_id, ToDo(viewer, node)).asked_on = asked[node.item_id]


@dataclass(frozen=True, slots=True)
class Moved:
    """Something that happened to an element of a plan."""

    viewer: Viewer
    sentence: Any
    item_id: str
    at: Any


def moved(viewers: Sequence[Viewer]) -> list[Moved]:
    """What others did lately in a person's démarches, the latest first."""
    since = timezone.localdate() - MOVED_SINCE
    found: list[Moved] = []
    for viewer in viewers:
        if not viewer.can("plan.notes.view"):
            continue
        rows = journal(viewer.space.pk, object_type="plans.item", since=since).filter(verb__in=TOLD)
        rows = rows.exclude(actor_id=viewer.user.pk)
        found += [Moved(viewer, sentence(row), row.object_id, row.at) for row in rows[:MOVED_MAX]]
    return sorted(found, key=lambda row: row.at, reverse=True)[:MOVED_MAX]


@dataclass(slots=True)
class Carried:
    """What an organisation does in the plans of a démarche, by role."""

    organisation: Organisation
    roles: dict[str, list[PlanNode]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.roles)


def carried_by(viewer: Viewer, organisation: Organisation) -> Carried:
    """Elements where an organisation has a role, in reading order; two queries."""
    found = Carried(organisation)
    rows = (
        NodeActor.objects.filter(version__in=shown_versions([viewer.space]), organisation=organisation)
        .select_related("node__item__outlook")
        .order_by("node__order", "position", "pk")
    )
    for row in rows:
        nodes = found.roles.setdefault(row.role, [])
        if row.node not in nodes:
            nodes.append(row.node)
    return found
