"""From headers to one role per column: doubles settled, what is missing deduced, the person's own choices first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from concertoit.together.plans.rules.enumerations import read_enumeration
from concertoit.together.plans.rules.outline import read_number
from concertoit.together.plans.rules.statuses import read_state

from .grid import Header, Row
from .result import ColumnReading
from .roles import PLAN_ROLES, Role, recognise_loosely, year_label

LEVELS = (Role.AXIS, Role.OBJECTIVE, Role.ACTION, Role.OUTCOME, Role.STEP)


@dataclass(slots=True)
class PlanTable:
    """A table of the plan, ready to be read: columns with roles, and the rows under the header."""

    place: str
    name: str
    columns: list[ColumnReading]
    body: list[Row]
    levels: dict[int, Role] = field(default_factory=dict)

    def having(self, *roles: Role) -> list[ColumnReading]:
        return [column for column in self.columns if column.role in roles]


def read_columns(
    header: Header, body: Sequence[Row], chosen: dict[int, Role], *, has_axis: bool, has_action: bool = False
) -> list[ColumnReading]:
    """One reading per column, from the header's words, then from the contents where the header is silent.

    ``has_axis`` and ``has_action`` say that the table stands under one that is already open.
    """
    columns: list[ColumnReading] = []
    for index, pair in enumerate(header.texts):
        found = header.found[index] or (recognise_loosely(pair[-1]) if pair else None)
        text = " – ".join(part.replace("\n", " ") for part in pair)
        role = found.role if found else Role.UNKNOWN
        label = year_label(pair[-1]) if pair else ""
        reading = ColumnReading(
            index, text, role, found.how if found else "unknown", list(found.alternatives) if found else []
        )
        if role is Role.STATE and pair and read_state(pair[-1]):
            label = pair[-1]
        reading.label = label if role is Role.STATE or role in {Role.YEAR, Role.BUDGET, Role.STEP, Role.SPENT} else ""
        columns.append(reading)
    _silent_headers(columns, body)
    _settle(columns, body, has_axis, has_action)
    for index, role in chosen.items():
        if index < len(columns):
            columns[index].role, columns[index].how = role, "chosen"
    return columns


def is_plan(columns: Sequence[ColumnReading]) -> bool:
    """True for the columns of a plan: an action, or another level with something that plans it; never a summary."""
    roles = {column.role for column in columns}
    described = roles & PLAN_ROLES
    if Role.COUNT in roles and not roles & {Role.LEAD, Role.PERIOD, Role.YEAR, Role.STEP, Role.END}:
        return False
    if Role.ACTION in roles or Role.OUTLINE in roles:
        return len(roles - {Role.IGNORE, Role.UNKNOWN}) > 1
    levels = roles & {Role.OBJECTIVE, Role.OUTCOME, Role.STEP, Role.SPECIFIC}
    return (
        bool(levels)
        and len(described - levels) >= 1
        and bool(described & {Role.LEAD, Role.PERIOD, Role.YEAR, Role.INDICATOR, Role.END})
    )


def _texts(body: Sequence[Row], index: int) -> list[str]:
    return [row[index].own for row in body[:60] if index < len(row) and row[index].own]


def _silent_headers(columns: list[ColumnReading], body: Sequence[Row]) -> None:
    """A column without header: empty, or numbers, or (first and labelled) an axis; else unknown."""
    for column in columns:
        if column.role is not Role.UNKNOWN:
            continue
        texts = _texts(body, column.index)
        if not texts and not column.header:
            column.role, column.how = Role.IGNORE, "content"
        elif texts and not column.header and all(_is_number(text) for text in texts):
            column.role, column.how = Role.NUMBER, "content"


def _is_number(text: str) -> bool:
    number = read_number(text.strip() + " X", labelled=True)
    return len(text) <= 12 and number is not None and number.rest == "X"


def _all_of(columns: list[ColumnReading], role: Role) -> list[ColumnReading]:
    return [column for column in columns if column.role is role]


def _set(column: ColumnReading, role: Role, *alternatives: Role) -> None:
    column.alternatives = [r for r in (*column.alternatives, *alternatives, column.role) if r is not role]
    column.role = role


def _settle(columns: list[ColumnReading], body: Sequence[Row], has_axis: bool, has_action: bool) -> None:
    """Give each doubled role to its best column; the others keep their text under their own name."""
    _settle_axes(columns)
    _settle_objectives(columns, has_axis)
    if not has_action:
        _settle_actions(columns, body)
    for extra in _all_of(columns, Role.OUTCOME)[1:]:
        _set(extra, Role.NOTE)
    if _all_of(columns, Role.END) or len(_all_of(columns, Role.START)) > 1:
        for column in _all_of(columns, Role.PERIOD):
            _set(column, Role.NOTE)
    _settle_total(columns)
    for role in (Role.PERIOD, Role.LEAD, Role.STATE, Role.STEP, Role.BUDGET):
        same = [column for column in _all_of(columns, role) if not column.label]
        ranked = sorted(same, key=lambda c: ("total" not in c.header.lower(), c.how != "exact"))
        for column in ranked[1:]:
            _set(column, Role.NOTE)
    _settle_numbers(columns)


def _settle_total(columns: list[ColumnReading]) -> None:
    """A column named only *Total* beside yearly budgets is the budget."""
    budgets = _all_of(columns, Role.BUDGET)
    if budgets and all(column.label for column in budgets):
        for column in [c for c in _all_of(columns, Role.COUNT) if "total" in c.header.lower()][:1]:
            _set(column, Role.BUDGET)


def _settle_axes(columns: list[ColumnReading]) -> None:
    axes = _all_of(columns, Role.AXIS)
    if len(axes) < 2:
        return
    action = next((c.index for c in _all_of(columns, Role.ACTION)), len(columns))
    for beside in [c for c in _all_of(columns, Role.OBJECTIVE) if c.index > action]:
        _set(beside, Role.NOTE)
    if _all_of(columns, Role.OBJECTIVE):
        for outer in axes[:-1]:
            _set(outer, Role.OUTER)
    else:
        _set(axes[1], Role.OBJECTIVE)
        for extra in axes[2:]:
            _set(extra, Role.NOTE)


def _settle_objectives(columns: list[ColumnReading], has_axis: bool) -> None:
    general, specific = _all_of(columns, Role.OBJECTIVE), _all_of(columns, Role.SPECIFIC)
    if len(general) > 1 and not specific:
        general, specific = general[:1], general[1:]
    for column in specific:
        _set(column, Role.OBJECTIVE)
    if not (general and specific):
        return
    axis_known = has_axis or bool(_all_of(columns, Role.AXIS))
    for column in general:
        _set(column, Role.OUTER if axis_known else Role.AXIS)


def _settle_actions(columns: list[ColumnReading], body: Sequence[Row]) -> None:
    actions, means = _all_of(columns, Role.ACTION), _all_of(columns, Role.MEANS)
    if not actions and means:
        _set(means[0], Role.ACTION)
        means = means[1:]
    steps = _all_of(columns, Role.STEP)
    if (
        not actions
        and not means
        and not _all_of(columns, Role.ACTION)
        and steps
        and not _all_of(columns, Role.OUTCOME)
    ):
        _set(steps[0], Role.ACTION)
        steps = steps[1:]
    for extra in actions[1:]:
        _set(extra, Role.NOTE if steps else Role.STEP)
        steps = steps or [extra]
    for column in means:
        listed = [t for t in _texts(body, column.index) if len(read_enumeration(t).items) > 1]
        _set(column, Role.STEP if listed and not steps else Role.NOTE)
        steps = steps or [column]


def _settle_numbers(columns: list[ColumnReading]) -> None:
    """A number belongs to the level written to its right (kept as a label), else to the action."""
    for column in _all_of(columns, Role.NUMBER):
        right = next((c for c in columns[column.index + 1 :] if c.role in (*LEVELS, Role.OUTLINE)), None)
        left = next((c for c in columns if c.role in (*LEVELS, Role.OUTLINE)), None)
        owner = right or left
        column.label = owner.role.value if owner else ""
