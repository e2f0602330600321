"""Columns of a table without header, found by their contents: the columns of the table before it, some left out.

A plan that goes on over the page loses its header, and often the columns that are empty on that page. The order stays:
the best assignment that keeps it is found by dynamic programming over how well each column's contents suit each role.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from concertoit.together.plans.rules.amounts import holds_money, read_amount, read_yearly_amounts
from concertoit.together.plans.rules.enumerations import read_enumeration
from concertoit.together.plans.rules.outline import read_number
from concertoit.together.plans.rules.periods import is_only_period, leading_period
from concertoit.together.plans.rules.statuses import read_state
from concertoit.together.plans.rules.wording import fold

from .columns import PlanTable
from .grid import Row
from .result import ColumnReading
from .roles import LEVEL_ROLES, Role

_UNASSIGNED = -1.5
_SAMPLE = 40


@dataclass(slots=True)
class Habits:
    """What the columns of the tables read so far hold: depths of numbers by level, names of leads, crosses."""

    depths: dict[Role, set[int]] = field(default_factory=dict)
    leads: set[str] = field(default_factory=set)

    def learn(self, table: PlanTable) -> None:
        for column in table.columns:
            for row in table.body[:200]:
                text = row[column.index].own if column.index < len(row) else ""
                if not text:
                    continue
                if column.role in LEVEL_ROLES and column.role is not Role.STEP:
                    number = read_number(text)
                    if number:
                        self.depths.setdefault(column.role, set()).add(number.depth)
                elif column.role is Role.LEAD:
                    self.leads.add(fold(text))


def same_columns(previous: Sequence[ColumnReading], body: Sequence[Row], habits: Habits) -> bool:
    """True when a table of the same width suits the previous table's columns, position by position."""
    total = strong = 0.0
    for column in previous:
        for row in body[:_SAMPLE]:
            score = affinity(row[column.index].own, column.role, habits) if column.index < len(row) else 0.0
            total += score
            strong += score >= 2
    return total > 0 and (strong > 0 or not any(c.role in {Role.PERIOD, Role.YEAR, Role.BUDGET} for c in previous))


def align(previous: Sequence[ColumnReading], body: Sequence[Row], habits: Habits) -> list[ColumnReading] | None:
    """Readings for the columns of ``body``, or None when its contents do not look like the previous table's."""
    width = len(body[0]) if body else 0
    roles = [column for column in previous if column.role is not Role.IGNORE]
    if width < 2 or width > len(previous) + 1:
        return None
    scores = [[_column_score(body, j, column.role, habits) for column in roles] for j in range(width)]
    chosen = _best_order(scores, len(roles))
    strong = sum(
        1
        for j, k in enumerate(chosen)
        if k is not None and any(affinity(row[j].own, roles[k].role, habits) >= 2 for row in body[:_SAMPLE])
    )
    if strong < 2:
        return None
    return [_reading(j, roles[k] if k is not None else None) for j, k in enumerate(chosen)]


def _reading(index: int, like: ColumnReading | None) -> ColumnReading:
    if like is None:
        return ColumnReading(index, "", Role.UNKNOWN, "unknown")
    return ColumnReading(index, like.header, like.role, "content", list(like.alternatives), like.label)


def _column_score(body: Sequence[Row], index: int, role: Role, habits: Habits) -> float:
    texts = [row[index].own for row in body[:_SAMPLE]]
    filled = [text for text in texts if text]
    if not filled:
        return 0.3 if role in {Role.INDICATOR, Role.BUDGET, Role.NOTE, Role.OBJECTIVE, Role.AXIS} else 0.1
    return sum(affinity(text, role, habits) for text in filled) / len(filled)


def _best_order(scores: list[list[float]], count: int) -> list[int | None]:
    """For each column the index of its role (increasing), or None; highest total score."""
    best: list[list[tuple[float, list[int | None]]]] = [[(0.0, [])] * (count + 1)]
    for row in scores:
        line: list[tuple[float, list[int | None]]] = []
        for k in range(count + 1):
            total, path = best[-1][k]
            options = [(total + _UNASSIGNED, [*path, None])]
            if k:
                options.append(line[k - 1])
                total, path = best[-1][k - 1]
                options.append((total + row[k - 1], [*path, k - 1]))
            line.append(max(options, key=lambda option: option[0]))
        best.append(line)
    return best[-1][count][1]


def affinity(text: str, role: Role, habits: Habits) -> float:
    """How well a text suits a role: 2 and more is evidence, negative speaks against."""
    if not text:
        return 0.0
    measure = _MEASURES.get(role)
    if measure is not None:
        return measure(text)
    number = read_number(text)
    if role in LEVEL_ROLES:
        return _level_affinity(number.depth if number else 0, text, role, habits)
    if number and number.depth >= 2:
        return -2.0
    return _words_affinity(text, role, habits)


def _period_affinity(text: str) -> float:
    if read_yearly_amounts(text) or holds_money(text[:60]):
        return -2.0
    return 3.0 if is_only_period(text) else 2.5 if leading_period(text) else -2.0


def _budget_affinity(text: str) -> float:
    return 3.0 if holds_money(text) or (read_amount(text).amounts and len(text) < 14) else -2.0


def _state_affinity(text: str) -> float:
    return 3.0 if read_state(text) else -1.0


def _cross_affinity(text: str) -> float:
    return 2.0 if len(text) <= 2 else -1.0


def _level_affinity(depth: int, text: str, role: Role, habits: Habits) -> float:
    known = habits.depths.get(role, set())
    if depth and depth in known:
        return 3.0
    if depth and any(depth in depths for depths in habits.depths.values()):
        return -2.0
    if is_only_period(text) or holds_money(text):
        return -2.0
    if known:
        return -0.5
    return 1.0 if len(text) > 15 else 0.2


def _step_affinity(text: str) -> float:
    period = leading_period(text)
    items = read_enumeration(text[len(period) :] if period else text).items
    if len(items) >= 2:
        return 2.2 if period else 3.0
    return -1.0 if period or holds_money(text) else 0.2


def _words_affinity(text: str, role: Role, habits: Habits) -> float:
    if is_only_period(text) or holds_money(text):
        return 0.4 if role is Role.INDICATOR and read_yearly_amounts(text) else -1.5
    if len(read_enumeration(text).items) >= 3:
        return -1.0
    if role is Role.LEAD:
        return (
            2.0 if fold(text) in habits.leads else 0.5 if len(text) < 60 and not re.search(r"[.,\n]", text) else -0.2
        )
    if role is Role.PARTNER:
        return 0.6
    return 0.3


_MEASURES: dict[Role, Callable[[str], float]] = {
    Role.PERIOD: _period_affinity,
    Role.START: _period_affinity,
    Role.END: _period_affinity,
    Role.STEP: _step_affinity,
    Role.BUDGET: _budget_affinity,
    Role.SPENT: _budget_affinity,
    Role.STATE: _state_affinity,
    Role.YEAR: _cross_affinity,
}
