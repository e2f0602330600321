"""The count of the money: greedy and equal shares on the same ballots, year by year, side by side.

Neither decides. *Greedy* funds what most voices support, in order, while money is left; *equal shares* gives each voice
the same part of the envelope and funds what its supporters can pay together, so that a minority is not always left with
nothing. Requests are funded whole or not at all. Amounts are exact: cents in, cents out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from concertoit.ground.ballots.rules.equal_shares import Completion, Satisfaction, equal_shares
from concertoit.ground.ballots.rules.funding import Funding, Merit, Points, Project, greedy, left_out, support
from concertoit.ground.ballots.rules.ties import Last, TieBreak
from concertoit.together.decisions.rules.prioritisation_count import quiet, shown_families
from concertoit.together.decisions.rules.prioritisation_record import Paper

RULES = ("greedy", "equal-shares")
CENTS = 100


def money_settings(
    years: Sequence[Mapping[str, Any]], *, by_points: bool, seed: str, mapping: str, smallest: int
) -> dict[str, Any]:
    """What a count of the money needs beside the ballots. ``years``: year, envelope and requests by option, in cents.

    A tick gives as much as it costs, which is the usual reading of an approval; points give what they say. A dollar more
    for each voice at a time (add-one), then the most supported of what is left (greedy), use up the envelope. Ties: lower
    cost, then more voices, then a draw that anyone can repeat from the seed. What nobody supports is not funded.
    """
    return {
        "rules": list(RULES),
        "years": [dict(year) for year in years],
        "merit": str(Merit.POINTS),
        "satisfaction": str(Satisfaction.POINTS if by_points else Satisfaction.COST),
        "completion": str(Completion.ADD1_GREEDY),
        "increment": 1,
        "threshold": 1,
        "tie_break": ["cost", "votes", str(Last.LOT)],
        "seed": seed,
        "families_mapping": mapping,
        "smallest_group": smallest,
    }


def count_money(
    settings: Mapping[str, Any], papers: Sequence[Paper], progress: Callable[[int], object] = quiet
) -> dict[str, Any]:
    """By year, what each rule funds, what it leaves, and whose wishes get nothing."""
    said = [paper for paper in papers if paper.money]
    shown, groups = shown_families(said, settings["smallest_group"])
    families = [shown.get(paper.family, "") for paper in said]
    years, funded = [], {rule: set[tuple[str, str]]() for rule in RULES}
    for place, year in enumerate(settings["years"]):
        counted = _year(settings, year, said, families)
        for rule in RULES:
            funded[rule] |= {(year["year"], one["key"]) for one in counted[rule]["funded"]}
        years.append(counted)
        progress(100 * (place + 1) // len(settings["years"]))
    return {
        "voices": len(said),
        "families": groups,
        "years": years,
        "with_nothing": {rule: _with_nothing(settings, said, families, funded[rule]) for rule in RULES},
    }


def _year(
    settings: Mapping[str, Any], year: Mapping[str, Any], said: Sequence[Paper], families: Sequence[str]
) -> dict[str, Any]:
    projects = [Project(key, Fraction(cents, CENTS)) for key, cents in sorted_by_key(year["requests"])]
    ballots = [Points({one.id: paper.money[one.id] for one in projects if one.id in paper.money}) for paper in said]
    budget = Fraction(year["envelope"], CENTS)
    ties = ties_of(settings)
    found = support(projects, ballots)
    results = {
        "greedy": greedy(
            projects, ballots, budget, merit=Merit(settings["merit"]), threshold=settings["threshold"], ties=ties
        ),
        "equal-shares": equal_shares(
            projects, ballots, budget, satisfaction=Satisfaction(settings["satisfaction"]),
            completion=Completion(settings["completion"]), increment=settings["increment"],
            threshold=settings["threshold"], ties=ties,
        ),
    }  # fmt: skip
    return {
        "year": year["year"],
        "envelope": year["envelope"],
        "requests": [
            {"key": one.id, "cost": _cents(one.cost), "votes": found.votes[one.id], "points": found.points[one.id]}
            for one in projects
        ],
        **{rule: _told(result, ballots, families, settings["smallest_group"]) for rule, result in results.items()},
    }


def ties_of(settings: Mapping[str, Any]) -> TieBreak:
    """The tie-break that a record keeps."""
    *criteria, last = settings["tie_break"]
    return TieBreak(tuple(criteria), Last(last), settings["seed"])


def sorted_by_key(requests: Mapping[str, int]) -> list[tuple[str, int]]:
    """Requests in the order of the form."""
    return sorted(requests.items(), key=lambda one: int(one[0]))


def _cents(amount: int | Fraction) -> int:
    cents = Fraction(amount) * CENTS
    if cents.denominator != 1:
        raise ValueError("an amount is a whole number of cents")
    return cents.numerator


def _told(result: Funding, ballots: Sequence[Points], families: Sequence[str], smallest: int) -> dict[str, Any]:
    nothing = left_out(ballots, result.winners)
    return {
        "funded": [{"key": one.project, "cost": _cents(one.cost), "by": one.by} for one in result.purchases],
        "unfunded": list(result.unfunded),
        "spent": _cents(result.spent),
        "left": _cents(result.left),
        "left_out": len(nothing),
        "left_out_families": by_family(nothing, families, smallest),
    }


def by_family(positions: Sequence[int], families: Sequence[str], smallest: int) -> dict[str, int]:
    """How many of these voices each shown family has; fewer than ``smallest`` would point at somebody."""
    found = Counter(families[position] for position in positions if families[position])
    return {family: size for family, size in sorted(found.items()) if size >= smallest}


def _with_nothing(
    settings: Mapping[str, Any], said: Sequence[Paper], families: Sequence[str], funded: set[tuple[str, str]]
) -> dict[str, Any]:
    """Voices that get nothing of what they asked for, in any year."""
    winners = {key for _year, key in funded}
    asked = {key for year in settings["years"] for key in year["requests"]}
    nothing = [
        place
        for place, paper in enumerate(said)
        if (wanted := set(paper.money) & asked) and not wanted & winners
    ]  # fmt: skip
    return {"voices": len(nothing), "families": by_family(nothing, families, settings["smallest_group"])}
