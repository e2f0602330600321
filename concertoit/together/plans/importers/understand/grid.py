"""A table with its merged cells resolved, its empty rows and columns known, and its header rows found."""

from __future__ import annotations

from dataclasses import dataclass, field

from concertoit.ground.core.typography import MONTHS
from concertoit.together.plans.importers.source import Cell, Table
from concertoit.together.plans.rules.outline import read_number
from concertoit.together.plans.rules.statuses import read_state
from concertoit.together.plans.rules.wording import fold, squeeze

from .roles import Recognition, Role, level_label, recognise

SEARCHED_ROWS = 25
_INITIALS = [month[0] for month in MONTHS]


@dataclass(slots=True)
class Slot:
    """A position of the grid: the cell whose text stands there, and whether it comes from a merge (down or across)."""

    cell: Cell
    down: bool = False
    across: bool = False
    last_row: int = 0
    text: str = field(init=False)
    own: str = field(init=False)

    def __post_init__(self) -> None:
        """Stripped once: understanding looks at each text about twenty times. ``own`` is empty for a text that is merged
        from elsewhere and not written here.
        """
        self.text = self.cell.text.strip()
        self.own = "" if self.down or self.across else self.text


Row = list[Slot]


@dataclass(slots=True)
class Header:
    """Header rows of a table: ``rows`` are their indexes, ``texts`` the text of each column (parent first)."""

    rows: list[int]
    texts: list[list[str]]
    found: list[Recognition | None] = field(default_factory=list)


def resolve(table: Table) -> list[Row]:
    """Slots of a table: covered cells point to the cell that covers them."""
    height = len(table.rows)
    width = max((len(row) for row in table.rows), default=0)
    grid: list[list[Slot | None]] = [[None] * width for _ in range(height)]
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            if grid[r][c] is not None or cell.covered:
                continue
            if cell.rowspan <= 1 and cell.colspan <= 1:
                grid[r][c] = Slot(cell, last_row=r)
                continue
            _spread(grid, cell, r, c, min(height, r + max(1, cell.rowspan)), min(width, c + max(1, cell.colspan)))
    return [[slot or Slot(Cell(covered=True), last_row=r) for slot in row] for r, row in enumerate(grid)]


def _spread(grid: list[list[Slot | None]], cell: Cell, r: int, c: int, bottom: int, right: int) -> None:
    for i in range(r, bottom):
        for j in range(c, right):
            if grid[i][j] is None:
                grid[i][j] = Slot(cell, down=i > r, across=j > c, last_row=bottom - 1)


def own_texts(row: Row) -> list[str]:
    return [slot.own for slot in row if slot.own]


def find_header(rows: list[Row]) -> Header | None:
    """The first row (of the first ones) whose cells are header words, with the row under it when it goes on."""
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        if is_header(row):
            return _header(rows, index)
    return None


def is_header(row: Row) -> bool:
    """At least two known headers, that are half of the row's texts, none of them numbered, and one that is not a year."""
    months = _months(row)
    texts = [months.get(i, squeeze(slot.own)) for i, slot in enumerate(row) if slot.own]
    if len(texts) < 2 or any(len(t) > 140 for t in texts):
        return False
    found = [recognise(text) for text in texts]
    known = [f for f in found if f]
    distinct = {f.role for f in known} - {Role.YEAR, Role.COUNT, Role.NUMBER}
    numbered = any(_numbered(text) for text in texts)
    if numbered or not distinct or len(known) * 2 < len(texts):
        return False
    named = [f for text, f in zip(texts, found, strict=True) if f and f.how != "start" and not read_state(text)]
    strong = {f.role for f in named} - {Role.NOTE, Role.YEAR, Role.COUNT, Role.NUMBER}
    return len({f.role for f in known}) >= 2 and bool(strong)


def _numbered(text: str) -> bool:
    number = read_number(text)
    if number is None:
        label = level_label(text)
        return bool(label and read_number(label[2], labelled=True) and len(text) > 12)
    return recognise(number.rest) is None and not recognise(text)


def _months(row: Row) -> dict[int, str]:
    """Columns headed by the initials of the twelve months in a row (J F M A M J J A S O N D), with the month meant.

    Alone, « M » or « J » could be several months; only the whole year, in order, is read.
    """
    initials = [fold(slot.own) for slot in row]
    for start in range(len(row) - len(MONTHS) + 1):
        if initials[start : start + len(MONTHS)] == _INITIALS:
            return {start + rank: month for rank, month in enumerate(MONTHS)}
    return {}


def _header(rows: list[Row], index: int) -> Header:
    months = _months(rows[index])
    texts = [[months.get(column, slot.text)] if slot.text else [] for column, slot in enumerate(rows[index])]
    used = [index]
    if index + 1 < len(rows) and _continues(rows[index], rows[index + 1]):
        used.append(index + 1)
        parent = ""
        months = _months(rows[index + 1])
        for column, slot in enumerate(rows[index + 1]):
            parent = rows[index][column].text or parent
            own = months.get(column, slot.own)
            if own:
                texts[column] = [parent, own] if parent and parent != own else [own]
    if index and _heads(rows[index - 1], rows[index]):
        used.insert(0, index - 1)
        _add_parents(texts, rows[index - 1])
    header = Header(rows=used, texts=texts)
    header.found = [_recognise_pair(pair) for pair in texts]
    return header


def _heads(above: Row, row: Row) -> bool:
    """A row above the header that only names groups of its columns (``Échéancier`` over the years)."""
    owned = [(i, slot.own) for i, slot in enumerate(above) if slot.own]
    known = [(i, recognise(text)) for i, text in owned]
    return (
        bool(owned)
        and owned[0][0] > 0
        and all(found and found.role is not Role.AXIS and row[i].text for i, found in known)
    )


def _add_parents(texts: list[list[str]], above: Row) -> None:
    parent = ""
    for column, slot in enumerate(above):
        parent = slot.text or parent
        if parent and len(texts[column]) == 1:
            texts[column] = [parent, *texts[column]]


def _continues(first: Row, second: Row) -> bool:
    """The second row of a header: only known headers, standing under a merged, an empty or a parent header."""
    months = _months(second)
    owned = [(i, months.get(i, slot.own)) for i, slot in enumerate(second) if slot.own]
    if len(owned) < 2 or any(recognise(text) is None for _, text in owned) or any(len(t) > 60 for _, t in owned):
        return False
    if all(slot.down or not slot.own or i in months or recognise(slot.own) for i, slot in enumerate(second)):
        return any(first[i].across or not first[i].text or _spans(first, i) for i, _ in owned)
    return False


def _spans(row: Row, index: int) -> bool:
    return row[index].cell.colspan > 1 or (index + 1 < len(row) and not row[index + 1].text)


def _recognise_pair(pair: list[str]) -> Recognition | None:
    if not pair:
        return None
    own = recognise(pair[-1])
    parent = recognise(pair[0]) if len(pair) > 1 else None
    if own and own.role is Role.YEAR and parent and parent.role in {Role.BUDGET, Role.STEP, Role.SPENT}:
        return Recognition(parent.role, "year")
    if own is None and parent is not None:
        return Recognition(parent.role, "part")
    return own


def repeats(row: Row, header: Header, rows: list[Row]) -> bool:
    """True when a row below writes a header row again (a table that goes on over the page)."""
    texts = {fold(t) for t in own_texts(row)}
    if len(texts) < 2:
        return False
    for index in header.rows:
        original = {fold(t) for t in own_texts(rows[index])}
        if texts == original or (len(texts & original) * 4 >= len(original) * 3 and len(texts) <= len(original)):
            return True
    return False
