"""Due dates for calendars."""

from collections.abc import Callable, Iterable
from typing import Any

from concertoit.ground.spaces.models import Membership, Space
from concertoit.together.plans.models import PlanNode
from concertoit.together.plans.queries.worklist import LINE, due_of, followed, shown_versions, under_organisations
from concertoit.together.plans.workflow import SETTLED


def dues(space: Space, organisations: Iterable[int] | None = None) -> list[PlanNode]:
    """What somebody waits for and that has a due date; with ``organisations``, only what these carry."""
    versions = shown_versions([space])
    nodes = followed(PlanNode.objects.filter(version__in=versions).select_related("item", LINE))
    if organisations is not None:
        nodes = under_organisations(nodes, organisations, versions)
    waiting = nodes.exclude(item__state__in=SETTLED)
    return sorted((node for node in waiting if due_of(node)), key=lambda node: (due_of(node), node.order))


# A higher room's own entries of a démarche's calendar (iCalendar components), for one membership or for everybody.
Events = Callable[[Space, Membership | None], Iterable[Any]]
_events: list[Events] = []


def register_events(events: Events) -> None:
    """Bring entries to the calendars people subscribe to: the meetings (idempotent)."""
    if events not in _events:
        _events.append(events)


def events_for(space: Space, membership: Membership | None = None) -> list[Any]:
    """What the rooms above bring to a calendar."""
    return [event for events in _events for event in events(space, membership)]
