"""A grid from a file: the CSV of a grid, or an XLSForm in Excel, CSV or Markdown. Read here, understood in ``rules``."""

from __future__ import annotations

import csv
import io
from pathlib import PurePath
from typing import Any

from concertoit.field.cases.rules.grid_document import GridDocument, Reading, Refused
from concertoit.field.cases.rules.grid_rows import is_grid, read_rows
from concertoit.field.cases.rules.xlsform import Rows, read_form, read_markdown, split_sheets
from concertoit.field.cases.rules.xlsform_grid import to_grid
from concertoit.ground.core.workbooks import BrokenWorkbook, sheets_of

MAX_BYTES, MAX_ROWS = 5_000_000, 5_000
ACCEPTED = (".csv", ".md", ".xls", ".xlsx")


def read_grid(name: str, content: bytes, known: GridDocument) -> Reading:
    """The grid of a file. ``known``: the grid that the démarche has.

    Raises ``Refused``: ``unreadable``, ``too_long``, ``not_a_form`` or ``not_a_grid``.
    """
    if len(content) > MAX_BYTES:
        raise Refused("too_long")
    ending = PurePath(name).suffix.lower()
    if ending in (".xls", ".xlsx"):
        return _workbook(content, known)
    if ending not in ACCEPTED:
        raise Refused("unreadable")
    text = _text(content)
    if ending == ".md":
        return to_grid(read_form(_short(read_markdown(text))), known)
    rows = _csv(text)
    if rows and is_grid(rows[0]):
        return read_rows(rows, known)
    return to_grid(read_form(split_sheets(rows)), known)


def _workbook(content: bytes, known: GridDocument) -> Reading:
    try:
        sheets = {name: _cells(rows) for name, rows in sheets_of(content).items()}
    except BrokenWorkbook as error:
        raise Refused("unreadable") from error
    first = next(iter(sheets.values()), [])
    if first and is_grid(first[0]):
        return read_rows(first, known)
    return to_grid(read_form(_short(sheets)), known)


def _cells(rows: list[list[Any]]) -> list[list[str]]:
    return [[_said(cell) for cell in row] for row in rows]


def _said(cell: Any) -> str:
    """A cell as one reads it: 3, not 3.0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell) if cell is not None else ""


def _short(sheets: dict[str, list[list[str]]]) -> dict[str, Rows]:
    if sum(len(rows) for rows in sheets.values()) > MAX_ROWS * 4:
        raise Refused("too_long")
    return dict(sheets)


def _csv(text: str) -> list[list[str]]:
    mark = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error as error:
        raise Refused("unreadable") from error
    if len(rows) > MAX_ROWS:
        raise Refused("too_long")
    return rows


def _text(content: bytes) -> str:
    """UTF-8, or what older spreadsheets write."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
