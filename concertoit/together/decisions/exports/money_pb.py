"""The money ballots of one year in the format of Pabulib, for an audit by any other program.

Voters are numbered in an order that comes from what the ballots say: the file names nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from concertoit.ground.ballots.exports.pabulib import to_pabulib
from concertoit.ground.ballots.rules.election import Ballot, Election, Kind, Option
from concertoit.together.decisions.rules.money_count import CENTS, sorted_by_key
from concertoit.together.decisions.rules.prioritisation_record import Paper, in_order


def election_of(
    title: str, settings: Mapping[str, Any], place: int, papers: Sequence[Paper], names: Mapping[str, str]
) -> Election:
    """One year as an election of projects with costs, in dollars."""
    year = settings["years"][place]
    by_points = settings["satisfaction"] == "points"
    options = tuple(
        Option(key, name=names[key], cost=Fraction(cents, CENTS)) for key, cents in sorted_by_key(year["requests"])
    )
    said = [paper for paper in in_order(papers) if paper.money]
    ballots = tuple(
        Ballot(str(number), {one.id: paper.money[one.id] for one in options if one.id in paper.money})
        for number, paper in enumerate(said, 1)
    )
    meta = {
        "description": title,
        "country": "Canada",
        "unit": "Québec",
        "instance": year["year"] or title,
        "currency": "CAD",
    }
    meta |= {"language": "fr", "rule": "greedy"} | ({"max_sum_points": "100"} if by_points else {})
    kind = Kind.CUMULATIVE if by_points else Kind.APPROVAL
    return Election("pabulib", kind, options, ballots, budget=Fraction(year["envelope"], CENTS), meta=meta)


def to_pb(
    title: str, settings: Mapping[str, Any], place: int, papers: Sequence[Paper], names: Mapping[str, str]
) -> bytes:
    """The file, in UTF-8."""
    return to_pabulib(election_of(title, settings, place, papers, names)).encode()
