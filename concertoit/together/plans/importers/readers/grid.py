"""Cells with spans laid out as the rectangular table that understanding reads."""

from __future__ import annotations

from collections.abc import Callable

from concertoit.together.plans.importers.readers.safety import LIMITS, too_wide
from concertoit.together.plans.importers.source import Cell


class Grid:
    """A sheet of squared paper that grows. Rows and columns count from 0; ``place`` names a square for people."""

    def __init__(self, place: Callable[[int, int], str]) -> None:
        self._place = place
        self._cells: dict[tuple[int, int], Cell] = {}
        self._taken: dict[int, int] = {}
        self.height = 0

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Place a cell; its spans are kept as given and cut to the table when it is laid out."""
        if column + cell.colspan > LIMITS.columns or len(self._cells) >= LIMITS.cells:
            raise too_wide(self._place(row, column))
        cell.place = cell.place or self._place(row, column)
        self._cells[row, column] = cell
        self.height = max(self.height, row + 1)
        for taken in range(column, column + cell.colspan):
            self._taken[taken] = max(self._taken.get(taken, 0), row + cell.rowspan)

    def free(self, row: int, column: int = 0) -> int:
        """First column of the row, from that one, that no cell above or before has taken (the rule of HTML tables)."""
        while self._taken.get(column, 0) > row:
            column += 1
        return column

    def rows(self) -> list[list[Cell]]:
        """Every row with the same length. Columns where no row ever starts a cell are drawing artefacts: left out."""
        if not self._cells:
            return []
        starts = sorted({column for _, column in self._cells})
        covered = self._spread(starts)
        if len(covered) + self.height * len(starts) > 4 * LIMITS.cells:
            raise too_wide(self._place(0, 0))
        return [
            [self._square(row, index, column, covered) for index, column in enumerate(starts)]
            for row in range(self.height)
        ]

    def _spread(self, starts: list[int]) -> set[tuple[int, int]]:
        """Cut the spans to the table, count columns that remain, and say which squares the merged cells cover."""
        index = {column: position for position, column in enumerate(starts)}
        covered: set[tuple[int, int]] = set()
        for (row, column), cell in self._cells.items():
            last = column + cell.colspan
            cell.colspan = (
                max(1, sum(1 for start in starts[index[column] :] if start < last)) if cell.colspan > 1 else 1
            )
            cell.rowspan = max(1, min(cell.rowspan, self.height - row))
            if cell.colspan * cell.rowspan > 1:
                first = index[column]
                covered.update(
                    (r, c) for r in range(row, row + cell.rowspan) for c in range(first, first + cell.colspan)
                )
                covered.discard((row, first))
                if len(covered) > 4 * LIMITS.cells:
                    raise too_wide(cell.place)
        return covered

    def _square(self, row: int, index: int, column: int, covered: set[tuple[int, int]]) -> Cell:
        cell = self._cells.get((row, column))
        if (row, index) not in covered:
            return cell or Cell(place=self._place(row, column))
        if cell is not None and cell.text:  # two cells on one square: text is never lost
            return cell
        return Cell(place=self._place(row, column), covered=True)
