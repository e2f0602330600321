"""An agenda built from a plan of 500 actions (3,000 steps): time against reading the same rows, and queries.

The floor is what no agenda can do without: reading once, as plain rows, the nodes of the plan in force.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from datetime import time as hour
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.installation import furnish
from concertoit.ground.audit.services import record
from concertoit.ground.spaces.models import GoverningBody, Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for
from concertoit.together.meetings.models import Meeting
from concertoit.together.meetings.rules.recurrence import ZONE
from concertoit.together.meetings.services import agenda
from concertoit.together.meetings.services.series import SeriesFacts, save_series
from concertoit.together.plans.models import PlanItem, PlanNode

ON = ("sqlite", "postgresql")
SMALL, LARGE, ROUNDS = 35, 500, 7


def measure() -> list[dict[str, Any]]:
    """Building, and building again, for a plan of 35 actions and for one of 500."""
    table, wide = furnish(SMALL, LARGE)
    rows, queries = [], []
    for space, size in ((table.space, SMALL), (wide, LARGE)):
        viewer = viewer_for(table.user("coordinator"), space.slug)
        meeting = _meeting(viewer)
        _life(space)
        floor = _fastest(lambda space=space: _nodes(space))
        _build(viewer, meeting)
        again = _fastest(lambda viewer=viewer, meeting=meeting: _build(viewer, meeting))
        with CaptureQueriesContext(connection) as captured:
            _build(viewer, meeting)
        queries.append(len(captured))
        points = meeting.items.count()
        rows.append(
            {
                "name": f"agenda from a plan of {size} actions ({points} points)", "value": round(again, 1),
                "unit": "ms", "floor": round(floor, 1), "ratio": round(again / floor, 1),
                "target": "≤ 1,000 ms" if size == LARGE else "",
            }
        )  # fmt: skip
    rows.append(
        {
            "name": f"agenda: queries, {SMALL} actions ({LARGE} actions: {queries[1]})", "value": queries[0],
            "unit": "queries", "target": "the same, but for batches of 200 rows",
        }
    )  # fmt: skip
    return rows


def _meeting(viewer: Viewer) -> Meeting:
    body = GoverningBody.objects.filter(space=viewer.space).first() or GoverningBody.objects.create(
        space=viewer.space, kind="plenary", name="Plénière"
    )
    facts = SeriesFacts("Plénière", body, timezone.localdate() + timedelta(days=20), hour(9, 30))
    series = save_series(viewer=viewer, facts=facts)
    return series.meetings.select_related("space").order_by("starts_at")[0]


def _life(space: Space) -> None:
    """A third of the actions have a late step, and one in five changed since the last meeting."""
    steps = list(PlanNode.objects.filter(space=space, version__state="current", kind="step").order_by("order"))
    late = timezone.localdate() - timedelta(days=10)
    PlanItem.objects.filter(pk__in=[node.item_id for node in steps[::18]]).update(due_on=late)
    at = datetime.combine(timezone.localdate(), hour(8), tzinfo=ZONE)
    with transaction.atomic():
        for node in steps[::30]:
            _changed(node, at)


def _changed(node: PlanNode, at: datetime) -> None:
    record(
        actor=None, verb="plan.state_changed", object_type="plans.item", object_id=node.item_id,
        object_label=node.title, space_id=node.space_id, after={"state": "doing"}, at=at - timedelta(days=3),
    )  # fmt: skip


def _nodes(space: Space) -> int:
    """The rows that any agenda reads."""
    rows = PlanNode.objects.filter(space=space, version__state="current").order_by("order")
    return len(list(rows.values_list("pk", "item_id", "parent_id", "kind", "title", "due_on", "item__state")))


def _build(viewer: Viewer, meeting: Meeting) -> None:
    agenda.build(viewer=viewer, meeting_id=meeting.pk)


def _fastest(act: Callable[[], object]) -> float:
    """Milliseconds of the quickest of some rounds."""
    taken = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return min(taken)
