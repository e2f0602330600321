"""BLT, the format of most STV software (Hill, Wichmann and Woodall 1987): candidates and seats, ballots, names.

``3 1 2 0`` is three ballots that rank 1, then 2; ``2=4`` are equals, ``-`` a rank left empty; ``-2`` on a line of its own
withdraws candidate 2. Options are the numbers of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from concertoit.ground.ballots.rules.election import Ballot, Election, Kind, Option
from concertoit.ground.ballots.rules.ties import Number

from .source import BallotFileError, number, weight_of

_HEAD = re.compile(r"(\d+)\s+(\d+)")


def read(text: str) -> Election:
    """An election of candidates, with its seats. Raises ``BallotFileError``."""
    lines = list(_lines(text))
    head = _HEAD.fullmatch(lines[0][1]) if lines else None
    if head is None:
        raise BallotFileError(_("La première ligne dit le nombre de candidatures et le nombre de sièges."), 1)
    size, seats = int(head[1]), int(head[2])
    withdrawn: set[int] = set()
    ballots: list[Ballot] = []
    rest: list[str] = []
    ended = False
    for line, words in lines[1:]:
        if ended:
            rest.append(words)
        elif words == "0":
            ended = True
        elif re.fullmatch(r"(-\d+\s*)+", words):
            withdrawn |= {-int(word) for word in words.split()}
        elif not words.startswith("["):
            ballots.append(_ballot(words, line, size, len(ballots) + 1))
    if not ended:
        raise BallotFileError(_("Il manque le 0 qui termine les bulletins."), lines[-1][0])
    names = [name.strip('"') for name in rest]
    options = tuple(
        Option(str(position), names[position - 1] if position <= len(names) else "")
        for position in range(1, size + 1)
        if position not in withdrawn
    )
    kept = tuple(_without(ballot, withdrawn) for ballot in ballots)
    title = {"title": names[size]} if len(names) > size else {}
    return Election("blt", Kind.ORDINAL, options, kept, seats=seats, meta=title)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for position, line in enumerate(text.splitlines(), start=1):
        words = line.strip() if line.strip().startswith('"') else line.split("#")[0].strip()
        if words:
            yield position, words


def _ballot(words: str, line: int, size: int, position: int) -> Ballot:
    parts = re.sub(r"^\([^)]*\)\s*", "", words).split()  # some files name the ballot first, in brackets
    weight, *ranks = parts
    if not ranks or ranks[-1] != "0":
        raise BallotFileError(_("Un bulletin se termine par 0."), line)
    marks: dict[str, Number] = {}
    rank = 0
    for group in ranks[:-1]:
        if group == "-":
            continue
        rank += 1
        for one in group.split("="):
            option = number(one, line, _("numéro de candidature"))
            if not 1 <= option <= size or str(option) in marks:
                raise BallotFileError(
                    _("La candidature « %(id)s » n’existe pas ou revient deux fois.") % {"id": one}, line
                )
            marks[str(option)] = rank
    return Ballot(str(position), marks, weight_of(weight, line))


def _without(ballot: Ballot, withdrawn: set[int]) -> Ballot:
    marks = {option: mark for option, mark in ballot.marks.items() if int(option) not in withdrawn}
    return Ballot(ballot.voter, marks, ballot.weight)
