"""What the room of a meeting shows: the current point, its neighbours, its clock, the plan beside it, what is decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from concertoit.ground.core.errors import NotVisible, must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings.models import AgendaItem, Meeting, Outcome
from concertoit.together.meetings.queries.agenda import Agenda, Section, agenda_of
from concertoit.together.meetings.queries.people import People, people_of
from concertoit.together.meetings.rules import clock
from concertoit.together.plans.models import PlanNode, ProgressNote
from concertoit.together.plans.queries.items import ItemView, item_for
from concertoit.together.plans.rules.document import NodeKind

STEPS_SHOWN = 40


def stops_of(meeting: Meeting) -> list[clock.Stop]:
    """The points of an agenda in reading order, with their time; one query."""
    return _stops(agenda_of(meeting))


def _stops(agenda: Agenda) -> list[clock.Stop]:
    return [_stop(row) for section in agenda.sections for row in (section.item, *section.lines)]


def _stop(row: AgendaItem) -> clock.Stop:
    return clock.Stop(row.pk, row.minutes, row.state, row.spent_seconds, row.started_at, row.section_id)


@dataclass(slots=True)
class PlanSide:
    """The element of the plan that is spoken of: what stands under it that has a state, and the last thing said."""

    view: ItemView
    steps: list[PlanNode] = field(default_factory=list)
    more: int = 0
    note: ProgressNote | None = None

    @property
    def node(self) -> PlanNode:
        return self.view.node


@dataclass(slots=True)
class Room:
    """Everything the screen of the room shows."""

    meeting: Meeting
    agenda: Agenda
    clock: clock.Clock
    current: AgendaItem | None = None
    section: Section | None = None
    following: AgendaItem | None = None
    before: AgendaItem | None = None
    place: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    people: People | None = None
    side: PlanSide | None = None

    @property
    def here(self) -> list[Outcome]:
        """What the current point led to so far."""
        return [one for one in self.outcomes if self.current is not None and one.item_id == self.current.pk]

    @property
    def treated(self) -> int:
        return sum(section.item.state in ("done", "deferred") for section in self.agenda.sections)

    @property
    def finished(self) -> bool:
        """Whether every point was taken up or put off."""
        rows = [section.item for section in self.agenda.sections]
        return bool(rows) and all(row.state in ("done", "deferred") for row in rows)


def room_of(viewer: Viewer, meeting: Meeting, *, beside: bool = True, now: datetime | None = None) -> Room:
    """The room of a meeting the caller may show. ``beside``: with people and the plan, as the facilitator sees it."""
    agenda = agenda_of(meeting)
    stops = _stops(agenda)
    room = Room(meeting, agenda, clock.clock(stops, now or timezone.now(), meeting.ends_at))
    room.outcomes = outcomes_of(meeting)
    rows = {row.pk: row for section in agenda.sections for row in (section.item, *section.lines)}
    room.current = next((row for row in rows.values() if row.state == clock.CURRENT), None)
    pk = room.current.pk if room.current else None
    room.following = rows.get(clock.beside(stops, pk, forward=True) or 0)
    room.before = rows.get(clock.beside(stops, pk, forward=False) or 0)
    if room.current is not None:
        top = room.current.section_id or room.current.pk
        room.section = next(one for one in agenda.sections if one.item.pk == top)
        room.place = room.section.number
    if beside:
        room.people = people_of(meeting) if viewer.can("meetings.people") else None
        room.side = _side(viewer, room.current)
    return room


def outcomes_of(meeting: Meeting) -> list[Outcome]:
    """What a meeting led to, in the order it was written; one query."""
    rows = Outcome.objects.filter(meeting=meeting, withdrawn_at=None).order_by("position", "pk")
    return list(rows.select_related("membership__person", "membership__organisation", "organisation", "item"))


def outcome_for(viewer: Viewer, outcome_id: int) -> Outcome:
    """One outcome of the démarche. Raises ``NotVisible`` for another's, or one taken back."""
    viewer.must("meetings.view")
    rows = Outcome.objects.filter(pk=outcome_id, space=viewer.space, withdrawn_at=None)
    return must_exist(
        rows.select_related(
            "meeting__space",
            "meeting__facilitator",
            "meeting__secretary",
            "membership__person",
            "organisation",
            "item",
        ).first()
    )


def _side(viewer: Viewer, current: AgendaItem | None) -> PlanSide | None:
    if current is None or current.plan_item_id is None or not viewer.can("plan.view"):
        return None
    try:
        view = item_for(viewer, current.plan_item_id)
    except NotVisible:  # the element left the plan since the agenda was made
        return None
    side = PlanSide(view)
    under: Any = PlanNode.objects.filter(version=view.version).exclude(kind=NodeKind.AXIS)
    rows = list(_under(under, view.node).select_related("item")[: STEPS_SHOWN + 1])
    side.steps, side.more = rows[:STEPS_SHOWN], max(0, len(rows) - STEPS_SHOWN)
    if viewer.can("plan.notes.view"):
        notes = ProgressNote.objects.filter(item__in=[view.item.pk, *(row.item_id for row in side.steps)])
        side.note = notes.filter(replaced_by=None).order_by("-at", "-pk").first()
    return side


def _under(rows: Any, node: PlanNode) -> Any:
    """What is shown under a node: the steps of an action or an outcome, the actions of an axis or an objective."""
    if node.kind == NodeKind.AXIS:
        return rows.filter(axis=node, kind=NodeKind.ACTION).order_by("order")
    if node.kind == NodeKind.OBJECTIVE:
        return rows.filter(parent=node, kind=NodeKind.ACTION).order_by("order")
    if node.kind == NodeKind.ACTION:
        return rows.filter(action=node, kind=NodeKind.STEP).order_by("order")
    return rows.filter(parent=node, kind=NodeKind.STEP).order_by("order")
