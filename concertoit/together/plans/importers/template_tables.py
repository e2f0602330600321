"""Find the tables of our own template in a document and give their rows by column code, each cell with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from concertoit.together.plans.importers.source import Cell, Paragraph, SourceDocument, Table
from concertoit.together.plans.rules import template_columns as template
from concertoit.together.plans.rules.template_columns import SHEETS, Sheet
from concertoit.together.plans.rules.wording import fold

ESCAPED_CONTINUED = re.compile(rf"\\+{re.escape(template.CONTINUED)}")
# Lines that may stand above the headers: people add a title or an empty line at the top of a sheet.
DEEPEST_HEADER = 5


class Problem(NamedTuple):
    """Something that a person must look at: what kind, where, the text itself, a sentence about it, what to do."""

    kind: str
    place: str
    text: str
    message: str
    suggestion: str


class Row:
    """One row, by column code; a column that the table does not have gives an empty cell."""

    __slots__ = ("cells",)

    def __init__(self, cells: dict[str, Cell]) -> None:
        self.cells = cells

    def has(self, key: str) -> bool:
        return key in self.cells

    def cell(self, key: str) -> Cell:
        return self.cells.get(key) or Cell()

    def text(self, key: str) -> str:
        cell = self.cells.get(key)
        return cell.text.strip() if cell else ""

    def place(self) -> str:
        """Where the row is: the place of its first cell that holds something."""
        filled = [cell.place for cell in self.cells.values() if cell.text.strip()]
        return next(iter(filled), "")

    def empty(self) -> bool:
        """Nothing is written, or only the level that the blank template offers."""
        return not any(cell.text.strip() for key, cell in self.cells.items() if key != "kind")


@dataclass(slots=True)
class Found:
    """A table of the template as found: its definition, its rows, and the source table."""

    sheet: Sheet
    rows: list[Row]
    source: Table


@dataclass(slots=True)
class Columns:
    """Where each column of a sheet stands in a table, below which header row, and the headers that are not ours."""

    sheet: Sheet
    header: int
    places: dict[str, int] = field(default_factory=dict)
    unknown: dict[int, Cell] = field(default_factory=dict)


def columns_of(table: Table) -> Columns | None:
    """Recognise a table by its headers (exact words, case and accents apart), wherever its columns are."""
    for place, cells in enumerate(table.rows[:DEEPEST_HEADER]):
        candidates = [_columns(sheet, place, cells) for sheet in SHEETS]
        found = [c for c in candidates if all(key in c.places for key in c.sheet.needed)]
        if found:
            return max(found, key=lambda c: len(c.places))
    return None


def _columns(sheet: Sheet, header: int, cells: list[Cell]) -> Columns:
    keys = {fold(column.header): column.key for column in sheet.columns}
    columns = Columns(sheet, header)
    for place, cell in enumerate(cells):
        key = keys.get(fold(cell.text))
        if key and key not in columns.places:
            columns.places[key] = place
        else:
            columns.unknown[place] = cell
    return columns


def find_tables(source: SourceDocument) -> tuple[list[Found], list[Problem]]:
    """Every table of the template in reading order; what stands outside them is reported, never dropped."""
    found: list[Found] = []
    problems: list[Problem] = []
    for table in source.tables():
        columns = columns_of(table)
        if columns is None:
            problems += _outside(cell for row in table.rows for cell in row)
            continue
        rows = [
            Row({key: cells[at] for key, at in columns.places.items()}) for cells in table.rows[columns.header + 1 :]
        ]
        found.append(Found(columns.sheet, _continued(rows, columns.sheet), table))
        problems += _outside(cell for row in table.rows[: columns.header] for cell in row)
        problems += _unknown_columns(table, columns)
    return found, problems


def _continued(rows: list[Row], sheet: Sheet) -> list[Row]:
    """Join the rows marked « (suite) » to the one they continue; leave empty rows out."""
    first = sheet.columns[0].key
    kept: list[Row] = []
    for row in rows:
        mark = row.text(first)
        if mark == template.CONTINUED and kept:
            _join(kept[-1], row, first)
        elif not row.empty():
            if ESCAPED_CONTINUED.fullmatch(mark):
                row.cells[first] = Cell(text=mark[1:], place=row.cells[first].place)
            kept.append(row)
    return kept


def _join(row: Row, more: Row, first: str) -> None:
    for key, cell in more.cells.items():
        if key != first and cell.text:
            row.cells[key] = Cell(text=row.cells[key].text + cell.text, place=row.cells[key].place)


def _outside(cells: Iterator[Cell]) -> Iterator[Problem]:
    ours = {fold(text) for text in (template.README, *template.INSTRUCTIONS)}
    for cell in cells:
        if cell.text.strip() and fold(cell.text) not in ours:
            yield outside(cell.place, cell.text)


def outside(place: str, text: str) -> Problem:
    """The problem of a text that stands outside the tables of the template."""
    return Problem(
        "unplaced",
        place,
        text,
        "Ce texte est hors des tableaux du modèle: il n'a pas de place dans le plan.",
        "Déplacez-le dans une cellule, par exemple dans « Textes », s'il fait partie du plan.",
    )


def _unknown_columns(table: Table, columns: Columns) -> Iterator[Problem]:
    for at, header in columns.unknown.items():
        for cells in table.rows[columns.header + 1 :]:
            if cells[at].text.strip():
                yield Problem(
                    "unknown_column",
                    cells[at].place,
                    cells[at].text,
                    f"La colonne « {header.text.strip()} » n'est pas du modèle: cette cellule n'est pas reprise.",
                    "Redonnez à la colonne son titre d'origine, ou placez ce texte ailleurs.",
                )


def loose_paragraphs(source: SourceDocument, expected: set[str]) -> Iterator[Problem]:
    """Paragraphs outside tables that are neither ours nor the title of a table as the plan would write it."""
    ours = (
        template.HINT,
        template.PAGE_NUMBER,
        template.LOOSE,
        template.UNTITLED,
        template.BLANK_TITLE,
        *template.INSTRUCTIONS,
    )
    known = {fold(text) for text in (*expected, *ours)}
    known |= {fold(f"{sheet.heading} {template.PAGE_NUMBER}") for sheet in SHEETS}
    known |= {fold(sheet.heading) for sheet in SHEETS}
    for block in source.blocks:
        if isinstance(block, Paragraph) and block.text.strip() and fold(block.text) not in known:
            yield outside(block.place, block.text)
