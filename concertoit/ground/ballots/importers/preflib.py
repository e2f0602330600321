"""PrefLib: ``soc``, ``soi``, ``toc``, ``toi`` rankings and ``cat`` categories, in the present form and the former one.

Present (preflib.github.io/PrefLib-Jekyll/format): lines of ``# KEY: value``, then ``count: 3,{1,2},4``. Former: a number
of options, a line ``n,name`` each, a line of totals, then ``count,3,{1,2},4``. Options are the numbers of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from concertoit.ground.ballots.rules.election import Ballot, Election, Kind, Option
from concertoit.ground.ballots.rules.ties import Number

from .source import BallotFileError, weight_of

_KEY = re.compile(r"#\s*([^:]+?)\s*:\s*(.*)")
_GROUP = re.compile(r"\{([^}]*)\}|([^,{}\s]+)")
_GROUPS = re.compile(r"\s*(\{[^{}]*\}|[^,{}\s]+)(\s*,\s*(\{[^{}]*\}|[^,{}\s]+))*\s*")


def read(text: str) -> Election:
    """An election from rankings or categories. Raises ``BallotFileError``."""
    lines = [(position, line.strip()) for position, line in enumerate(text.splitlines(), start=1) if line.strip()]
    meta, names, rows = _present(lines) if text.lstrip().startswith("#") else _former(lines)
    if not names:
        raise BallotFileError(_("Le fichier ne nomme aucune option."))
    grades = tuple(value for key, value in meta.items() if key.upper().startswith("CATEGORY NAME"))
    ballots = [_ballot(row, line, set(names), grades, n) for n, (line, row) in enumerate(rows, start=1)]
    kind = Kind.GRADES if grades else Kind.ORDINAL
    options = tuple(Option(key, name) for key, name in names.items())
    return Election("preflib", kind, options, tuple(ballots), grades=grades, meta=meta)


Rows = list[tuple[int, str]]


def _present(lines: Rows) -> tuple[dict[str, str], dict[str, str], Rows]:
    meta: dict[str, str] = {}
    names: dict[str, str] = {}
    rows: Rows = []
    for position, line in lines:
        key = _KEY.match(line)
        if key and (alternative := re.fullmatch(r"ALTERNATIVE NAME (\S+)", key[1], re.IGNORECASE)):
            names[alternative[1]] = key[2].strip()
        elif key:
            meta[key[1]] = key[2].strip()
        elif not line.startswith("#"):
            rows.append((position, line))
    return meta, names, rows


def _former(lines: Rows) -> tuple[dict[str, str], dict[str, str], Rows]:
    if not lines[0][1].isdigit() or len(lines) < int(lines[0][1]) + 2:
        raise BallotFileError(_("La première ligne dit le nombre d’options."), lines[0][0])
    size = int(lines[0][1])
    names = dict(_named(lines[1 : size + 1]))
    rows = [(position, line.replace(",", ":", 1)) for position, line in lines[size + 2 :]]
    return {}, names, rows


def _named(lines: Rows) -> Iterator[tuple[str, str]]:
    for position, line in lines:
        key, comma, name = line.partition(",")
        if not comma:
            raise BallotFileError(_("Une option s’écrit « numéro,nom »."), position)
        yield key.strip(), name.strip()


def _ballot(row: str, line: int, known: set[str], grades: tuple[str, ...], position: int) -> Ballot:
    weight, colon, written = row.partition(":")
    if not colon or (written.strip() and not _GROUPS.fullmatch(written)):
        raise BallotFileError(_("Un bulletin s’écrit « nombre: 1,{2,3},4 »."), line)
    marks: dict[str, Number] = {}
    for rank, group in enumerate(_GROUP.finditer(written)):
        for one in re.split(r"[,\s]+", (group[1] if group[2] is None else group[2]).strip()):
            if one and (one not in known or one in marks):
                raise BallotFileError(_("L’option « %(id)s » n’existe pas ou revient deux fois.") % {"id": one}, line)
            if one:
                marks[one] = rank if grades else rank + 1
    if grades and any(mark >= len(grades) for mark in marks.values()):
        raise BallotFileError(_("Plus de groupes que de catégories."), line)
    return Ballot(str(position), marks, weight_of(weight, line))
