"""Rules that add up: approval, score and dots. More is better, equal totals are equal ranks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from .funding import Points
from .ties import CODE_VERSION, Number, TieBreak


@dataclass(frozen=True, slots=True)
class Ranked:
    """Options from the best to the worst, in groups of equals, with what each obtained.

    ``winners`` are the first group, or as many options as there are seats; ``untied`` are the options among which only
    the tie-break told who wins. ``rejected`` counts ballots that break the rule's own limits and were set apart.
    """

    rule: str
    groups: tuple[tuple[str, ...], ...]
    totals: Mapping[str, Number]
    winners: tuple[str, ...]
    untied: tuple[str, ...] = ()
    rejected: int = 0
    options: Mapping[str, object] = field(default_factory=dict)

    @property
    def order(self) -> tuple[str, ...]:
        """Every option, equal ones in the order of the tie-break."""
        return tuple(option for group in self.groups for option in group)


def approval(
    options: Sequence[str], ballots: Iterable[Points], *, seats: int = 0, ties: TieBreak | None = None
) -> Ranked:
    """Each voter supports any number of options; the most supported come first (Brams and Fishburn 1978)."""
    votes: dict[str, Number] = dict.fromkeys(options, 0)
    for ballot in ballots:
        for option, points in ballot.points.items():
            _known(option, votes)
            votes[option] += ballot.weight if points > 0 else 0
    return ranked("approval", votes, seats=seats, ties=ties)


def score(
    options: Sequence[str],
    ballots: Iterable[Points],
    *,
    average: bool = False,
    seats: int = 0,
    ties: TieBreak | None = None,
) -> Ranked:
    """Score voting (Warren D. Smith 2000): the sum of points, or their ``average`` over those who gave some."""
    totals: dict[str, Number] = dict.fromkeys(options, 0)
    givers: dict[str, Number] = dict.fromkeys(options, 0)
    for ballot in ballots:
        for option, points in ballot.points.items():
            _known(option, totals)
            totals[option] += ballot.weight * points
            givers[option] += ballot.weight
    if average:
        totals = {
            option: Fraction(total) / givers[option] if givers[option] else 0 for option, total in totals.items()
        }
    return ranked("score", totals, seats=seats, ties=ties, told={"average": average})


def dots(
    options: Sequence[str],
    ballots: Iterable[Points],
    *,
    most: Number | None = None,
    most_each: Number | None = None,
    seats: int = 0,
    ties: TieBreak | None = None,
) -> Ranked:
    """Dots (cumulative voting): each voter spreads at most ``most`` dots, at most ``most_each`` on one option.

    A ballot beyond these limits, or with a negative number, is rejected whole, as a paper ballot would be.
    """
    totals: dict[str, Number] = dict.fromkeys(options, 0)
    rejected = 0
    for ballot in ballots:
        given = list(ballot.points.values())
        too_many = most is not None and sum(given) > most
        if too_many or any(points < 0 or (most_each is not None and points > most_each) for points in given):
            rejected += 1
            continue
        for option, points in ballot.points.items():
            _known(option, totals)
            totals[option] += ballot.weight * points
    told = {"max_sum_points": most, "max_points": most_each}
    return ranked("dots", totals, seats=seats, ties=ties, rejected=rejected, told=told)


def ranked(
    rule: str,
    totals: Mapping[str, Number],
    *,
    seats: int = 0,
    ties: TieBreak | None = None,
    rejected: int = 0,
    told: Mapping[str, object] | None = None,
) -> Ranked:
    """Group options by total, the greatest first. Raises ``ValueError`` for a negative number of seats."""
    ties = ties or TieBreak(criteria=())
    groups: dict[Number, list[str]] = {}
    for option in ties.order(totals):
        groups.setdefault(totals[option], []).append(option)
    ordered = [groups[total] for total in sorted(groups, reverse=True)]
    return grouped(rule, ordered, totals, seats=seats, ties=ties, rejected=rejected, told=told)


def grouped(
    rule: str,
    groups: Sequence[Sequence[str]],
    totals: Mapping[str, Number],
    *,
    seats: int,
    ties: TieBreak,
    rejected: int = 0,
    told: Mapping[str, object] | None = None,
) -> Ranked:
    """A result from options already in groups, each group in the order of the tie-break."""
    if seats < 0:
        raise ValueError("seats are zero or more")
    winners: list[str] = [] if seats else list(groups[0] if groups else ())
    untied: tuple[str, ...] = ()
    for group in groups if seats else ():
        room = seats - len(winners)
        if 0 < room < len(group):
            untied = tuple(group)
        winners += group[: max(room, 0)]
    options = {**(told or {}), "seats": seats or None, **ties.described(), "code_version": CODE_VERSION}
    return Ranked(rule, tuple(tuple(group) for group in groups), totals, tuple(winners), untied, rejected, options)


def _known(option: str, table: Mapping[str, Number]) -> None:
    if option not in table:
        raise ValueError(f"no option {option}")
