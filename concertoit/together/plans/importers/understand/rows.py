"""Reads the rows of a plan's table: which elements a row opens or continues, and what its other cells say about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from concertoit.together.plans.importers.source import Cell
from concertoit.together.plans.rules.document import Node, NodeKind
from concertoit.together.plans.rules.outline import OutlineNumber, read_number
from concertoit.together.plans.rules.wording import fold, squeeze

from . import attributes
from .banners import Banners
from .columns import PlanTable
from .depths import levels_by_depth, number_parts
from .drafts import CellText, read_drafts
from .grid import Row, Slot
from .records import Found, Record
from .result import ColumnReading
from .roles import LEVEL_ROLES, Role, labelled_kind
from .row_schedules import ScheduleReader, roles_of_steps
from .schedules import add_steps
from .tree import Draft
from .work import Work


@dataclass(slots=True)
class RowReader:
    """Reads one table; ``seen`` is the text last written at each level, ``levels`` those told apart by depth."""

    table: PlanTable
    work: Work
    schedules: ScheduleReader = field(init=False)
    seen: dict[Role, str] = field(default_factory=dict)
    levels: dict[int, Role] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.schedules = ScheduleReader(self.table, self.work, roles_of_steps(self.table))

    def read(self) -> None:
        self.levels = levels_by_depth(self.table, has_axis=NodeKind.AXIS in self.work.tree.current)
        self.work.opened.clear()
        banners = Banners(self.table, self.work)
        for row in self.table.body:
            if not any(slot.text for slot in row) or banners.read(row):
                continue
            self._read_record(self._record(row))
        self.schedules.flush()

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
            self.schedules.flush()
        if not record.nodes:
            current = self.work.tree.deepest()
            if current is None:
                return
            record.nodes = [current]
        self.schedules.read(record)
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
                    work.tree.reopen(known)
                    record.opened = True
                continue
            record.nodes = [self._open(draft, slot.cell, record)]
            outer = record.first(Role.OUTER)
            if outer is not None:
                record.nodes[0].group = squeeze(outer.text)
                work.ledger.take(outer.cell)
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
        """A cell that repeats the one above: the same element when a deeper cell is filled, else a second one."""
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

    # the other cells --------------------------------------------------------------------------------------------

    def _give(self, record: Record) -> None:
        for role, found in record.cells.items():
            for column, slot in found:
                if slot.down and not (record.opened and role in attributes.ACTOR_ROLES):
                    continue
                self._give_one(role, column, slot, self.schedules.about(record, role))

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
