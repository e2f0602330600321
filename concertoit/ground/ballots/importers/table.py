"""A table: a column for each option, a line for each voter; the comma, the semicolon or the tabulation between cells.

Columns ``voter`` and ``weight`` (``votant``, ``poids``…) are those of the voter. Lines ``# key: value`` before the header
give ``budget``, ``seats``, ``grades`` and ``ballots``; a line whose voter is ``cost`` gives what each option costs.
Or one column ``ranking`` with ``A > B = C``. Numbers are points, more is better, unless ``ballots`` says ``ranks``;
crosses are approvals; words are grades.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from concertoit.ground.ballots.rules.election import Ballot, Election, Kind, Option
from concertoit.ground.ballots.rules.ties import Number

from .source import BallotFileError, number, positive, weight_of

VOTER = {
    "voter",
    "voter_id",
    "voter id",
    "votant",
    "votante",
    "électeur",
    "electeur",
    "organisation",
    "bulletin",
    "id",
}
WEIGHT = {"weight", "poids", "voix", "count"}
RANKING = {"ranking", "classement", "vote", "ballot"}
COST = {"cost", "costs", "coût", "cout", "coûts"}
YES = {"x", "1", "oui", "yes", "✓", "✗"}
NO = {"", "0", "non", "no"}
ABSTENTIONS = {"", "-", "—", "je ne sais pas", "nsp", "ne sait pas", "abstention"}
DEFAULT_GRADES = ("essentiel", "important", "utile", "peu utile", "à laisser")
KINDS = {
    "approval": Kind.APPROVAL,
    "points": Kind.SCORING,
    "scoring": Kind.SCORING,
    "cumulative": Kind.CUMULATIVE,
    "dots": Kind.CUMULATIVE,
    "ranks": Kind.ORDINAL,
    "ordinal": Kind.ORDINAL,
    "numbers": Kind.NUMBERS,
    "grades": Kind.GRADES,
}
"""What the marks of a table may be said to be."""


@dataclass(slots=True)
class _Sheet:
    meta: dict[str, str]
    header: list[str]
    rows: list[tuple[int, list[str]]]
    header_line: int


def read(text: str, kind: Kind | None = None, grades: Sequence[str] = ()) -> Election:
    """An election from a table. ``kind`` and ``grades`` say what the file does not. Raises ``BallotFileError``."""
    sheet = _sheet(text)
    kind = kind or _said(sheet)
    names = tuple(grades) or tuple(
        word.strip() for word in re.split("[,;|]", sheet.meta.get("grades", "")) if word.strip()
    )
    lowered = [name.lower() for name in sheet.header]
    ranking = next((column for column, name in enumerate(lowered) if name in RANKING), None)
    voter = 0 if lowered[0] in VOTER else None
    weight = next((column for column, name in enumerate(lowered) if name in WEIGHT), None)
    columns = [column for column in range(len(lowered)) if column not in {voter, weight, ranking}]
    if ranking is None and len(lowered) < 2:
        raise BallotFileError(
            _("Ce n’est pas un fichier de bulletins reconnu : il n’a qu’une colonne."), sheet.header_line
        )
    costs, rows = _costs(sheet, voter)
    weights = [weight_of(row[weight] if weight is not None else "", line) for line, row in rows]
    voters = [row[voter] if voter is not None else str(n) for n, (_line, row) in enumerate(rows, start=1)]
    if ranking is not None:
        ids, kind, marks = _rankings(rows, ranking)
    else:
        ids = _ids(sheet, columns)
        kind, names, marks = _marks(rows, dict(zip(columns, ids, strict=True)), kind, names)
    options = tuple(Option(name, "", costs.get(name)) for name in ids)
    ballots = tuple(Ballot(who, given, heavy) for who, given, heavy in zip(voters, marks, weights, strict=True))
    budget = sheet.meta.get("budget")
    seats = sheet.meta.get("seats", sheet.meta.get("sièges", ""))
    return Election(
        "table",
        kind,
        options,
        ballots,
        budget=positive(budget, 1, "budget") if budget else None,
        seats=int(seats) if seats.isdigit() else None,
        grades=names,
        meta=sheet.meta,
    )


def _sheet(text: str) -> _Sheet:
    meta: dict[str, str] = {}
    lines = text.splitlines()
    start = 0
    while start < len(lines) and (not lines[start].strip() or lines[start].lstrip().startswith("#")):
        key, _colon, value = lines[start].lstrip("# ").partition(":")
        if key.strip():
            meta[key.strip().lower()] = value.strip()
        start += 1
    if start == len(lines):
        raise BallotFileError(_("Le fichier n’a pas de ligne d’en-tête."))
    separator = max(";\t,", key=lines[start].count)
    reader = csv.reader(io.StringIO("\n".join(lines[start:])), delimiter=separator)
    rows = [
        (start + reader.line_num, [cell.strip() for cell in cells]) for cells in reader if any(map(str.strip, cells))
    ]
    header_line, header = rows[0]
    for line, row in rows[1:]:
        if len(row) > len(header):
            told = {"found": len(row), "expected": len(header)}
            raise BallotFileError(_("%(found)s cases, alors que l’en-tête en a %(expected)s.") % told, line)
        row += [""] * (len(header) - len(row))
    return _Sheet(meta, header, rows[1:], header_line)


def _said(sheet: _Sheet) -> Kind | None:
    written = sheet.meta.get("ballots", "").lower()
    if written and written not in KINDS:
        told = {"kind": written, "known": ", ".join(KINDS)}
        raise BallotFileError(_("Les bulletins « %(kind)s » ne sont pas reconnus (%(known)s).") % told)
    return KINDS.get(written)


def _ids(sheet: _Sheet, columns: Sequence[int]) -> list[str]:
    ids = [sheet.header[column] for column in columns]
    if not ids or "" in ids or len(set(ids)) < len(ids):
        raise BallotFileError(_("Chaque option a une colonne, avec un nom à elle."), sheet.header_line)
    return ids


def _costs(sheet: _Sheet, voter: int | None) -> tuple[dict[str, Number], list[tuple[int, list[str]]]]:
    rest, costs = [], {}
    for line, row in sheet.rows:
        if voter is not None and row[voter].lower() in COST:
            costs = {
                name: positive(cell, line, _("coût"))
                for name, cell in zip(sheet.header, row, strict=True)
                if cell and name.lower() not in VOTER | WEIGHT
            }
        else:
            rest.append((line, row))
    return costs, rest


def _rankings(rows: Sequence[tuple[int, list[str]]], column: int) -> tuple[list[str], Kind, list[dict[str, Number]]]:
    """Ballots such as ``A > B = C``; options in the order they are first seen."""
    ids: dict[str, None] = {}
    ballots = []
    for line, row in rows:
        marks: dict[str, Number] = {}
        for rank, tier in enumerate(filter(str.strip, row[column].split(">")), start=1):
            for option in (name.strip() for name in tier.split("=")):
                if option in marks:
                    raise BallotFileError(_("L’option « %(id)s » revient deux fois.") % {"id": option}, line)
                marks[option] = rank
        ids |= dict.fromkeys(sorted(marks, key=lambda option: marks[option]))
        ballots.append(marks)
    return list(ids), Kind.ORDINAL, ballots


def _marks(
    rows: Sequence[tuple[int, list[str]]], ids: dict[int, str], kind: Kind | None, grades: tuple[str, ...]
) -> tuple[Kind, tuple[str, ...], list[dict[str, Number]]]:
    cells = {row[column].lower() for _line, row in rows for column in ids}
    if kind is None:
        kind = _guessed(cells, grades)
    if kind is Kind.GRADES:
        grades = grades or DEFAULT_GRADES
        known: dict[str, Number] = {name.lower(): position for position, name in enumerate(grades)}
        return kind, grades, [_graded(line, row, ids, known) for line, row in rows]
    if kind is Kind.APPROVAL:
        return kind, (), [_approved(line, row, ids) for line, row in rows]
    return kind, (), [
        {option: number(row[column], line, option) for column, option in ids.items() if row[column]}
        for line, row in rows
    ]  # fmt: skip


def _guessed(cells: set[str], grades: tuple[str, ...]) -> Kind:
    if grades or cells & set(DEFAULT_GRADES):
        return Kind.GRADES
    return Kind.APPROVAL if cells <= YES | NO else Kind.SCORING


def _approved(line: int, row: list[str], ids: dict[int, str]) -> dict[str, Number]:
    marks: dict[str, Number] = {}
    for column, option in ids.items():
        cell = row[column].lower()
        if cell not in YES | NO:
            raise BallotFileError(_("« %(text)s » n’est ni oui ni non.") % {"text": row[column]}, line)
        if cell in YES:
            marks[option] = 1
    return marks


def _graded(line: int, row: list[str], ids: dict[int, str], known: dict[str, Number]) -> dict[str, Number]:
    marks: dict[str, Number] = {}
    for column, option in ids.items():
        cell = row[column].lower()
        if cell in known:
            marks[option] = known[cell]
        elif cell not in ABSTENTIONS:
            told = {"text": row[column], "known": ", ".join(known)}
            raise BallotFileError(_("La mention « %(text)s » n’existe pas (%(known)s).") % told, line)
    return marks
