"""Arithmetic of a recommendation: totals to the cent, and an amount spread over the budget lines it came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Balance:
    """A year: what there is, what is asked, what is recommended."""

    year: str
    envelope: Decimal
    asked: Decimal
    recommended: Decimal

    @property
    def left(self) -> Decimal:
        """What the recommendation leaves in the envelope; negative when it exceeds it."""
        return self.envelope - self.recommended

    @property
    def exceeds(self) -> bool:
        return self.recommended > self.envelope


def balances(envelopes: Iterable[tuple[str, Decimal]], lines: Iterable[tuple[str, Decimal, Decimal]]) -> list[Balance]:
    """One balance per envelope, in order; ``lines`` are (year, asked, recommended). A year without envelope has none."""
    asked: dict[str, Decimal] = {}
    recommended: dict[str, Decimal] = {}
    for year, request, amount in lines:
        asked[year] = asked.get(year, NOTHING) + request
        recommended[year] = recommended.get(year, NOTHING) + amount
    known = dict(envelopes)
    known.update({year: NOTHING for year in asked if year not in known})
    return [
        Balance(year, amount, asked.get(year, NOTHING), recommended.get(year, NOTHING))
        for year, amount in known.items()
    ]


def spread(amount: Decimal, parts: Sequence[Decimal]) -> list[Decimal]:
    """Share an amount over parts in proportion, to the cent (largest remainders); equally where all parts are zero.

    The sum is the amount, always. Raises ``ValueError`` without a part.
    """
    if not parts:
        raise ValueError("nothing to spread over")
    cents, weights = int(amount / CENT), [Fraction(part) for part in parts]
    total = sum(weights)
    exact = [Fraction(cents) * (weight / total if total else Fraction(1, len(parts))) for weight in weights]
    whole = [int(one) for one in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: (whole[place] - exact[place], place))
    for place in by_remainder[: cents - sum(whole)]:
        whole[place] += 1
    return [(Decimal(one) * CENT).quantize(CENT) for one in whole]
