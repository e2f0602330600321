"""Planned, committed, spent: reconciled to the cent, by year, fiscal agent and source.

Two things are told apart so that neither hides the other: what is *left to spend* (planned less spent), and what is
*free* (planned less the larger of committed and spent, because what is spent was committed whether or not somebody
wrote it down).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from concertoit.together.plans.rules.document import BudgetKind

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
# A single line above this is a typing error: the largest real plan we know holds sixty thousand dollars.
LARGEST = Decimal("99999999.99")


@dataclass(frozen=True, slots=True)
class Entry:
    """One amount with what it is sorted by."""

    kind: BudgetKind
    amount: Decimal
    year: str = ""
    fiscal_agent: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Planned, committed and spent for one year, fiscal agent and source (empty where nobody said)."""

    year: str = ""
    fiscal_agent: str = ""
    source: str = ""
    planned: Decimal = ZERO
    committed: Decimal = ZERO
    spent: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """Left to spend; negative when more was spent than planned."""
        return self.planned - self.spent

    @property
    def free(self) -> Decimal:
        """Not committed nor spent; negative when more is committed than planned."""
        return self.planned - max(self.committed, self.spent)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Every line, and their sums. ``unallocated`` is the stated budget that no line of the plan splits."""

    lines: list[Line]
    total: Line
    unallocated: Decimal = ZERO

    def __bool__(self) -> bool:
        return bool(self.lines)

    @property
    def overspent(self) -> Decimal:
        """By how much spending passes what was planned, as a whole; zero when it does not."""
        return max(-self.total.left, ZERO)


def reconcile(entries: Iterable[Entry], stated: Decimal | None = None) -> Reconciliation:
    """Sort amounts into lines. ``stated`` is the total that the plan states: what no planned line splits of it stands
    on a line without year, so that the lines always add up to the stated total, to the cent.
    """
    sums: dict[tuple[str, str, str], dict[BudgetKind, Decimal]] = {}

    def add(key: tuple[str, str, str], kind: BudgetKind, amount: Decimal) -> None:
        kinds = sums.setdefault(key, dict.fromkeys(BudgetKind, ZERO))
        kinds[kind] += amount

    planned = ZERO
    for entry in entries:
        add((entry.year.strip(), entry.fiscal_agent.strip(), entry.source.strip()), entry.kind, entry.amount)
        planned += entry.amount if entry.kind is BudgetKind.PLANNED else ZERO
    rest = ZERO if stated is None else stated - planned
    if rest:
        add(("", "", ""), BudgetKind.PLANNED, rest)
    lines = [
        Line(*key, kinds[BudgetKind.PLANNED], kinds[BudgetKind.COMMITTED], kinds[BudgetKind.SPENT])
        for key, kinds in sorted(sums.items(), key=lambda pair: (not pair[0][0], pair[0]))
    ]
    total = Line(
        planned=sum((line.planned for line in lines), ZERO),
        committed=sum((line.committed for line in lines), ZERO),
        spent=sum((line.spent for line in lines), ZERO),
    )
    return Reconciliation(lines, total, rest)


def is_amount(amount: Decimal) -> bool:
    """Whether an amount can be committed or spent: positive, in whole cents, of a plausible size."""
    return ZERO < amount <= LARGEST and amount == amount.quantize(CENT)
