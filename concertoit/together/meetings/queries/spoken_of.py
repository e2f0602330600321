"""Where an element of the plan was spoken of: meetings that treated it, and the next one that has it on its agenda."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Prefetch, Q

from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings import workflow
from concertoit.together.meetings.enums import ItemState
from concertoit.together.meetings.models import AgendaItem, Outcome
from concertoit.together.plans.models import PlanItem

SHOWN = 12


@dataclass(slots=True)
class SpokenOf:
    """Points about an element: in meetings to come, and in those held, with what came out of them."""

    coming: list[AgendaItem] = field(default_factory=list)
    held: list[AgendaItem] = field(default_factory=list)


def spoken_of(viewer: Viewer, item: PlanItem) -> SpokenOf:
    """Two queries. A point that nobody treated at a meeting that was held is not « spoken of »."""
    outcomes = Outcome.objects.filter(withdrawn_at=None).order_by("position", "pk")
    rows = (
        AgendaItem.objects.filter(space=viewer.space, removed_at=None, section__removed_at=None)
        .filter(Q(plan_item=item) | Q(outcomes__plan_item=item, outcomes__withdrawn_at=None))
        .select_related("meeting", "section")
        .prefetch_related(Prefetch("outcomes", outcomes, to_attr="led_to"))
        .order_by("-meeting__starts_at", "pk")
        .distinct()
    )
    states = [workflow.OPEN, workflow.CLOSED, workflow.CONVENED]
    if viewer.can("meetings.edit"):
        states.append(workflow.PREPARED)
    found = SpokenOf()
    for row in rows.filter(meeting__state__in=states)[: SHOWN * 2]:
        if row.meeting.state in (workflow.CONVENED, workflow.PREPARED):
            found.coming.insert(0, row)
        elif _treated(row):
            found.held.append(row)
    found.held = found.held[:SHOWN]
    return found


def _treated(row: AgendaItem) -> bool:
    done = row.state in (ItemState.DONE, ItemState.CURRENT) or (row.section and row.section.state == ItemState.DONE)
    return bool(done or row.record or getattr(row, "led_to", None))
