"""Reads the rows of a plan's table: which elements a row opens or continues, and what its other cells say about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from concertoit.together.plans.importers.source import Cell
from concertoit.together.plans.rules.document import Node, NodeKind, Period
from concertoit.together.plans.rules.enumerations import read_enumeration
from concertoit.together.plans.rules.outline import OutlineNumber, read_number
from concertoit.together.plans.rules.periods import read_period
from concertoit.together.plans.rules.wording import fold, squeeze

from . import attributes
from .banners import Banners
from .columns import PlanTable
from .depths import levels_by_depth, number_parts
from .drafts import CellText, read_drafts
from .grid import Row, Slot
from .result import ColumnReading
from .roles import LEVEL_ROLES, Role, labelled_kind
from .schedules import add_description, add_steps, give_period, split_schedules
from .tree import Draft
from .work import Work

Found = tuple[ColumnReading, Slot]


@dataclass(slots=True)
class Record:
    """A row: its cells by role, and the elements it is about."""

    cells: dict[Role, list[Found]]
    place: str
    nodes: list[Node] = field(default_factory=list)
    opened: bool = False
    steps: list[Node] = field(default_factory=list)

    def first(self, role: Role) -> Slot | None:
        found = self.cells.get(role)
        return found[0][1] if found else None

    def own(self, role: Role) -> str:
        slot = self.first(role)
        return slot.own if slot else ""


@dataclass(slots=True)
class RowReader:
    """Reads one table; ``waiting`` are elements of a shared row whose schedule may come with the next row."""

    table: PlanTable
    work: Work
    waiting: list[Node] = field(default_factory=list)
    shared: tuple[Cell, str] | None = None
    seen: dict[Role, str] = field(default_factory=dict)
    step_roles: frozenset[Role] = frozenset()
    levels: dict[int, Role] = field(default_factory=dict)

    def read(self) -> None:
        self.step_roles = _roles_of_steps(self.table)
        self.levels = levels_by_depth(self.table, has_axis=NodeKind.AXIS in self.work.tree.current)
        self.work.opened.clear()
        banners = Banners(self.table, self.work)
        for row in self.table.body:
            if not any(slot.text for slot in row) or banners.read(row):
                continue
            self._read_record(self._record(row))
        self._flush()

    def _record(self, row: Row) -> Record:
        cells: dict[Role, list[Found]] = defaultdict(list)
        place = ""
        for column in self.table.columns:
            slot = row[column.index]
            if slot.text and not slot.across:
                role = self._level_of(column, row) if column.role in {Role.OUTLINE, Role.ACTION} else column.role
                cells[role].append((column, slot))
                place = place or (slot.cell.place if slot.own else "")
            if slot.cell.hidden and slot.own:
                self.work.report("hidden_cells", slot.cell.place, slot.text)
        return Record(cells, place)

    def _level_of(self, column: ColumnReading, row: Row) -> Role:
        """The level of a cell in a column that holds several, by its label or by the depth of its number."""
        label = labelled_kind(row[column.index].own) if column.role is Role.OUTLINE else None
        if label is not None:
            return Role(label.value)
        depth = len(number_parts(self.table, column, row))
        return self.levels.get(depth, Role.ACTION)

    def _read_record(self, record: Record) -> None:
        for role in (Role.AXIS, Role.OBJECTIVE):
            self._upper(record, role)
        self._actions(record)
        self._outcomes(record)
        if record.opened:
            self._flush()
        if not record.nodes:
            current = self.work.tree.deepest()
            if current is None:
                return
            record.nodes = [current]
        self._schedule(record)
        self._give(record)

    # levels -----------------------------------------------------------------------------------------------------

    def _upper(self, record: Record, role: Role) -> None:
        """An axis or objective: opened, reopened when its words were already read, or left as it is."""
        slot = record.first(role)
        if slot is None or slot.down or not slot.own:
            return
        work, kind = self.work, LEVEL_ROLES[role]
        drafts = self._drafts(record, role, slot)
        for draft in drafts:
            known = work.tree.find(draft)
            if known is not None and _same_number(known, draft):
                work.ledger.set_aside(slot.cell, "répété")
                if work.tree.current.get(kind) is not known:
                    work.tree.open(known)
                    record.opened = True
                continue
            record.nodes = [self._open(draft, slot.cell, record)]
            outer = record.first(Role.OUTER)
            if outer is not None:
                record.nodes[0].group = squeeze(outer.text)
                work.ledger.take(outer.cell) if not outer.down else None
        if len(drafts) > 1:
            self._report_several(record.nodes, slot.cell)

    def _actions(self, record: Record) -> None:
        slot = record.first(Role.ACTION)
        if slot is None or slot.down or not slot.own or self._goes_on(record, Role.ACTION, slot):
            return
        drafts = self._drafts(record, Role.ACTION, slot)
        if not drafts:
            return
        record.nodes = [self._open(draft, slot.cell, record) for draft in drafts]
        self._inner_steps(drafts, record.nodes, slot.cell)
        self._report_several(record.nodes, slot.cell)

    def _goes_on(self, record: Record, role: Role, slot: Slot) -> bool:
        """A cell that repeats the one above: the same element when a deeper cell is filled, else a second one, reported."""
        same = (
            self.seen.get(role) == fold(slot.own) and LEVEL_ROLES[role] in self.work.tree.current and not record.opened
        )
        self.seen[role] = fold(slot.own)
        if not same:
            return False
        deeper = (Role.OUTCOME, Role.STEP) if role is Role.ACTION else (Role.STEP,)
        if any(record.own(other) for other in deeper):
            self.work.ledger.set_aside(slot.cell, "répété")
            return True
        self.work.report("repeated_title", slot.cell.place, slot.own, title=squeeze(slot.own)[:120])
        return False

    def _outcomes(self, record: Record) -> None:
        slot = record.first(Role.OUTCOME)
        if slot is None or slot.down or not slot.own or self._goes_on(record, Role.OUTCOME, slot):
            return
        drafts = self._drafts(record, Role.OUTCOME, slot)
        actions = [node for node in record.nodes if node.kind is NodeKind.ACTION]
        outcomes = []
        for index, draft in enumerate(drafts):
            if len(actions) > 1:
                self.work.tree.open(_action_for(draft, index, len(drafts), actions))
            outcomes.append(self._open(draft, slot.cell, record))
        if outcomes:
            record.nodes = outcomes
            self._report_several(outcomes, slot.cell)

    def _drafts(self, record: Record, role: Role, slot: Slot) -> list[Draft]:
        kind = LEVEL_ROLES[role]
        steps_inside = role is Role.ACTION and not self.table.having(Role.STEP)
        drafts = read_drafts(kind, CellText.of(slot.cell), self.work.ledger, steps_inside=steps_inside)
        number = self._number_for(record, role)
        if number is not None and len(drafts) == 1 and drafts[0].number is None:
            drafts[0].number = number
        return drafts

    def _number_for(self, record: Record, role: Role) -> OutlineNumber | None:
        for column, slot in record.cells.get(Role.NUMBER, []):
            if column.label in {role.value, Role.OUTLINE.value} and slot.own:
                self.work.ledger.take(slot.cell)
                number = read_number(f"{slot.own} –", labelled=True) or read_number(slot.own)
                written = squeeze(slot.own)
                return OutlineNumber(written, number.parts if number else (), "", number.faults if number else ())
        return None

    def _open(self, draft: Draft, cell: Cell, record: Record) -> Node:
        record.opened = True
        node = self.work.tree.add(draft, cell.place)
        self.work.opened.append(node)
        return node

    def _inner_steps(self, drafts: Sequence[Draft], nodes: Sequence[Node], cell: Cell) -> None:
        for draft, node in zip(drafts, nodes, strict=True):
            if draft.steps_text:
                add_steps(node, draft.steps_text, cell, self.work, listed=True)

    def _report_several(self, nodes: Sequence[Node], cell: Cell) -> None:
        if len(nodes) > 1:
            self.work.report(
                "several_in_row", cell.place, cell.text, count=len(nodes), codes=attributes.codes_of(nodes)
            )

    # schedule and steps -----------------------------------------------------------------------------------------

    def _schedule(self, record: Record) -> None:
        """Periods and steps, which may share a cell, and may be written once per element of the row."""
        nodes = record.nodes
        if not record.opened and self.waiting and (record.own(Role.PERIOD) or record.own(Role.STEP)):
            nodes = [self.waiting.pop(0)]
            record.nodes = nodes
        slot = record.first(Role.STEP)
        if slot is not None and slot.own:
            self._steps(nodes, slot, record)
        period = record.first(Role.PERIOD)
        if period is not None and not (period.down and not record.opened):
            self._periods(self._about(record, Role.PERIOD), period, record)
        self._bounds(record)
        self._years(record)

    def _about(self, record: Record, role: Role) -> list[Node]:
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
        for node in self._about(record, Role.END if Role.END in bounds else Role.START):
            if not node.period:
                node.period = Period(" à ".join(written), start, end)

    def _years(self, record: Record) -> None:
        """Crosses in columns of years give a period; amounts or words there are kept for what they are."""
        labels = []
        for column, slot in record.cells.get(Role.YEAR, []):
            if not slot.text or (slot.down and not record.opened):
                continue
            if fold(slot.text) in attributes.MARKS:
                labels.append(_year_text(column))
                self.work.ledger.set_aside(slot.cell, "marque") if not slot.down else None
            elif slot.own and any(c.isdigit() for c in slot.own) and attributes.read_amount(slot.own).amounts:
                attributes.give_budget(record.nodes, _as_budget(column), slot.cell, self.work)
            elif slot.own:
                labels.append(_year_text(column))
                attributes.give_note(record.nodes, column, slot.cell, self.work)
        if not labels:
            return
        written = labels[0] if len(labels) == 1 else ", ".join(labels)
        for node in self._about(record, Role.YEAR):
            if not node.period:
                node.period = read_period(written, plan_start=self.work.plan_start) or Period(written)
                node.period.written = written

    def _steps(self, nodes: list[Node], slot: Slot, record: Record) -> None:
        parts = attributes.share(slot.cell, len(nodes)) if len(nodes) > 1 else [slot.text]
        if parts is None:
            parts = [slot.text]
            if not self.waiting:
                self.waiting = nodes[1:]
        for node, text in zip(nodes, parts, strict=False):
            record.steps += add_steps(node, text, slot.cell, self.work, listed=True)
        self.work.ledger.take(slot.cell)

    def _flush(self) -> None:
        """Elements whose own schedule never came share the one of their row."""
        for node in self.waiting:
            if self.shared and not node.period and self.shared[1]:
                give_period(node, self.shared[0], self.shared[1], self.work)
                node.guessed.append("period")
        self.waiting, self.shared = [], None

    # the other cells --------------------------------------------------------------------------------------------

    def _give(self, record: Record) -> None:
        for role, found in record.cells.items():
            for column, slot in found:
                if slot.down and not (record.opened and role in attributes.ACTOR_ROLES):
                    continue
                self._give_one(role, column, slot, self._about(record, role))

    def _give_one(self, role: Role, column: ColumnReading, slot: Slot, nodes: Sequence[Node]) -> None:
        work, cell = self.work, slot.cell
        if role in attributes.ACTOR_ROLES:
            attributes.give_actors(nodes, column, cell, work)
        elif role in {Role.BUDGET, Role.SPENT}:
            attributes.give_budget(nodes, column, cell, work)
        elif role in {Role.INDICATOR, Role.TARGET, Role.BASELINE}:
            attributes.give_indicators(nodes, column, cell, work)
        elif role is Role.STATE:
            attributes.give_state(nodes, column, cell, work)
        elif role is Role.CROSS_CUTTING:
            attributes.give_cross_cutting(nodes, cell, work)
        elif role in {Role.NOTE, Role.UNKNOWN, Role.SOURCE, Role.COUNT}:
            attributes.give_note(nodes, column, cell, work)


def _same_number(node: Node, draft: Draft) -> bool:
    return not (node.written and draft.number and node.written != draft.number.written)


def _action_for(draft: Draft, index: int, count: int, actions: Sequence[Node]) -> Node:
    """The action of a row that an outcome belongs to: by its number, else by its position."""
    if draft.number:
        head = ".".join(str(part) for part in draft.number.parts[:-1])
        for action in actions:
            number = read_number(f"{action.written} X")
            if number and ".".join(str(part) for part in number.parts) == head:
                return action
    return actions[index] if count == len(actions) else actions[-1]


def _year_text(column: ColumnReading) -> str:
    parent = column.header.split(" – ")[0]
    own = column.label or column.header
    years = [p for p in (parent,) if p != own and p.strip().isdigit()]
    return squeeze(f"{own} {years[0]}") if years and not any(c.isdigit() and len(own) >= 4 for c in own) else own


def _as_budget(column: ColumnReading) -> ColumnReading:
    return ColumnReading(column.index, column.header, Role.BUDGET, column.how, label=column.label or column.header)


def _roles_of_steps(table: PlanTable) -> frozenset[Role]:
    """Roles whose cells, in a table with one step per row, say something about the step and not about the action."""
    step = next(iter(table.having(Role.STEP)), None)
    if step is None:
        return frozenset()
    levels = [c.index for c in table.having(Role.ACTION, Role.OUTCOME)]
    alone = [row for row in table.body if row[step.index].own and not any(row[i].own for i in levels)]
    alone = [row for row in alone if len(read_enumeration(row[step.index].own).items) < 2]
    roles = {c.role for c in table.columns if sum(bool(row[c.index].own) for row in alone) * 3 > len(alone)}
    return frozenset(roles - {Role.STEP, Role.AXIS, Role.OBJECTIVE}) if alone else frozenset()
