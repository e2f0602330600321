"""Pabulib's ``.pb``: META, PROJECTS and VOTES, semicolons (pabulib.org/format; arXiv 2012.06539).

Every key of META, every column of projects and of voters is kept, so that the file can be written again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from concertoit.ground.ballots.rules.election import Ballot, Election, Kind, Option
from concertoit.ground.ballots.rules.ties import Number

from .source import BallotFileError, number, positive, weight_of

SECTIONS = ("META", "PROJECTS", "VOTES")
WEIGHTS = ("weight", "vote_strength")
_KINDS = {kind.value: kind for kind in (Kind.APPROVAL, Kind.ORDINAL, Kind.CUMULATIVE, Kind.SCORING)}
_KINDS |= {"choose-1": Kind.APPROVAL}


@dataclass(slots=True)
class _Row:
    line: int
    cells: dict[str, str]


@dataclass(slots=True)
class _Section:
    header: list[str] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)


def read(text: str) -> Election:
    """An election of projects with costs. Raises ``BallotFileError``."""
    sections = _sections(text)
    meta = {row.cells["key"]: row.cells.get("value", "") for row in sections["META"].rows}
    line = {row.cells["key"]: row.line for row in sections["META"].rows}
    written = meta.get("vote_type", "").lower()
    if written not in _KINDS:
        told = {"type": written, "known": ", ".join(_KINDS)}
        raise BallotFileError(
            _("vote_type « %(type)s » n’est pas reconnu (%(known)s).") % told, line.get("vote_type", 0)
        )
    grades = tuple(filter(None, (word.strip() for word in meta.get("grades", "").split(","))))
    kind = Kind.GRADES if grades and _KINDS[written] is Kind.SCORING else _KINDS[written]
    for key in ("max_sum_points", "max_points", "default_score", "min_project_score_threshold"):
        if meta.get(key):
            number(meta[key], line[key], key)
    options = tuple(_projects(sections["PROJECTS"]))
    ids = {option.id for option in options}
    ballots = tuple(_ballot(row, kind, ids, len(grades)) for row in sections["VOTES"].rows)
    budget = positive(meta["budget"], line["budget"], "budget") if meta.get("budget") else None
    election = Election("pabulib", kind, options, ballots, budget=budget, grades=grades, meta=meta)
    return Election(
        "pabulib", kind, options, ballots, budget=budget, grades=grades, meta=meta, notes=tuple(_notes(election))
    )


def _sections(text: str) -> dict[str, _Section]:
    found: dict[str, _Section] = {}
    current: _Section | None = None
    for line, cells in _lines(text):
        if cells[0].upper() in SECTIONS and not any(cells[1:]):
            current = found.setdefault(cells[0].upper(), _Section())
        elif current is None:
            raise BallotFileError(_("Le fichier commence par la section META."), line)
        elif not current.header:
            current.header = [cell.lower() for cell in cells]
        else:
            current.rows.append(_Row(line, _cells(current.header, cells, line)))
    for name, key in zip(SECTIONS, ("key", "project_id", "vote"), strict=True):
        if name not in found or key not in found[name].header:
            raise BallotFileError(
                _("Il manque la section %(section)s et sa colonne « %(key)s ».") % {"section": name, "key": key}
            )
    return found


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text), delimiter=";", skipinitialspace=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise BallotFileError(_("Ligne illisible (%(why)s).") % {"why": error}, reader.line_num) from error


def _cells(header: list[str], cells: list[str], line: int) -> dict[str, str]:
    if header[:2] == ["key", "value"] and len(cells) == 1 and ":" in cells[0]:
        cells = [part.strip() for part in cells[0].split(":", 1)]  # written so in Pabulib's own examples
    if header[:2] == ["key", "value"] and len(cells) > 2:
        cells = [cells[0], ";".join(cells[1:]).rstrip(";")]
    if len(cells) > len(header) and any(cells[len(header) :]):
        told = {"found": len(cells), "expected": len(header)}
        raise BallotFileError(_("%(found)s cases, alors que l’en-tête en a %(expected)s.") % told, line)
    return dict(zip(header, cells, strict=False))


def _projects(section: _Section) -> Iterator[Option]:
    if "cost" not in section.header:
        raise BallotFileError(
            _("Il manque la section %(section)s et sa colonne « %(key)s ».") % {"section": "PROJECTS", "key": "cost"}
        )
    seen: set[str] = set()
    for row in section.rows:
        name = row.cells["project_id"]
        if not name or name in seen:
            raise BallotFileError(_("Le projet « %(id)s » est sans nom ou écrit deux fois.") % {"id": name}, row.line)
        seen.add(name)
        cost = positive(row.cells.get("cost", ""), row.line, _("coût du projet %(id)s") % {"id": name})
        details = {key: value for key, value in row.cells.items() if key not in {"project_id", "cost", "name"}}
        yield Option(name, row.cells.get("name", ""), cost, details)


def _ballot(row: _Row, kind: Kind, ids: set[str], grades: int) -> Ballot:
    chosen = [part.strip() for part in row.cells.get("vote", "").split(",") if part.strip()]
    if unknown := [name for name in chosen if name not in ids]:
        raise BallotFileError(_("Le projet « %(id)s » n’est pas dans PROJECTS.") % {"id": unknown[0]}, row.line)
    if len(set(chosen)) < len(chosen):
        raise BallotFileError(_("Un projet est écrit deux fois dans le bulletin."), row.line)
    marks: dict[str, Number] = dict(zip(chosen, _marks(row, kind, len(chosen), grades), strict=True))
    weight = next((row.cells[column] for column in WEIGHTS if row.cells.get(column)), "")
    told = {key: value for key, value in row.cells.items() if key not in {"voter_id", "vote", "points"}}
    return Ballot(row.cells.get("voter_id") or str(row.line), marks, weight_of(weight, row.line), told)


def _marks(row: _Row, kind: Kind, chosen: int, grades: int) -> list[Number]:
    if kind is Kind.APPROVAL:
        return [1] * chosen
    if kind is Kind.ORDINAL:
        return list(range(1, chosen + 1))
    points = [number(part, row.line, "points") for part in row.cells.get("points", "").split(",") if part.strip()]
    if len(points) != chosen:
        told = {"points": len(points), "projects": chosen}
        raise BallotFileError(_("%(points)s points pour %(projects)s projets.") % told, row.line)
    if kind is Kind.GRADES:
        points = [grades - 1 - given for given in points]
        if any(not 0 <= given < grades or given != int(given) for given in points):
            raise BallotFileError(_("Une mention n’existe pas : il y en a %(count)s.") % {"count": grades}, row.line)
    return points


def _notes(election: Election) -> Iterator[str]:
    """What the file says of itself and does not hold."""
    meta: Mapping[str, str] = election.meta
    for key, found in (("num_projects", len(election.options)), ("num_votes", len(election.ballots))):
        if meta.get(key) and meta[key] != str(found):
            yield _("%(key)s annonce %(said)s; le fichier en a %(found)s.") % {
                "key": key,
                "said": meta[key],
                "found": found,
            }
    if election.budget is None:
        yield _("Le fichier ne dit pas le budget.")
    least, most = meta.get("min_length", ""), meta.get("max_length", "")
    beyond = sum(
        (least.isdigit() and len(ballot.marks) < int(least)) or (most.isdigit() and len(ballot.marks) > int(most))
        for ballot in election.ballots
    )
    if beyond:
        yield _("%(count)s bulletins ont trop peu ou trop de choix selon min_length et max_length; ils comptent.") % {
            "count": beyond
        }
