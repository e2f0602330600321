"""Workbooks (.xlsx, .xls, .ods) read in a process of their own.

A workbook of one kilobyte may say that its only cell is the last one of the sheet: the library then asks for 500 GB and
the process that reads it dies. Here a child dies, bounded in time and memory, and the person gets a sentence. The child
receives bytes and answers JSON: nothing it says is executed.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from typing import Any

SECONDS = 30
MEMORY = 1024 * 1024 * 1024
MOST_CELLS = 1_000_000
"""Cells of all sheets together, empty ones included: far above a list that somebody keeps by hand."""
Cell = str | float | int | bool | date | None
Rows = list[list[Cell]]


class BrokenWorkbook(ValueError):
    """Not a workbook, or one that cannot be read within bounds."""


def sheets_of(content: bytes, *, first: bool = False) -> dict[str, Rows]:
    """The rows of every sheet by name, cells as Python values. Raises ``BrokenWorkbook``.

    ``first``: of the first sheet only, with the empty rows and columns before what is written, so that the numbers of the
    file's own lines hold.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", __name__, "first" if first else "all"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, and bytes that only the child reads
            command, input=content, capture_output=True, env=environment, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise BrokenWorkbook("slow") from error
    if done.returncode != 0:
        raise BrokenWorkbook("broken")
    found = json.loads(done.stdout)
    return {name: [[_value(cell) for cell in row] for row in rows] for name, rows in found}


def _value(cell: Any) -> Cell:
    if isinstance(cell, dict):
        written = str(cell["day"])
        return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
    known: Cell = cell
    return known


def _bound() -> None:
    """Ask the system to stop this process beyond its share, where the system knows how."""
    try:
        import resource
    except ImportError:  # not a POSIX system: the parent's clock is the only bound
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _told(cell: object) -> object:
    """A cell as JSON; a length of time has no use in a list."""
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    return cell if isinstance(cell, str | float | int | bool) else "" if isinstance(cell, timedelta) else str(cell)


def read_here(content: bytes, *, first: bool = False) -> dict[str, Rows]:
    """The same in this process, for a content that is trusted. Raises ``BrokenWorkbook``."""
    return {name: [[_value(cell) for cell in row] for row in rows] for name, rows in _read(content, first=first)}


def _read(content: bytes, *, first: bool) -> list[tuple[str, list[list[object]]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    found, cells = [], 0
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names[:1] if first else book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            cells += sheet.total_height * sheet.total_width
            if cells > MOST_CELLS:
                raise BrokenWorkbook("large")
            rows = sheet.to_python(skip_empty_area=not first)
            found.append((name, [[_told(cell) for cell in row] for row in rows]))
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise BrokenWorkbook("broken") from error
    return found


def _main(wanted: str) -> None:
    content = sys.stdin.buffer.read()
    _bound()
    sys.stdout.write(json.dumps(_read(content, first=wanted == "first")))


if __name__ == "__main__":
    _main(*sys.argv[1:])
