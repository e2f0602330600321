"""Due dates from periods, places on a calendar, silence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.together.plans.rules.document import Node, NodeKind, Period
from concertoit.together.plans.rules.schedule import SILENT_AFTER, Window, due_dates, is_silent

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def tree(outer: Period, inner: Period) -> list[Node]:
    step = Node("step", NodeKind.STEP, period=inner)
    return [Node("action", NodeKind.ACTION, period=outer, children=[step])]


END = date(2027, 3, 31)


@pytest.mark.parametrize(
    ("outer", "inner", "due"),
    [
        (Period(end=END), Period(), END),
        (Period(end=END), Period(end=date(2026, 6, 1)), date(2026, 6, 1)),
        (Period(end=END), Period(continuous=True), None),
        (Period(continuous=True), Period(), None),
        (Period(continuous=True), Period(end=END), END),
        (Period(), Period(start=END), None),
    ],
)
def test_a_step_is_due_when_the_nearest_period_ends(outer: Period, inner: Period, due: date | None) -> None:
    assert due_dates(tree(outer, inner))["step"] == due


@given(a=DAYS, b=DAYS, day=DAYS)
def test_a_day_has_its_place_in_the_window(a: date, b: date, day: date) -> None:
    window = Window(min(a, b), max(a, b))
    assert 0.0 <= window.offset(day) <= 100.0
    assert window.offset(window.start) == 0.0
    assert window.offset(window.end + timedelta(days=1)) == 100.0
    assert window.years()[0] == window.start.year
    assert window.years()[-1] == window.end.year


def test_nobody_owes_news_before_the_start_nor_before_two_months() -> None:
    today = date(2026, 6, 30)
    assert not is_silent(None, None, today)
    assert not is_silent(None, today + timedelta(days=1), today)
    assert not is_silent(None, today - SILENT_AFTER, today)
    assert is_silent(None, today - SILENT_AFTER - timedelta(days=1), today)
    assert not is_silent(today - timedelta(days=3), date(2025, 1, 1), today)
