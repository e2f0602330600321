"""A count of an election by any rule. What a result says is enough to count again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from .election import Election, Graded, Kind, as_grades, as_points, as_rankings
from .equal_shares import Completion, Satisfaction, equal_shares
from .funding import Funding, Merit, greedy
from .judgment import Judged, majority_judgment, tallied
from .names import Choices, Rule, Unranked
from .rankings import borda, schulze
from .scores import Ranked, approval, dots, score
from .stv import Elected, stv
from .ties import CODE_VERSION, Number


@dataclass(frozen=True, slots=True)
class Count:
    """A result that can be shown, stored and compared: only plain values.

    ``groups`` are the options from the best to the worst, equal ones together; ``figures`` what each obtained.
    """

    rule: str
    winners: tuple[str, ...]
    order: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    options: dict[str, Any]
    figures: dict[str, Any]


class NotCountable(ValueError):
    """The file lacks what the rule needs: ``lacking`` is ``budget``, ``cost`` or ``seats``."""

    def __init__(self, lacking: str) -> None:
        super().__init__(lacking)
        self.lacking = lacking


def count(election: Election, choices: Choices) -> Count:
    """Count an election. Raises ``NotCountable`` when the file lacks what the rule needs, ``ValueError`` otherwise."""
    if choices.seats is None and choices.rule in {Rule.STV} and election.seats:
        choices = replace(choices, seats=election.seats)
    return _WAYS[choices.rule](election, choices)


def _judged(election: Election, choices: Choices) -> Count:
    graded = as_grades(election, whole=choices.whole)
    tallies = tallied(graded.ballots, election.ids, len(graded.grades), graded.weights)
    judged = majority_judgment(tallies, upper=choices.upper)
    preferred = {option: number for number, option in enumerate(choices.tie_break().order(election.ids))}
    judged.sort(key=lambda one: (one.rank, preferred[one.option]))
    groups: dict[int, list[str]] = {}
    for one in judged:
        by_median = len(graded.grades) if one.median is None else one.median
        groups.setdefault(by_median if choices.rule is Rule.MEDIAN else one.rank, []).append(one.option)
    order = [one.option for one in judged]
    winners = order[: choices.seats] if choices.seats else [one.option for one in judged if one.rank == 1]
    options = {
        "median": "upper" if choices.upper else "lower",
        **choices.tie_break().described(),
        "partial_ballots": "excluded" if (election.whole if choices.whole is None else choices.whole) else "counted",
        "grades": list(graded.grades),
        "ballots": {"counted": len(graded.ballots), "blank": graded.blank, "invalid": graded.invalid},
        "seats": choices.seats,
        "code_version": CODE_VERSION,
    }
    return _count(
        choices.rule,
        winners,
        order,
        list(groups.values()),
        options,
        {one.option: _grade(one, graded) for one in judged},
    )


def _grade(one: Judged, graded: Graded) -> dict[str, Any]:
    median = None if one.median is None else graded.grades[one.median]
    return {"median": median, "rank": one.rank, "tally": [plain(number) for number in one.tally]}


def _rankings(election: Election, choices: Choices) -> Count:
    ballots, ties, seats = as_rankings(election), choices.tie_break(), choices.seats or 0
    if choices.rule is Rule.BORDA:
        pabulib = election.format == "pabulib" and election.kind is Kind.ORDINAL
        unranked = choices.unranked or (Unranked.LENGTH if pabulib else Unranked.AVERAGE)
        if unranked is Unranked.LENGTH:
            points = as_points(replace(election, kind=Kind.ORDINAL))
            result = score(election.ids, points, seats=seats, ties=ties)
            return _ranked(replace(result, rule="borda", options={**result.options, "unranked": "length"}))
        zero = unranked is Unranked.ZERO
        return _ranked(borda(election.ids, ballots, unranked_zero=zero, seats=seats, ties=ties))
    return _ranked(schulze(election.ids, ballots, seats=seats, ties=ties, progress=choices.progress))


def _scores(election: Election, choices: Choices) -> Count:
    ballots, ties, seats = as_points(election, favourable=choices.favourable), choices.tie_break(), choices.seats or 0
    if choices.rule is Rule.APPROVAL:
        return _ranked(approval(election.ids, ballots, seats=seats, ties=ties))
    if choices.rule is Rule.SCORE:
        return _ranked(score(election.ids, ballots, average=choices.average, seats=seats, ties=ties))
    most, each = (_figure(election, key) for key in ("max_sum_points", "max_points"))
    return _ranked(dots(election.ids, ballots, most=most, most_each=each, seats=seats, ties=ties))


def _figure(election: Election, key: str) -> Number | None:
    written = election.meta.get(key, "")
    return Fraction(written) if written else None


def _ranked(result: Ranked) -> Count:
    options = {**result.options, "tied_at_the_last_seat": list(result.untied), "rejected": result.rejected}
    figures = {option: plain(result.totals[option]) for option in result.order}
    return _count(result.rule, result.winners, result.order, result.groups, options, figures)


def _seats(election: Election, choices: Choices) -> Count:
    if not choices.seats:
        raise NotCountable("seats")
    rankings = as_rankings(election)
    belenios = election.kind is Kind.NUMBERS and election.whole
    result: Elected = stv(
        election.ids,
        rankings if belenios else [ballot for ballot in rankings if ballot.tiers],
        seats=choices.seats,
        quota=choices.quota,
        together=not belenios if choices.together is None else choices.together,
        ties=choices.tie_break(),
        progress=choices.progress,
    )
    figures = [
        {"event": str(stage.event), "option": stage.option, "tied": list(stage.tied)}
        | {"votes": {option: plain(votes) for option, votes in stage.votes.items()}}
        for stage in result.stages
    ]
    groups = [[option] for option in result.order]
    return _count("stv", result.winners, result.order, groups, dict(result.options), {"stages": figures})


def _spending(election: Election, choices: Choices) -> Count:
    budget = election.budget if choices.budget is None else choices.budget
    if budget is None:
        raise NotCountable("budget")
    if any(option.cost is None for option in election.options):
        raise NotCountable("cost")
    threshold = choices.threshold
    if threshold is None:
        threshold = _figure(election, "min_project_score_threshold") or 0
    projects, ballots, ties = (
        election.projects(),
        as_points(election, favourable=choices.favourable),
        choices.tie_break(),
    )
    if choices.rule is Rule.GREEDY:
        merit = choices.merit or _MERIT.get(choices.satisfaction, Merit.POINTS)
        result = greedy(projects, ballots, budget, merit=merit, skip=choices.skip, threshold=threshold, ties=ties)
    else:
        result = equal_shares(
            projects,
            ballots,
            budget,
            satisfaction=choices.satisfaction or Satisfaction.COST,
            completion=choices.completion or Completion.NONE,
            increment=choices.increment,
            threshold=threshold,
            ties=ties,
            progress=choices.progress,
        )
    return _funded(result)


_MERIT: Mapping[Satisfaction | None, Merit] = {
    Satisfaction.COST: Merit.VOTES,  # the welfare of cost satisfaction, for each unit of cost, is the number of votes
    Satisfaction.CARDINALITY: Merit.VOTES_PER_COST,
    Satisfaction.POINTS: Merit.POINTS_PER_COST,
    Satisfaction.POINTS_COST: Merit.POINTS,
}


def _funded(result: Funding) -> Count:
    figures: dict[str, Any] = {
        "spent": plain(result.spent),
        "left": plain(result.left),
        "purchases": [
            {"project": p.project, "cost": plain(p.cost), "votes": plain(p.votes), "by": p.by}
            for p in result.purchases
        ],
    }
    order = result.winners
    return _count(result.rule, order, order, [[option] for option in order], dict(result.options), figures)


def _count(
    rule: str, winners: Any, order: Any, groups: Any, options: dict[str, Any], figures: dict[str, Any]
) -> Count:
    told = {key: plain(value) for key, value in options.items()}
    return Count(str(rule), tuple(winners), tuple(order), tuple(tuple(group) for group in groups), told, figures)


def plain(value: object) -> Any:
    """A value as JSON has it; a fraction that is no whole number as text, ``p/q``, so that nothing is rounded."""
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else str(value)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return value


_WAYS: dict[Rule, Callable[[Election, Choices], Count]] = {
    Rule.MEDIAN: _judged,
    Rule.MAJORITY_JUDGMENT: _judged,
    Rule.BORDA: _rankings,
    Rule.SCHULZE: _rankings,
    Rule.SCORE: _scores,
    Rule.DOTS: _scores,
    Rule.APPROVAL: _scores,
    Rule.STV: _seats,
    Rule.GREEDY: _spending,
    Rule.EQUAL_SHARES: _spending,
}
