"""Columns that hold several levels of the outline, told apart by the depth of their numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from concertoit.together.plans.rules.outline import read_number

from .columns import PlanTable
from .grid import Row
from .result import ColumnReading
from .roles import Role, level_label

_DOWN = (Role.AXIS, Role.OBJECTIVE, Role.ACTION, Role.OUTCOME, Role.STEP)
Parts = tuple[int, ...]


@dataclass(slots=True)
class _Numbered:
    parts: Parts
    bare: bool


def number_parts(table: PlanTable, column: ColumnReading, row: Row) -> Parts:
    """The row's outline number: in its own column, else at the start of the text; empty without one."""
    for other in table.having(Role.NUMBER):
        if other.label == column.role.value and row[other.index].own:
            number = read_number(f"{row[other.index].own} –", labelled=True)
            return number.parts if number else ()
    text = row[column.index].own
    label = level_label(text)
    number = (read_number(label[2], labelled=True) if label else None) or read_number(text)
    return number.parts if number else ()


def levels_by_depth(table: PlanTable, *, has_axis: bool) -> dict[int, Role]:
    """The level of each depth, for a column named after several levels or whose shallow rows say nothing else.

    Empty when the numbers do not fit into each other, or when the table has its own columns for the upper levels.
    """
    column = next(iter(table.having(Role.OUTLINE)), None) or next(iter(table.having(Role.ACTION)), None)
    if column is None or (column.role is Role.ACTION and table.having(Role.AXIS, Role.OBJECTIVE)):
        return {}
    aside = {column.index, *(c.index for c in table.having(Role.NUMBER))}
    rows = [
        _Numbered(p, _bare(row, aside))
        for row in table.body
        if row[column.index].own and (p := number_parts(table, column, row))
    ]
    by_depth: dict[int, list[_Numbered]] = defaultdict(list)
    for numbered in rows:
        by_depth[len(numbered.parts)].append(numbered)
    depths = sorted(by_depth)
    if len(depths) < 2 or not _nested(rows, depths):
        return {}
    if column.role is Role.OUTLINE:
        named = [role for role in _DOWN if role in column.alternatives]
        if len(named) == len(depths):
            return dict(zip(depths, named, strict=True))
    upper = [d for d in depths[:-1] if sum(n.bare for n in by_depth[d]) * 10 >= len(by_depth[d]) * 7]
    return _spread(depths, upper, has_axis)


def _bare(row: Row, aside: set[int]) -> bool:
    return not any(slot.own for index, slot in enumerate(row) if index not in aside)


def _nested(rows: Sequence[_Numbered], depths: Sequence[int]) -> bool:
    """Most deep numbers start like a shallower number written above them."""
    seen: set[Parts] = set()
    inside = total = 0
    for numbered in rows:
        if len(numbered.parts) > depths[0]:
            total += 1
            inside += any(numbered.parts[:size] in seen for size in range(1, len(numbered.parts)))
        seen.add(numbered.parts)
    return inside * 10 >= total * 6


def _spread(depths: Sequence[int], upper: Sequence[int], has_axis: bool) -> dict[int, Role]:
    """Bare shallow depths are axes and objectives, the next one actions, deeper ones steps."""
    names = [Role.OBJECTIVE] if has_axis else [Role.AXIS, Role.OBJECTIVE]
    levels: dict[int, Role] = {}
    for depth in depths:
        if depth in upper:
            levels[depth] = names[min(len(levels), len(names) - 1)]
        else:
            levels[depth] = Role.STEP if Role.ACTION in levels.values() else Role.ACTION
    return levels
