"""When the elements of a row happen, and their steps: columns of periods, bounds and years, alone or sharing a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from concertoit.together.plans.importers.source import Cell
from concertoit.together.plans.rules.amounts import read_amount
from concertoit.together.plans.rules.document import Node, NodeKind, Period
from concertoit.together.plans.rules.enumerations import read_enumeration
from concertoit.together.plans.rules.periods import is_continuous, is_vague, read_period
from concertoit.together.plans.rules.wording import fold, squeeze

from . import attributes
from .columns import PlanTable
from .grid import Slot
from .records import Record
from .result import ColumnReading
from .roles import Role
from .schedules import add_description, add_steps, give_period, split_schedules
from .work import Work

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d|\s?[-–/]\s?\d)")


@dataclass(slots=True)
class ScheduleReader:
    """Schedules of one table; ``waiting`` are elements of a shared row whose schedule may come with the next row."""

    table: PlanTable
    work: Work
    step_roles: frozenset[Role]
    waiting: list[Node] = field(default_factory=list)
    shared: tuple[Cell, str] | None = None

    def read(self, record: Record) -> None:
        """Periods and steps, which may share a cell, and may be written once per element of the row."""
        nodes = record.nodes
        if not record.opened and self.waiting and (record.own(Role.PERIOD) or record.own(Role.STEP)):
            nodes = [self.waiting.pop(0)]
            record.nodes = nodes
        for column, slot in record.cells.get(Role.STEP, []):
            if slot.own:
                self._steps(nodes, column, slot, record)
        period = record.first(Role.PERIOD)
        if period is not None and not (period.down and not record.opened):
            self._periods(self.about(record, Role.PERIOD), period, record)
        self._bounds(record)
        self._years(record)

    def about(self, record: Record, role: Role) -> list[Node]:
        """The elements that a column speaks of in this row: its one step where the table gives each step a row."""
        return record.steps if role in self.step_roles and len(record.steps) == 1 else record.nodes

    def _periods(self, nodes: list[Node], slot: Slot, record: Record) -> None:
        work, cell = self.work, slot.cell
        work.ledger.take(cell)
        pieces = split_schedules(slot.text)
        if len(pieces) == len(nodes) or len(nodes) == 1:
            for node, (text, rest) in zip(nodes * (len(pieces) if len(nodes) == 1 else 1), pieces, strict=False):
                self._one_schedule(node, cell, text, rest)
            return
        for text, rest in pieces[:1]:
            self._one_schedule(nodes[0], cell, text, rest)
            self.waiting, self.shared = nodes[1:], (cell, text or slot.text)
        for text, rest in pieces[1:]:
            add_description(nodes[0], f"{text} {rest}")

    def _one_schedule(self, node: Node, cell: Cell, text: str, rest: str) -> None:
        listed = len(read_enumeration(rest).items) > 1 if rest else False
        if not listed and rest and not self.table.having(Role.STEP):
            whole = f"{text} {rest}".strip()
            give_period(node, cell, whole, self.work)
            return
        if text:
            give_period(node, cell, text, self.work)
        elif rest and not listed:
            give_period(node, cell, rest, self.work)
            return
        if rest:
            add_steps(node, rest, cell, self.work, listed=False)

    def _bounds(self, record: Record) -> None:
        """Start and end columns make one period."""
        written = []
        bounds: dict[Role, Period] = {}
        for role in (Role.START, Role.END):
            slot = record.first(role)
            if slot is None or not slot.text or (slot.down and not record.opened):
                continue
            holder = Node(id="", kind=NodeKind.STEP)
            give_period(holder, slot.cell, slot.text, self.work)
            bounds[role] = holder.period
            written.append(holder.period.written)
            self.work.ledger.take(slot.cell)
        if not bounds:
            return
        start = bounds[Role.START].start if Role.START in bounds else None
        end = bounds[Role.END].end if Role.END in bounds else None
        for node in self.about(record, Role.END if Role.END in bounds else Role.START):
            if not node.period:
                node.period = Period(" à ".join(filter(None, written)), start, end)

    def _years(self, record: Record) -> None:
        """Crosses in columns of years give a period; amounts or words there are kept for what they are."""
        cells = [(c, s) for c, s in record.cells.get(Role.YEAR, []) if s.text and (s.own or record.opened)]
        labels = [_year_text(column) for column, slot in cells if self._counts(column, slot, record)]
        if not labels:
            return
        written = ", ".join(labels)
        for node in self.about(record, Role.YEAR):
            if not node.period:
                node.period = read_period(written, plan_start=self.work.plan_start) or Period(written)
                node.period.written = written

    def _counts(self, column: ColumnReading, slot: Slot, record: Record) -> bool:
        """True when a cell says that the element happens in that year."""
        if fold(slot.text) in attributes.MARKS:
            if not slot.down:
                self.work.ledger.set_aside(slot.cell, "marque")
            return True
        if slot.own and read_amount(slot.own).amounts:
            attributes.give_budget(record.nodes, _as_budget(column), slot.cell, self.work)
            return False
        if slot.own:
            attributes.give_note(record.nodes, column, slot.cell, self.work)
        return bool(slot.own)

    def _steps(self, nodes: list[Node], column: ColumnReading, slot: Slot, record: Record) -> None:
        parts = attributes.share(slot.cell, len(nodes)) if len(nodes) > 1 else [slot.text]
        if parts is None:
            parts = [slot.text]
            if not self.waiting:
                self.waiting = nodes[1:]
        for node, text in zip(nodes, parts, strict=False):
            steps = add_steps(node, text, slot.cell, self.work, listed=True)
            for step in steps:
                step.group = step.group or column.label
            record.steps += steps
        self.work.ledger.take(slot.cell)

    def flush(self) -> None:
        """Elements whose own schedule never came share the one of their row."""
        for node in self.waiting:
            if self.shared and not node.period and self.shared[1]:
                give_period(node, self.shared[0], self.shared[1], self.work)
                node.guessed.append("period")
        self.waiting, self.shared = [], None


def _year_text(column: ColumnReading) -> str:
    """The label of a column, with the year that the header above it says (``Échéancier 2026`` over ``T1``)."""
    parent, own = column.header.split(" – ")[0], column.label or column.header
    years = _YEAR.findall(parent) if parent != own else []
    dated = len(years) == 1 and not _YEAR.search(own) and not (is_continuous(own) or is_vague(own))
    return squeeze(f"{own} {years[0]}") if dated else own


def _as_budget(column: ColumnReading) -> ColumnReading:
    return ColumnReading(column.index, column.header, Role.BUDGET, column.how, label=column.label or column.header)


def roles_of_steps(table: PlanTable) -> frozenset[Role]:
    """Roles whose cells, in a table with one step per row, say something about the step and not about the action."""
    step = next(iter(table.having(Role.STEP)), None)
    if step is None:
        return frozenset()
    levels = [c.index for c in table.having(Role.ACTION, Role.OUTCOME)]
    alone = [row for row in table.body if row[step.index].own and not any(row[i].own for i in levels)]
    alone = [row for row in alone if len(read_enumeration(row[step.index].own).items) < 2]
    roles = {c.role for c in table.columns if sum(bool(row[c.index].own) for row in alone) * 3 > len(alone)}
    return frozenset(roles - {Role.STEP, Role.AXIS, Role.OBJECTIVE}) if alone else frozenset()
