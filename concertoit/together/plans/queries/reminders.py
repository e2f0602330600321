"""The reminders to come in a démarche: about what, why, when and to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from django.utils import timezone

from concertoit.ground.spaces.models import Space
from concertoit.together.plans.models import PlanNode, Reminder
from concertoit.together.plans.queries.recipients import Recipient, carriers_by_node, directory, nearest_first
from concertoit.together.plans.queries.worklist import due_of, followed, line_of, shown_versions
from concertoit.together.plans.rules.document import NodeKind, StepState
from concertoit.together.plans.rules.staleness import NextReminder, next_reminder
from concertoit.together.plans.workflow import SETTLED

UNITS = (NodeKind.ACTION, NodeKind.OUTCOME, NodeKind.STEP)


@dataclass(slots=True)
class Unit:
    """What one reminder is about: an action with everything under it (or what stands under no action)."""

    node: PlanNode
    parts: list[PlanNode] = field(default_factory=list)

    @property
    def open_parts(self) -> list[PlanNode]:
        return [part for part in self.parts if StepState(part.item.state) not in SETTLED]

    @property
    def due(self) -> date | None:
        """The earliest date somebody waits for."""
        return min((due for part in self.open_parts if (due := due_of(part))), default=None)


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A reminder to come. ``recipient`` is the only person who gets it: an item has one, however many carry it."""

    unit: Unit
    next: NextReminder
    recipient: Recipient | None
    reminder: Reminder | None

    @property
    def node(self) -> PlanNode:
        return self.unit.node

    @property
    def muted(self) -> bool:
        return self.reminder is not None and self.reminder.muted_at is not None


def units_of(space: Space) -> list[Unit]:
    """What is followed in a démarche, gathered by action, in reading order; two queries."""
    nodes = PlanNode.objects.filter(version__in=shown_versions([space]))
    nodes = nodes.select_related("item", *(f"{'__'.join(['parent'] * n)}__item" for n in range(1, 5)))
    units: dict[int, Unit] = {}
    for part in followed(nodes):
        top = [one for one in line_of(part) if one.kind in UNITS][-1]
        units.setdefault(top.pk, Unit(top)).parts.append(part)
    return list(units.values())


def upcoming(space: Space, today: date) -> list[Upcoming]:
    """Every reminder to come, the nearest first; eight queries whatever the size of the plan."""
    units = units_of(space)
    reminders = {row.item_id: row for row in Reminder.objects.filter(item__in=[unit.node.item_id for unit in units])}
    waiting = []
    for unit in units:
        reminder = reminders.get(unit.node.item_id)
        moment = _next(unit, reminder, today)
        if moment is not None:
            waiting.append((unit, moment, reminder))
    nodes = {n.pk: n for unit, _m, _r in waiting for n in chain(line_of(unit.node), unit.parts, _between(unit))}
    carriers = carriers_by_node(nodes.values())
    book = directory(space.pk, {pk for rows in carriers.values() for _role, pk in rows})
    found = []
    for unit, moment, reminder in waiting:
        line = [*line_of(unit.node), *_between(unit), *unit.parts]
        people = book.chain(nearest_first(line, carriers))
        found.append(Upcoming(unit, moment, people[0] if people else None, reminder))
    return sorted(found, key=lambda one: (one.next.on, one.node.order))


def _between(unit: Unit) -> list[PlanNode]:
    """Outcomes between an action and its steps."""
    outcomes = {part.parent.pk: part.parent for part in unit.parts if part.parent and part.parent.pk != unit.node.pk}
    return [] if unit.node in unit.parts else list(outcomes.values())


def _next(unit: Unit, reminder: Reminder | None, today: date) -> NextReminder | None:
    news = unit.node.item.last_news_at
    return next_reminder(
        due=unit.due,
        last_news=timezone.localtime(news).date() if news else None,
        started=unit.node.starts_on,
        settled=not unit.open_parts,
        last_reminded=reminder.last_sent_on if reminder else None,
        today=today,
    )
