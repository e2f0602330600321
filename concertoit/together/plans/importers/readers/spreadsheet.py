"""What every spreadsheet format shares: a sparse sheet becomes a compact table, and values become text for people."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from concertoit.together.plans.importers.readers.safety import LIMITS, too_wide
from concertoit.together.plans.importers.source import Cell, Table

GAP = 2
"""Empty rows or columns kept in a row: enough to tell two tables of one sheet apart."""


@dataclass(slots=True)
class Sheet:
    """A sheet as found: only cells that hold something, by (row, column) from 0.

    ``merges`` are (top, left, bottom, right), all inclusive.
    """

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False

    def place(self, row: int, column: int) -> str:
        return f"feuille {self.name}, cellule {letters(column)}{row + 1}"

    def put(self, row: int, column: int, cell: Cell) -> None:
        if len(self.cells) >= LIMITS.cells:
            raise too_wide(f"feuille {self.name}")
        cell.place = self.place(row, column)
        cell.hidden = self.hidden or row in self.hidden_rows or column in self.hidden_columns
        self.cells[row, column] = cell

    def table(self) -> Table | None:
        """The table, without the empty edges; long empty stretches inside are shortened (places stay exact)."""
        filled = [key for key, cell in self.cells.items() if cell.text.strip()]
        if not filled:
            return None
        rows = _kept({row for row, _ in filled} | self._inside(0, 2, max(row for row, _ in filled)))
        columns = _kept({column for _, column in filled})
        if len(columns) > LIMITS.columns or len(rows) * len(columns) > 4 * LIMITS.cells:
            raise too_wide(f"feuille {self.name}")
        grid = [[self._cell(row, column) for column in columns] for row in rows]
        for merge in self.merges:
            _merge(grid, rows, columns, merge)
        return Table(rows=grid, place=f"feuille {self.name}", name=self.name)

    def _inside(self, first: int, last: int, limit: int) -> set[int]:
        """Rows that a small merge covers stay even when nothing else is written on them (a bounded number of them)."""
        kept: set[int] = set()
        for merge in self.merges:
            if merge[last] - merge[first] <= 200 and (merge[0], merge[1]) in self.cells:
                kept.update(range(merge[first], min(merge[last], limit) + 1))
        return kept

    def _cell(self, row: int, column: int) -> Cell:
        cell = self.cells.get((row, column))
        if cell is not None:
            return cell
        hidden = self.hidden or row in self.hidden_rows or column in self.hidden_columns
        return Cell(place=self.place(row, column), hidden=hidden)


def _kept(used: set[int]) -> list[int]:
    kept: list[int] = []
    previous: int | None = None
    for index in sorted(used):
        if previous is not None:
            kept.extend(range(max(previous + 1, index - GAP), index))
        kept.append(index)
        previous = index
    return kept


def _merge(grid: list[list[Cell]], rows: list[int], columns: list[int], merge: tuple[int, int, int, int]) -> None:
    top, left = bisect.bisect_left(rows, merge[0]), bisect.bisect_left(columns, merge[1])
    bottom, right = bisect.bisect_right(rows, merge[2]), bisect.bisect_right(columns, merge[3])
    if top >= bottom or left >= right or rows[top] != merge[0] or columns[left] != merge[1]:
        return
    if grid[top][left].covered:
        return
    grid[top][left].rowspan, grid[top][left].colspan = bottom - top, right - left
    for row in range(top, bottom):
        for column in range(left, right):
            if (row, column) != (top, left) and not grid[row][column].text:
                grid[row][column].covered = True


def letters(column: int) -> str:
    """Spreadsheet name of a column from 0: A, B, … Z, AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def shown(value: object) -> str:
    """A typed value as text: dates in ISO, whole numbers without decimals."""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return "" if value is None else str(value)


def number(text: str) -> int | Decimal | None:
    """A number as a file writes it, free of the noise of binary floats (``30633.499999999996`` is 30633.5)."""
    try:
        exact = Decimal(text)
        if not exact.is_finite() or abs(exact) >= Decimal(10) ** 15:
            return None
        rounded = +Decimal(f"{float(exact):.12g}")
    except (ArithmeticError, ValueError):
        return None
    return int(rounded) if rounded == rounded.to_integral_value() else rounded.normalize()


def day(value: datetime) -> date | datetime:
    """A date when there is no hour."""
    return value.date() if value.time() == time(0) else value


def numbered(sheets: Iterable[Sheet]) -> list[Table]:
    """The tables of the sheets that hold something."""
    return [table for sheet in sheets if (table := sheet.table()) is not None]
