"""JSON: ``{"options": […], "ballots": […], "kind": …, "budget": …, "seats": …, "grades": […]}``.

An option is an id, or ``{"id", "name", "cost"}``. A ballot is a list of ids (supported, or from the first to the last,
with lists for equals), or ``{"marks": {id: number or grade}, "weight", "voter"}``, or the marks alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from concertoit.ground.ballots.rules.election import Ballot, Election, Kind, Option
from concertoit.ground.ballots.rules.ties import Number

from .source import BallotFileError, number, positive, weight_of


def read(text: str) -> Election:
    """An election from a JSON document. Raises ``BallotFileError``; a line is that of broken JSON."""
    try:
        found = json.loads(text, parse_float=str)
    except json.JSONDecodeError as error:
        raise BallotFileError(_("Ce n’est pas du JSON (%(why)s).") % {"why": error.msg}, error.lineno) from error
    if not isinstance(found, dict) or not isinstance(found.get("options"), list | dict):
        raise BallotFileError(_("Le document JSON donne « options » et « ballots »."))
    options = tuple(_option(one) for one in found["options"])
    ids = {option.id for option in options}
    if len(ids) < len(options):
        raise BallotFileError(_("Chaque option a un nom à elle."))
    grades = tuple(map(str, found.get("grades") or ()))
    kind = _kind(found, grades)
    written = found.get("ballots")
    if not isinstance(written, list):
        raise BallotFileError(_("Le document JSON donne « options » et « ballots »."))
    ballots = tuple(_ballot(one, position, kind, ids, grades) for position, one in enumerate(written, start=1))
    budget = found.get("budget")
    seats = found.get("seats")
    return Election(
        "json",
        kind,
        options,
        ballots,
        budget=None if budget is None else positive(str(budget), 0, "budget"),
        seats=seats if type(seats) is int else None,
        grades=grades,
        meta={str(key): str(value) for key, value in (found.get("meta") or {}).items()},
    )


def _kind(found: Mapping[str, Any], grades: Sequence[str]) -> Kind:
    written = str(found.get("kind") or found.get("vote_type") or ("grades" if grades else "approval"))
    try:
        return Kind(written)
    except ValueError as error:
        told = {"kind": written, "known": ", ".join(Kind)}
        raise BallotFileError(_("Les bulletins « %(kind)s » ne sont pas reconnus (%(known)s).") % told) from error


def _option(found: Any) -> Option:
    if not isinstance(found, dict):
        return Option(str(found))
    cost = found.get("cost")
    told = _("coût de %(id)s") % {"id": found.get("id")}
    return Option(
        str(found.get("id", "")), str(found.get("name", "")), None if cost is None else positive(str(cost), 0, told)
    )


def _ballot(found: Any, position: int, kind: Kind, ids: set[str], grades: Sequence[str]) -> Ballot:
    described = isinstance(found, dict) and "marks" in found
    marks = found["marks"] if described else found
    weight = weight_of(str(found.get("weight", 1)), 0) if described else 1
    voter = str(found.get("voter", position)) if described else str(position)
    known = {name: number for number, name in enumerate(grades)}
    try:
        given = _listed(marks, kind) if isinstance(marks, list) else _marked(marks, known)
        if not ids >= given.keys():
            raise ValueError("unknown option")
    except (AttributeError, TypeError, ValueError, BallotFileError) as error:
        raise BallotFileError(_("Le bulletin %(position)s ne se lit pas.") % {"position": position}) from error
    return Ballot(voter, given, weight)


def _listed(marks: Sequence[Any], kind: Kind) -> dict[str, Number]:
    given: dict[str, Number] = {}
    for rank, tier in enumerate(marks, start=1):
        for option in tier if isinstance(tier, list) else [tier]:
            if str(option) in given:
                raise ValueError("an option twice")
            given[str(option)] = rank if kind is Kind.ORDINAL else 1
    return given


def _marked(marks: Mapping[str, Any], known: Mapping[str, int]) -> dict[str, Number]:
    return {
        str(option): known[mark] if mark in known else number(str(mark), 0, str(option))
        for option, mark in marks.items()
        if mark is not None
    }
