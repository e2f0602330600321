"""Rules on rankings, Borda and Schulze. A ranking is a list of groups of equals, the best first; the rest is last."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from .equal_shares import Progress
from .scores import Ranked, grouped, ranked
from .ties import Number, TieBreak

Tiers = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Ranking:
    """A ballot that ranks options in groups of equals, the best first; options it leaves out are equal and last."""

    tiers: Tiers
    weight: Number = 1


def borda(
    options: Sequence[str],
    ballots: Iterable[Ranking],
    *,
    unranked_zero: bool = False,
    seats: int = 0,
    ties: TieBreak | None = None,
) -> Ranked:
    """Borda's count (1781): on each ballot, one point for each option ranked below, half a point for each equal one.

    On a complete ranking of n options this is n − 1 points for the first, down to 0. Options left out share what remains
    as equals do, or receive nothing with ``unranked_zero``.
    """
    twice: dict[str, Number] = dict.fromkeys(options, 0)
    everyone: Number = 0  # what each ballot gives to the options it leaves out, and so first to all
    for ballot in ballots:
        rest = len(options) - len(_checked(ballot.tiers, twice))
        shared = ballot.weight * (rest - 1) if rest and not unranked_zero else 0
        everyone += shared
        below = len(options)
        for tier in ballot.tiers:
            below -= len(tier)
            points = ballot.weight * (2 * below + len(tier) - 1) - shared
            for option in tier:
                twice[option] += points
    exact = {option: _plain(Fraction(total + everyone, 2)) for option, total in twice.items()}
    return ranked("borda", exact, seats=seats, ties=ties, told={"unranked": "zero" if unranked_zero else "average"})


def pairwise(
    options: Sequence[str], ballots: Iterable[Ranking], progress: Progress | None = None
) -> list[list[Number]]:
    """``[a][b]``: the weight of the ballots that rank option a above option b.

    Each row is one long integer with a lane for each option, so that a ballot is added to a row in one operation.
    Raises ``ValueError`` for an unknown option, or one ranked twice by a ballot.
    """
    ballots = list(ballots)
    unit = lcm(*(Fraction(ballot.weight).denominator for ballot in ballots))
    weights = [int(ballot.weight * unit) for ballot in ballots]
    kind = next((kind for kind, bits in (("H", 16), ("I", 32), ("Q", 64)) if sum(weights) < 1 << bits), "")
    if not kind:
        raise ValueError("weights are too fine to be counted together")
    bits = array(kind).itemsize * 8
    lane = {option: 1 << (bits * number) for number, option in enumerate(options)}
    rows = dict.fromkeys(options, 0)
    everyone = sum(lane.values())
    for number, (ballot, weight) in enumerate(zip(ballots, weights, strict=True)):
        below = everyone * weight
        _checked(ballot.tiers, rows)
        for tier in ballot.tiers:
            below -= weight * sum(lane[option] for option in tier)
            for option in tier:
                rows[option] += below
        if progress and number % 500 == 499:
            progress((number + 1) / len(ballots))
    matrix: list[list[Number]] = []
    for row in rows.values():
        counts = array(kind, row.to_bytes(len(options) * bits // 8, "little"))
        matrix.append([_plain(Fraction(count, unit)) if unit > 1 else count for count in counts])
    return matrix


def schulze(
    options: Sequence[str],
    ballots: Iterable[Ranking],
    *,
    seats: int = 0,
    ties: TieBreak | None = None,
    progress: Progress | None = None,
) -> Ranked:
    """Schulze's method with winning votes.

    Markus Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
    election method", Social Choice and Welfare 36 (2011) 267-303. A defeat (for, against) is stronger with more votes
    for, then with fewer against. An option comes before another when its strongest path of defeats to it is stronger than
    the way back. ``totals`` count the options each one comes before. Options neither before nor after one another among
    those left are equal, as in Belenios and CIVS.
    """
    ties = ties or TieBreak(criteria=())
    options = ties.order(options)
    before = _before(pairwise(options, ballots, progress), len(options))
    groups, left = [], (1 << len(options)) - 1
    after = [0] * len(options)  # who comes before each, as bits
    for number, beaten in enumerate(before):
        for other in _bits(beaten):
            after[other] |= 1 << number
    while left:
        best = [number for number in _bits(left) if not after[number] & left]
        groups.append([options[number] for number in best])
        for number in best:
            left &= ~(1 << number)
    totals = {option: beaten.bit_count() for option, beaten in zip(options, before, strict=True)}
    return grouped("schulze", groups, totals, seats=seats, ties=ties, told={"strength": "winning votes"})


def _before(matrix: list[list[Number]], size: int) -> list[int]:
    """For each option, the bits of those it comes before.

    Defeats are added from the strongest, keeping who reaches whom: the pair that is connected first has the stronger
    path. Each pair is connected once, so this takes time in the square of the options, not the cube.
    """
    defeats: dict[tuple[Number, Number], list[tuple[int, int]]] = {}
    for one in range(size):
        for other in range(size):
            if matrix[one][other] > matrix[other][one]:
                defeats.setdefault((matrix[one][other], -matrix[other][one]), []).append((one, other))
    reaches = [1 << number for number in range(size)]
    reached_by = list(reaches)
    before = [0] * size
    for strength in sorted(defeats, reverse=True):
        fresh: dict[int, int] = {}
        for one, other in defeats[strength]:
            if not reaches[one] >> other & 1:
                _connect(one, other, reaches, reached_by, fresh)
        for start, ends in fresh.items():
            back = reached_by[start]  # those with a path back at least as strong
            before[start] |= ends & ~back
    return before


def _connect(one: int, other: int, reaches: list[int], reached_by: list[int], fresh: dict[int, int]) -> None:
    for start in _bits(reached_by[one] & ~reached_by[other]):
        ends = reaches[other] & ~reaches[start]
        reaches[start] |= ends
        fresh[start] = fresh.get(start, 0) | ends
        for end in _bits(ends):
            reached_by[end] |= 1 << start


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _checked(tiers: Tiers, known: dict[str, Number] | dict[str, int]) -> set[str]:
    seen: set[str] = set()
    for tier in tiers:
        for option in tier:
            if option not in known or option in seen:
                raise ValueError(f"{option} is unknown, or ranked twice")
            seen.add(option)
    return seen


def _plain(number: Number) -> Number:
    return int(number) if Fraction(number).denominator == 1 else number
