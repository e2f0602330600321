"""Ruled tables of the pages of a PDF, and those that go on over several pages put back together."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from concertoit.together.plans.importers.readers.grid import Grid
from concertoit.together.plans.importers.readers.pdf_words import Word, cell_text
from concertoit.together.plans.importers.source import Cell, Table

SAME = 3.0
"""Points between two edges that are one."""

Box = tuple[float, float, float, float]


@dataclass(slots=True)
class PageTable:
    """A table as it stands on one page. ``edges`` are its column edges, in points.

    ``loose`` says that the inner edges were deduced from white space, and move from page to page.
    """

    page: int
    box: Box
    edges: list[float]
    table: Table
    loose: bool = False


def edges_of(values: Sequence[float]) -> list[float]:
    """Distinct edges, those within a hair of each other counted once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > SAME:
            found.append(value)
    return found


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def page_table(boxes: Sequence[Box], words: Sequence[Word], page: int, rank: int) -> PageTable | None:
    """Build a table from the boxes of its cells and the words of the page; ``None`` when it holds no text."""
    here = f"page {page}, tableau {rank}"
    columns = edges_of([edge for box in boxes for edge in (box[0], box[2])])
    rows = edges_of([edge for box in boxes for edge in (box[1], box[3])])
    grid = Grid(lambda row, column: f"{here}, ligne {row + 1}, colonne {column + 1}")
    by_height = sorted(words, key=lambda word: word.middle[1])
    heights = [word.middle[1] for word in by_height]
    for box in sorted(set(boxes), key=lambda box: (box[1], box[0])):
        top, left = _nearest(rows, box[1]), _nearest(columns, box[0])
        bottom, right = _nearest(rows, box[3]), _nearest(columns, box[2])
        if bottom <= top or right <= left:
            continue
        level = by_height[bisect.bisect_left(heights, box[1]) : bisect.bisect_left(heights, box[3])]
        inside = [word for word in level if box[0] <= word.middle[0] < box[2]]
        text = cell_text(inside, box[0], box[2])
        bold = bool(inside) and all(word.bold for word in inside)
        grid.put(top, left, Cell(text=text, rowspan=bottom - top, colspan=right - left, bold=bold))
    grid.height = max(grid.height, len(rows) - 1)
    laid = _without_empty_edges(grid.rows())
    if not laid:
        return None
    around = (columns[0], rows[0], columns[-1], rows[-1])
    return PageTable(page, around, columns, Table(rows=laid, place=here))


def _without_empty_edges(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Rows without any text at the end are drawing; a table without any text is no table."""
    while rows and not any(cell.text or cell.covered for cell in rows[-1]):
        rows.pop()
    return rows if any(cell.text for row in rows for cell in row) else []


def header_of(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Texts of the first rows of a table, where a header may repeat."""
    return [[cell.text for cell in row] for row in rows[:3]]


def goes_on(before: PageTable, after: PageTable) -> bool:
    """Whether a table is the rest of the one on the page before: same columns, at the same places."""
    if after.page != before.page + 1 or len(before.table.rows[0]) != len(after.table.rows[0]):
        return False
    if len(before.edges) != len(after.edges) or before.loose != after.loose:
        return False
    compared = (0, -1) if before.loose else range(len(before.edges))
    return all(abs(before.edges[index] - after.edges[index]) <= SAME for index in compared)


def append(before: PageTable, after: PageTable) -> list[tuple[str, str]]:
    """Add the rows of ``after`` below those of ``before``; return what people should know about it."""
    rows = after.table.rows
    header = header_of(before.table.rows)
    repeats = 0
    while repeats < min(len(header), len(rows)) and [cell.text for cell in rows[repeats]] == header[repeats]:
        repeats += 1
    rows = rows[repeats:]
    warnings: list[tuple[str, str]] = []
    if rows and _is_rest(before.table.rows[-1], rows[0]):
        warnings.append(
            (rows[0][0].place, "Suite d'une ligne coupée par le changement de page : les deux sont réunies.")
        )
        for cell, rest in zip(before.table.rows[-1], rows[0], strict=True):
            cell.text = f"{cell.text} {rest.text}".strip()
        rows = rows[1:]
    before.table.rows.extend(rows)
    before.page = after.page
    return warnings


def _is_rest(last: Sequence[Cell], first: Sequence[Cell]) -> bool:
    """A row cut by the page: every text of it goes on in the middle of a sentence of the row above."""
    filled = [(above.text, below.text) for above, below in zip(last, first, strict=True) if below.text]
    if not filled or len(filled) == len(first) or any(cell.rowspan > 1 or cell.covered for cell in first):
        return False
    return all(above and _open_ended(above) and not _starts(below) for above, below in filled)


def _open_ended(text: str) -> bool:
    return text.rstrip()[-1:] not in (".", ";", ":", "!", "?", "$", "%")


def _starts(text: str) -> bool:
    """A capital, a figure or a mark begins something; a small letter goes on."""
    return not text[:1].islower()
