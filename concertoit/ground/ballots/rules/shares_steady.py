"""How much the endowment of an equal-shares run may grow before anything in it changes.

Add-one completion runs the method thousands of times, and most runs buy the same projects with the same voters giving all
they have. While they do, every amount is a linear function of the endowment, so the first moment when a comparison could
turn is found by division, exactly. Until then there is nothing to run.

Where a project was not bought at the price of the round, its supporters together could not pay it at that price. What
they could pay is a sum of minima of linear functions, so never more than the sum of those that are smallest now: a bound
that is linear too, and safe.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from .shares_run import Bought, Candidate


class _Growth:
    """Amounts of every voter and their growth, as integers over one scale, through the rounds of a run."""

    def __init__(self, candidates: Sequence[Candidate], weights: Sequence[int], endowment: Fraction) -> None:
        self.weights = weights
        self.scale = endowment.denominator
        self.amount = [endowment.numerator] * len(weights)
        self.growth = [self.scale] * len(weights)
        self.remaining = {candidate.position: candidate for candidate in candidates}
        self.steady: Fraction | None = None

    def limit(self, gap: int, closing: int) -> None:
        """A gap that closes at this speed holds until gap / closing."""
        if closing > 0:
            until = Fraction(gap, closing)
            self.steady = until if self.steady is None else min(self.steady, until)

    def buy(self, purchase: Bought) -> None:
        candidate = self.remaining.pop(purchase.position)
        weights, utility, poor = self.weights, candidate.utility, set(purchase.poor)
        share = candidate.total - sum(weights[voter] * utility[voter] for voter in poor)
        price = candidate.cost * self.scale - sum(weights[voter] * self.amount[voter] for voter in poor)
        rise = -sum(weights[voter] * self.growth[voter] for voter in poor)
        self.scale *= share
        self.amount = [amount * share for amount in self.amount]
        self.growth = [growth * share for growth in self.growth]
        for other in self.remaining.values():
            self._stays_dearer(other, price, rise)
        for voter in candidate.voters:
            part, faster = price * utility[voter], rise * utility[voter]
            if voter in poor:
                self.limit(part - self.amount[voter], self.growth[voter] - faster)
                self.amount[voter] = self.growth[voter] = 0
            else:
                self.limit(self.amount[voter] - part, faster - self.growth[voter])
                self.amount[voter] -= part
                self.growth[voter] -= faster

    def _stays_dearer(self, other: Candidate, price: int, rise: int) -> None:
        paid = grows = 0
        amount, growth, weights, utility = self.amount, self.growth, self.weights, other.utility
        for voter in other.voters:
            part = price * utility[voter]
            if amount[voter] < part:
                paid += weights[voter] * amount[voter]
                grows += weights[voter] * growth[voter]
            else:
                paid += weights[voter] * part
                grows += weights[voter] * rise * utility[voter]
        self.limit(other.cost * self.scale - paid, grows)

    def end(self) -> None:
        """What is left stays too little for every other project."""
        for other in self.remaining.values():
            purse = sum(self.weights[voter] * self.amount[voter] for voter in other.voters)
            grows = sum(self.weights[voter] * self.growth[voter] for voter in other.voters)
            self.limit(other.cost * self.scale - purse, grows)


def steady_until(
    candidates: Sequence[Candidate], weights: Sequence[int], endowment: Fraction, bought: Sequence[Bought]
) -> Fraction | None:
    """Any endowment less than this much greater gives the same run; None when any greater one does."""
    growth = _Growth(candidates, weights, endowment)
    for purchase in bought:
        growth.buy(purchase)
    growth.end()
    return growth.steady
