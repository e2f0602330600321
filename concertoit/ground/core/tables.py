"""Lines of a spreadsheet or a CSV, as text: what a room that brings a list in starts from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from concertoit.ground.core.workbooks import BrokenWorkbook, sheets_of

MOST_BYTES = 5 * 1024 * 1024
_LONGEST_CELL = 4_000
_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
_MIDNIGHT = "T00:00:00"


class BadTable(ValueError):
    """A file that cannot be read. ``code``: kind, big or broken."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line that says something, and its number in the file."""

    number: int
    cells: list[str]


def read_table(content: bytes, name: str) -> list[RawLine]:
    """The lines of the first sheet of a workbook (.xlsx, .ods, .xls), or of a CSV. Raises ``BadTable``."""
    if len(content) > MOST_BYTES:
        raise BadTable("big")
    rows: Iterable[tuple[int, list[str]]]
    if content.startswith(_WORKBOOKS):
        rows = _sheet(content)
    elif name.casefold().endswith((".csv", ".txt", ".tsv")):
        rows = _csv(content)
    else:
        raise BadTable("kind")
    return [RawLine(number, cells) for number, cells in rows if any(cells)]


def _sheet(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        rows = next(iter(sheets_of(content, first=True).values()), [])
    except BrokenWorkbook as error:
        raise BadTable("broken") from error
    return ((number, [_shown(value) for value in row]) for number, row in enumerate(rows, 1))


def _csv(content: bytes) -> list[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.splitlines()[0] if text.strip() else ""
    mark = max((";", "\t", ","), key=first.count)
    reader = csv.reader(io.StringIO(text.replace("\0", "")), delimiter=mark)
    try:
        return [(reader.line_num, [cell.strip()[:_LONGEST_CELL] for cell in row]) for row in reader]
    except csv.Error as error:  # a cell of more than 128 KB
        raise BadTable("broken") from error


def _shown(value: object) -> str:
    """A cell as people write it: a day without its midnight, a whole number without its zero."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return value.isoformat().removesuffix(_MIDNIGHT)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()[:_LONGEST_CELL]
