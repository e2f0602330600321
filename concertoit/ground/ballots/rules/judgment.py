"""Majority judgment: each option gets a worded grade from each voter; its median grade decides, then how near others are.

Michel Balinski and Rida Laraki, "Majority Judgment: Measuring, Ranking, and Electing", MIT Press, 2010, chapters 1 and
13 to 15: the majority-grade is the middle grade (the lower of the two middle ones where their number is even); between
equal majority-grades, one ballot bearing it is taken from each, and the next majority-grades are compared, until they
differ.

Removing ballots one by one reads the grades outwards from the middle: first the lower, then the upper neighbour, and so
on. So an option is kept as the pair (lower, upper) at each distance from the middle, in shares of its ballots. For equal
numbers of ballots this gives exactly the published order; where the numbers differ (some voters said "I do not know")
options are compared as if every ballot were copied until the numbers agree, which no copying can change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key
from itertools import pairwise

from .ties import Number

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Judged:
    """An option after the count. Grades are numbered from 0, the best.

    ``tally`` is the weight of the ballots at each grade; ``median`` is None where nobody graded it; ``rank`` counts from
    1, and equal ranks are true ties (same distribution). ``above`` and ``below`` are the shares of its ballots with a
    better and with a worse grade than the median.
    """

    option: str
    tally: tuple[Number, ...]
    median: int | None
    rank: int
    above: Fraction
    below: Fraction

    @property
    def graded(self) -> Number:
        """Weight of the ballots that gave it a grade."""
        return sum(self.tally)


def majority_judgment(tallies: Mapping[str, Sequence[Number]], *, upper: bool = False) -> list[Judged]:
    """Options from the best to the worst, equal ones in the order given.

    ``tallies`` holds, for each option, the number (or weight) of ballots at each grade, the best grade first; an
    abstention is in none of them. ``upper`` takes the better of two middle grades, as Belenios does. Raises
    ``ValueError`` for a negative count or different numbers of grades.
    """
    if len({len(tally) for tally in tallies.values()}) > 1 or any(min(tally) < 0 for tally in tallies.values()):
        raise ValueError("tallies need one count of zero or more for each grade")
    value = {option: _outwards(tally, upper) for option, tally in tallies.items()}

    def better(one: str, other: str) -> int:
        return _compare(value[one], value[other])

    ordered = sorted(value, key=cmp_to_key(better))
    judged: list[Judged] = []
    for place, option in enumerate(ordered, start=1):
        tied = place > 1 and better(ordered[place - 2], option) == 0
        judged.append(_judged(option, tallies[option], judged[-1].rank if tied else place, upper))
    return judged


def median_grade(tally: Sequence[Number], *, upper: bool = False) -> int | None:
    """The middle grade of a tally (best first), the lower of two middle ones unless ``upper``; None without a ballot."""
    segments = _outwards(tally, upper)
    return segments[0][1] if segments else None


def tallied(
    ballots: Sequence[Mapping[str, int]], options: Sequence[str], grades: int, weights: Sequence[Number] | None = None
) -> dict[str, list[Number]]:
    """Tallies of ballots that give grades by number (0 the best); an option a ballot leaves out was not graded.

    Raises ``ValueError`` for a grade out of range or an unknown option.
    """
    counts: dict[str, list[Number]] = {option: [0] * grades for option in options}
    for ballot, weight in zip(ballots, weights or [1] * len(ballots), strict=True):
        for option, grade in ballot.items():
            if option not in counts or not 0 <= grade < grades:
                raise ValueError(f"no grade {grade} for {option}")
            counts[option][grade] += weight
    return counts


Segment = tuple[Fraction, int, int]
"""Width (in shares of the ballots) on which the neighbours of the middle stay the same; the first asked, the second."""


def _outwards(tally: Sequence[Number], upper: bool) -> list[Segment]:
    total = Fraction(sum(tally))
    if not total:
        return []
    reached, so_far = [], Fraction(0)
    for count in tally:
        so_far += count
        reached.append(so_far / total)
    edges = sorted({abs(HALF - share) for share in reached} | {Fraction(0), HALF})
    segments = []
    for near, far in pairwise(edges):
        worse = next(grade for grade, share in enumerate(reached) if share > HALF + near)
        better = next(grade for grade, share in enumerate(reached) if share >= HALF - near)
        first, second = (better, worse) if upper else (worse, better)
        segments.append((far - near, first, second))
    return segments


def _compare(one: list[Segment], other: list[Segment]) -> int:
    """Negative where the first is better. Nobody's favourite, an option without any grade, comes last."""
    if not one or not other:
        return bool(other) - bool(one)
    at = [0, 0]
    left = [one[0][0], other[0][0]]
    while True:
        here, there = one[at[0]], other[at[1]]
        if here[1:] != there[1:]:
            return -1 if here[1:] < there[1:] else 1
        step = min(left)
        for side, segments in enumerate((one, other)):
            left[side] -= step
            if not left[side]:
                at[side] += 1
                if at[side] == len(segments):
                    return 0
                left[side] = segments[at[side]][0]


def _judged(option: str, tally: Sequence[Number], rank: int, upper: bool) -> Judged:
    median, total = median_grade(tally, upper=upper), sum(tally)
    if median is None:
        return Judged(option, tuple(tally), None, rank, Fraction(0), Fraction(0))
    above, below = Fraction(sum(tally[:median])) / total, Fraction(sum(tally[median + 1 :])) / total
    return Judged(option, tuple(tally), median, rank, above, below)
