"""An electoral list as people have it: pasted, or in a CSV file of a spreadsheet. Read here, written by services."""

from __future__ import annotations

import csv
import io

from concertoit.ground.ballots.services.register import ElectorFacts
from concertoit.ground.identity.rules import fold

# Words of a header line: such a line is not somebody.
_HEADERS = frozenset({"nom", "name", "locataire", "prenom et nom", "nom complet", "electeur", "nom et prenom"})
MAX_LINES = 20_000


def read_list(text: str) -> list[ElectorFacts]:
    """People of a list, one per line: name, then dwelling, then e-mail, apart by a tab, a semicolon or a comma.

    Empty lines and a header are left out. Raises ``ValueError`` for a list longer than ``MAX_LINES``.
    """
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip(" \t;,")]
    if len(lines) > MAX_LINES:
        raise ValueError(len(lines))
    mark = _mark(lines)
    rows = csv.reader(io.StringIO("\n".join(lines)), delimiter=mark) if mark else ([line] for line in lines)
    people = [_person([cell.strip() for cell in row]) for row in rows]
    return [one for one in people if fold(one.name) not in _HEADERS]


def _mark(lines: list[str]) -> str:
    """What separates the columns: the first of tab, semicolon, comma that most lines have."""
    for mark in ("\t", ";", ","):
        if lines and sum(mark in line for line in lines) * 2 > len(lines):
            return mark
    return ""


def _person(cells: list[str]) -> ElectorFacts:
    email = next((cell for cell in cells[1:] if "@" in cell), "")
    others = [cell for cell in cells[1:] if cell and cell != email]
    return ElectorFacts(cells[0] if cells else "", ", ".join(others), email)


def read_file(content: bytes) -> str:
    """The text of a CSV file, as spreadsheets write it: UTF-8, or Windows-1252."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
