"""Sorts the tables of a document: participants, plan (with a header, or going on from the one before), others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from concertoit.together.plans.importers.source import Block, Cell, Paragraph, Table
from concertoit.together.plans.rules.document import NodeKind

from .alignment import align, same_columns
from .columns import PlanTable, is_plan, read_columns
from .drafts import read_draft
from .front import is_participants, participants_header, read_participants
from .grid import Header, Row, find_header, own_texts, repeats, resolve
from .inference import infer_columns
from .result import ColumnReading, TableReading
from .roles import Role, recognise
from .rows import RowReader
from .schedules import give_period
from .sheets import Sheet, action_label, headings_above, name_by_headings, read_sheets
from .stacks import split_stacked
from .work import Work


@dataclass(slots=True)
class Sorted:
    """A table before it is read: its grid and header, and whether the header is a plan's."""

    table: Table
    rows: list[Row]
    header: Header | None
    plan: bool
    above: list[Paragraph] = field(default_factory=list)
    action: Paragraph | None = None


@dataclass(slots=True)
class TableSorter:
    work: Work
    blocks: Sequence[Block]
    previous: list[ColumnReading] = field(default_factory=list)
    plan_count: int = 0
    _sorted: dict[int, list[Sorted]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        grids = [(table, resolve(table)) for table in self.tables]
        sheets = {id(table): found for table, rows in grids if (found := read_sheets(rows))}
        name_by_headings({key: found[0] for key, found in sheets.items()}, self.blocks, self.work.ledger)
        for table, rows in grids:
            self._sorted[id(table)] = (
                [self._flat(table, sheet) for sheet in sheets[id(table)]]
                if id(table) in sheets
                else [self._sort(table, part) for part in split_stacked(rows)]
            )
            self.plan_count += sum(entry.plan for entry in self._sorted[id(table)])
        self._find_actions()
        if not self.plan_count:
            self._infer()

    @property
    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, Table)]

    def _flat(self, table: Table, sheet: Sheet) -> Sorted:
        rows, header = sheet.flat()
        return self._entry(table, rows, header)

    def _find_actions(self) -> None:
        """A table of steps under ``Action 1.1 : …``: the heading is the action that the steps belong to."""
        found = {key: entries[0] for key, entries in self._sorted.items() if entries and _of_steps(entries[0])}
        for key, heading in headings_above(found, self.blocks).items():
            labelled, number = action_label(heading.text)
            if labelled and (number is not None or ":" in heading.text):
                found[key].action = heading
                self.work.ledger.take(heading)

    def _open_action(self, heading: Paragraph) -> None:
        cell = Cell(heading.text, heading.place)
        self.work.ledger.stand_for(cell, heading)
        draft = read_draft(NodeKind.ACTION, heading.text, cell, self.work.ledger)
        if draft is not None:
            self.work.tree.add(draft, heading.place)

    def _infer(self) -> None:
        """No table has a plan's header: the first one whose contents look like a plan's sets the columns for all."""
        for entry in (entry for table in self.tables for entry in self._sorted[id(table)]):
            columns = infer_columns(entry.rows) if entry.header is None else None
            if columns is not None:
                self.previous = columns
                self.plan_count = 1
                return

    def _sort(self, table: Table, rows: list[Row]) -> Sorted:
        turned = _turned(rows)
        rows = turned if turned is not None else rows
        header = participants_header(rows) or find_header(rows)
        if header is None:
            header = self._chosen_header(table, rows)
        return self._entry(table, rows, header)

    def _entry(self, table: Table, rows: list[Row], header: Header | None) -> Sorted:
        plan = False
        if header is not None:
            columns = read_columns(
                header, rows[header.rows[-1] + 1 :], self.work.mapping.of(table.place), has_axis=False
            )
            plan = is_plan(columns) and not is_participants(header.texts)
        return Sorted(table, rows, header, plan, self._above(rows[: header.rows[0]]) if header else [])

    def _above(self, rows: Sequence[Row]) -> list[Paragraph]:
        """Texts above the header of a table: they speak like paragraphs (a title, the axis of the sheet)."""
        lines = []
        for slot in (slot for row in rows for slot in row if slot.own):
            bold = slot.cell.bold or slot.cell.colspan > 2
            line = Paragraph(slot.own, slot.cell.place, bold=bold)
            self.work.ledger.stand_for(line, slot.cell)
            lines.append(line)
        return lines

    def _chosen_header(self, table: Table, rows: list[Row]) -> Header | None:
        """A table whose columns the person chose has a header even when no word of it is known."""
        if not self.work.mapping.of(table.place) or not rows:
            return None
        texts = [[slot.text] if slot.text else [] for slot in rows[0]]
        return Header([0], texts, [recognise(pair[-1]) if pair else None for pair in texts])

    def parts(self, table: Table) -> list[Sorted]:
        """The tables that stand in a grid, one above the other (usually one)."""
        return self._sorted[id(table)]

    def read(self, entry: Sorted) -> bool:
        """Read a table; True when it was one of the plan's."""
        table = entry.table
        if entry.header is not None and is_participants(entry.header.texts):
            self._set_aside_header(entry)
            read_participants(
                entry.header.texts, entry.rows[entry.header.rows[-1] + 1 :], table.place, table.name, self.work
            )
            return False
        if entry.plan and entry.header is not None:
            self._read_plan(entry, entry.header)
            return True
        if self.previous and (entry.header is None or not entry.plan):
            return self._go_on(entry)
        self._other(entry)
        return False

    def _read_plan(self, entry: Sorted, header: Header) -> None:
        body = list(entry.rows[header.rows[-1] + 1 :])
        has_axis = NodeKind.AXIS in self.work.tree.current
        if entry.action is not None:
            self._open_action(entry.action)
        columns = read_columns(
            header,
            body,
            self.work.mapping.of(entry.table.place),
            has_axis=has_axis,
            has_action=entry.action is not None,
        )
        self._set_aside_header(entry)
        self._read(PlanTable(entry.table.place, entry.table.name, columns, self._body(entry, header, body)))
        for column in columns:
            if column.role is Role.UNKNOWN and column.header:
                self.work.report("unknown_column", entry.table.place, column.header, header=column.header)

    def _body(self, entry: Sorted, header: Header, body: Sequence[Row]) -> list[Row]:
        kept = []
        for row in body:
            if repeats(row, header, entry.rows):
                for slot in row:
                    if slot.own:
                        self.work.ledger.set_aside(slot.cell, "en-tête répété")
            else:
                kept.append(row)
        return kept

    def _set_aside_header(self, entry: Sorted) -> None:
        for index in entry.header.rows if entry.header else []:
            for slot in entry.rows[index]:
                if slot.own:
                    self.work.ledger.set_aside(slot.cell, "en-tête")

    def _go_on(self, entry: Sorted) -> bool:
        """A table without header that continues the previous plan table, when its contents say so."""
        chosen = self.work.mapping.of(entry.table.place)
        columns: list[ColumnReading] | None
        if len(self.previous) == len(entry.rows[0] if entry.rows else []) and same_columns(
            self.previous, entry.rows, self.work.habits
        ):
            columns = [
                ColumnReading(c.index, c.header, c.role, "inherited", list(c.alternatives), c.label)
                for c in self.previous
            ]
        else:
            columns = align(self.previous, entry.rows, self.work.habits)
        if columns is None:
            self._other(entry)
            return False
        for index, role in chosen.items():
            columns[index].role, columns[index].how = role, "chosen"
        self.work.report("guessed_columns", entry.table.place, " | ".join(own_texts(entry.rows[0]))[:160])
        self._read(PlanTable(entry.table.place, entry.table.name, columns, list(entry.rows)), keep=False)
        return True

    def _read(self, table: PlanTable, *, keep: bool = True) -> None:
        self.work.readings.append(TableReading(table.place, table.name, "plan", table.columns))
        self.work.habits.learn(table)
        if keep:
            self.previous = table.columns
        RowReader(table, self.work).read()
        self._date(table)

    def _date(self, table: PlanTable) -> None:
        """A table without schedules, under a heading that is only a date, happens then."""
        heading = self.work.when
        if heading is None or table.having(Role.PERIOD, Role.YEAR, Role.START, Role.END):
            return
        for node in self.work.opened:
            if node.kind is NodeKind.ACTION and not node.period:
                give_period(node, Cell(heading.text, heading.place), heading.text, self.work)
                node.guessed.append("period")
                self.work.ledger.take(heading)

    def _other(self, entry: Sorted) -> None:
        header = entry.header.texts if entry.header else []
        columns = [ColumnReading(i, " – ".join(pair), Role.UNKNOWN, "unknown") for i, pair in enumerate(header)]
        self.work.readings.append(TableReading(entry.table.place, entry.table.name, "other", columns))


def _of_steps(entry: Sorted) -> bool:
    roles = {found.role for found in entry.header.found if found} if entry.header else set()
    return entry.plan and Role.STEP in roles and not roles & {Role.ACTION, Role.OUTLINE, Role.MEANS, Role.OBJECTIVE}


def _turned(rows: list[Row]) -> list[Row] | None:
    """Actions side by side, their headings in the first column, turned into rows; else None."""
    if len(rows) < 2 or not 3 <= len(rows[0]) <= 6:
        return None
    if len([f for text in own_texts(rows[0]) if (f := recognise(text))]) > 1:
        return None
    heads = [row[0].own for row in rows if row[0].own]
    found = [recognise(head) for head in heads]
    known = [f.role for f in found if f and f.role is not Role.YEAR]
    if len(known) < 3 or len(known) * 3 < len(heads) * 2 or len(set(known)) * 3 < len(known) * 2:
        return None
    return [list(column) for column in zip(*rows, strict=True)]
