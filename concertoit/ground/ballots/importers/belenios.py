"""Ballots of Belenios: lists of numbers, one for each option, in the order of the question; options are 0, 1, 2…

Either one list of ballots, or a line for each voter with the ballots of the questions (one only is read). 1 is the best
grade or the first rank, 0 is nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from concertoit.ground.ballots.rules.election import Ballot, Election, Kind, Option

from .source import BallotFileError


def read(text: str) -> Election:
    """An election whose marks are numbers. Raises ``BallotFileError``."""
    found = list(_ballots(text))
    size = len(found[0][1]) if found else 0
    for line, marks in found:
        if len(marks) != size:
            told = {"found": len(marks), "expected": size}
            raise BallotFileError(_("Le bulletin a %(found)s nombres, le premier en a %(expected)s.") % told, line)
    ballots = tuple(
        Ballot(str(position), {str(option): mark for option, mark in enumerate(marks) if mark})
        for position, (_line, marks) in enumerate(found, start=1)
    )
    options = tuple(Option(str(position)) for position in range(size))
    return Election("belenios", Kind.NUMBERS, options, ballots, whole=True)


def _ballots(text: str) -> Iterator[tuple[int, list[int]]]:
    lines = [(position, line) for position, line in enumerate(text.splitlines(), start=1) if line.strip()]
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        for position, line in lines:
            yield position, _ballot(_parsed(line, position), position)
        return
    for position, ballot in enumerate(whole if isinstance(whole, list) else [whole], start=1):
        yield position, _ballot(ballot, position)


def _parsed(line: str, position: int) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise BallotFileError(
            _("Ce n’est pas un bulletin : « %(text)s »") % {"text": line.strip()[:40]}, position
        ) from error


def _ballot(found: Any, line: int) -> list[int]:
    """A list of numbers, or the only list of a list."""
    if isinstance(found, list) and len(found) == 1 and isinstance(found[0], list):
        found = found[0]
    if not isinstance(found, list) or not all(type(mark) is int and mark >= 0 for mark in found):
        raise BallotFileError(_("Un bulletin est une liste de nombres entiers, une seule question à la fois."), line)
    return found
