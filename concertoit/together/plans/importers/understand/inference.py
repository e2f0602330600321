"""Columns of a plan whose table has no header at all: guessed from what the cells hold, all to be confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from concertoit.together.plans.rules.amounts import holds_money
from concertoit.together.plans.rules.outline import read_number
from concertoit.together.plans.rules.periods import is_only_period
from concertoit.together.plans.rules.statuses import read_state

from .grid import Row
from .result import ColumnReading
from .roles import Role

_SAMPLE = 60


def infer_columns(rows: Sequence[Row]) -> list[ColumnReading] | None:
    """Guessed readings, or None when nothing speaks for a plan: it needs titles beside periods or amounts."""
    if len(rows) < 2 or len(rows[0]) < 3:
        return None
    texts = [[row[j].own for row in rows[:_SAMPLE] if row[j].own] for j in range(len(rows[0]))]
    roles: dict[int, Role] = {}
    for index, column in enumerate(texts):
        typed = _typed(column)
        if typed is not None and typed not in roles.values():
            roles[index] = typed
    if not {Role.PERIOD, Role.BUDGET} & set(roles.values()):
        return None
    _levels(texts, roles)
    if Role.ACTION not in roles.values():
        return None
    _actors(texts, roles)
    return [
        ColumnReading(j, "", roles.get(j, Role.UNKNOWN if column else Role.IGNORE), "content")
        for j, column in enumerate(texts)
    ]


def _typed(texts: Sequence[str]) -> Role | None:
    """Period, amount or state, when most of the cells are one."""
    tests: tuple[tuple[Role, Callable[[str], object]], ...] = (
        (Role.PERIOD, is_only_period),
        (Role.BUDGET, holds_money),
        (Role.STATE, read_state),
    )
    for role, test in tests:
        if texts and sum(bool(test(text)) for text in texts) * 10 >= len(texts) * 7:
            return role
    return None


def _levels(texts: Sequence[Sequence[str]], roles: dict[int, Role]) -> None:
    """Numbered columns, the shallowest first; without numbers, the column with the longest texts is the action."""
    depths: dict[int, int] = {}
    for index, column in enumerate(texts):
        numbers = [n.depth for text in column if (n := read_number(text))]
        if index not in roles and len(numbers) * 10 >= len(column) * 7 and numbers:
            depths[index] = Counter(numbers).most_common(1)[0][0]
    ordered = sorted(depths, key=lambda index: (depths[index], index))[:3]
    if ordered:
        names = (
            [Role.AXIS, Role.OBJECTIVE, Role.ACTION][-len(ordered) :]
            if len(ordered) != 2
            else [Role.AXIS, Role.ACTION]
        )
        roles.update(zip(ordered, names, strict=True))
        return
    free = [index for index, column in enumerate(texts) if index not in roles and column]
    if free:
        roles[max(free, key=lambda index: sum(map(len, texts[index])) / len(texts[index]))] = Role.ACTION


def _actors(texts: Sequence[Sequence[str]], roles: dict[int, Role]) -> None:
    """The first free column of short texts after the action names the leads, the second one the partners."""
    action = next(index for index, role in roles.items() if role is Role.ACTION)
    free = [j for j in range(action + 1, len(texts)) if j not in roles and texts[j]]
    short = [j for j in free if sum(map(len, texts[j])) / len(texts[j]) <= 60]
    roles.update(zip(short, (Role.LEAD, Role.PARTNER), strict=False))
