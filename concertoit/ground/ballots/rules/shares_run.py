"""One run of the method of equal shares with a given endowment, exact and quick.

Every price is an integer over one common denominator, so what a voter has left is known exactly from the projects paid.
Floating-point copies only rule out what is clearly too dear or clearly affordable: anything closer than their possible
error is decided in integers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key
from math import gcd, inf


@dataclass(slots=True)
class Candidate:
    """A project as the run sees it: integers only. ``voters`` is kept sorted by what they can pay per utility."""

    position: int
    cost: int
    voters: list[int]
    utility: dict[int, int]
    total: int  # of weight times utility
    uniform: bool  # every voter has the same utility
    rank: int  # in the tie-break


@dataclass(frozen=True, slots=True)
class Bought:
    """A project bought, its exact price (what each unit of satisfaction cost those who paid in full), and the others."""

    position: int
    price: Fraction
    poor: tuple[int, ...]  # voters who gave all they had left


@dataclass(slots=True)
class _Look:
    """What a candidate seems to cost: its price and the possible error of it."""

    candidate: Candidate
    price: float
    error: float

    @property
    def low(self) -> float:
        return self.price - self.error

    @property
    def high(self) -> float:
        return self.price + self.error


@dataclass(slots=True)
class _Exact:
    """Price ``owed / (scale × share)``, and the voters who give all they have left."""

    candidate: Candidate
    owed: int
    share: int
    poor: list[int]


def _dearer(one: _Exact, other: _Exact) -> int:
    gap = one.owed * other.share - other.owed * one.share
    return gap or one.candidate.rank - other.candidate.rank


class Run:
    """The state of one run. ``weights`` are integers, one a voter; ``endowment`` is what a weight of one receives."""

    def __init__(self, candidates: Sequence[Candidate], weights: Sequence[int], endowment: Fraction) -> None:
        self.candidates = candidates
        self.weights = weights
        self.scale = endowment.denominator
        self.endowment = endowment.numerator  # over scale, as the prices
        self.prices: list[int] = []
        self.bought: list[Candidate] = []
        self.poor: list[tuple[int, ...]] = []
        self.paid: list[list[int]] = [[] for _ in weights]  # positions in ``bought`` paid in full
        self.spent = [False] * len(weights)
        self.start = float(endowment)
        self.left = [self.start] * len(weights)
        self.error = self.start * (len(candidates) + 2) * 1e-15  # of a figure in ``left``

    def play(self) -> list[Bought]:
        """Buy, in turn, the cheapest project per utility that its supporters can pay, until there is none."""
        known = {candidate.position: candidate.cost / candidate.total for candidate in self.candidates}
        remaining = {candidate.position: candidate for candidate in self.candidates}
        while contenders := self._contenders(remaining, known):
            exact = min((self._exactly(look) for look in contenders), key=cmp_to_key(_dearer))
            self._buy(exact)
            del remaining[exact.candidate.position]
        return [
            Bought(candidate.position, Fraction(price, self.scale), poor)
            for candidate, price, poor in zip(self.bought, self.prices, self.poor, strict=True)
        ]

    def _contenders(self, remaining: dict[int, Candidate], known: dict[int, float]) -> list[_Look]:
        """Those that may be the cheapest. Prices only rise during a run, so the last one known of each is a floor."""
        looks: list[_Look] = []
        ceiling = inf
        for position in sorted(remaining, key=known.__getitem__):
            if known[position] > ceiling:
                break
            look = self._look(remaining[position])
            if look is None:
                del remaining[position]
                continue
            known[position] = look.low
            looks.append(look)
            ceiling = min(ceiling, look.high)
        return [look for look in looks if look.low <= ceiling]

    def _look(self, candidate: Candidate) -> _Look | None:
        """Its price as it seems, or None when its supporters cannot pay it."""
        left, weights, voters, cost = self.left, self.weights, candidate.voters, candidate.cost
        count = len(voters)
        slack = (1e-11 + count * 1e-15) * (cost + sum(weights[voter] for voter in voters) * self.start)
        purse = sum(weights[voter] * left[voter] for voter in voters)
        if purse < cost + slack and (purse < cost - slack or self._purse(voters) < cost * self.scale):
            return None
        self._sort(candidate)
        owed, share, utility = float(cost), candidate.total, candidate.utility
        for voter in voters:
            price = owed / share
            if price * utility[voter] <= left[voter] or share == weights[voter] * utility[voter]:
                break
            owed -= weights[voter] * left[voter]
            share -= weights[voter] * utility[voter]
        return _Look(candidate, price, slack / share + self.error)

    def _sort(self, candidate: Candidate) -> None:
        left, utility = self.left, candidate.utility
        if candidate.uniform:
            candidate.voters.sort(key=left.__getitem__)
        else:
            candidate.voters.sort(key=lambda voter: left[voter] / utility[voter])

    def _exactly(self, look: _Look) -> _Exact:
        """The exact price: voters whose part is in doubt are settled one by one, in integers."""
        candidate, utility, weights = look.candidate, look.candidate.utility, self.weights
        poor: list[int] = []
        doubtful: list[tuple[Fraction, int]] = []
        for voter in candidate.voters:
            can = self.left[voter] / utility[voter]
            if can > look.high + self.error:
                break
            if can < look.low - self.error:
                poor.append(voter)
            else:
                doubtful.append((Fraction(self._has(voter), utility[voter]), voter))
        owed = candidate.cost * self.scale - self._purse(poor)
        share = candidate.total - sum(weights[voter] * utility[voter] for voter in poor)
        for can_exactly, voter in sorted(doubtful):
            if owed <= can_exactly * share:
                break
            owed -= weights[voter] * self._has(voter)
            share -= weights[voter] * utility[voter]
            poor.append(voter)
        return _Exact(candidate, owed, share, poor)

    def _has(self, voter: int) -> int:
        """What a voter has left, over the scale."""
        if self.spent[voter]:
            return 0
        return self.endowment - sum(self.prices[n] * self.bought[n].utility[voter] for n in self.paid[voter])

    def _purse(self, voters: Sequence[int]) -> int:
        """What voters have left together, over the scale: one product for each project, not for each voter."""
        paid = [0] * len(self.prices)
        weight = 0
        for voter in voters:
            if not self.spent[voter]:
                weight += self.weights[voter]
                for number in self.paid[voter]:
                    paid[number] += self.weights[voter] * self.bought[number].utility[voter]
        return weight * self.endowment - sum(map(int.__mul__, paid, self.prices))

    def _buy(self, exact: _Exact) -> None:
        common = gcd(exact.owed, exact.share)
        factor = exact.share // common
        price = exact.owed / (self.scale * exact.share)
        self.scale *= factor
        self.endowment *= factor
        self.prices = [known * factor for known in self.prices]
        self.prices.append(exact.owed // common)
        number, candidate = len(self.bought), exact.candidate
        self.bought.append(candidate)
        self.poor.append(tuple(sorted(exact.poor)))
        for voter in exact.poor:
            self.spent[voter] = True
            self.left[voter] = 0.0
        for voter in candidate.voters:
            if not self.spent[voter]:
                self.paid[voter].append(number)
                self.left[voter] = max(0.0, self.left[voter] - price * candidate.utility[voter])
