"""Durations kept, overrun shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from concertoit.together.meetings.rules.durations import of_section, shared, timing

START = datetime(2026, 9, 8, 13, 30, tzinfo=UTC)


def test_each_point_starts_when_the_one_before_ends() -> None:
    told = timing([10, 0, 35], START, 60)
    assert [one - START for one in told.starts] == [timedelta(0), timedelta(minutes=10), timedelta(minutes=10)]
    assert (told.total, told.over) == (45, -15)


def test_what_overruns_is_counted() -> None:
    assert timing([100, 80], START, 150).over == 30


def test_a_point_takes_as_long_as_the_lines_under_it() -> None:
    assert of_section(10, [5, 3]) == 10
    assert of_section(10, [5, 9]) == 14


def test_minutes_are_shared_by_weight() -> None:
    assert shared(60, [1, 2, 3]) == [10, 20, 30]
    assert shared(10, [1, 1, 1]) == [4, 3, 3]
    assert shared(10, [0, 0]) == [0, 0]


@given(st.integers(0, 600), st.lists(st.integers(0, 50), max_size=30))
def test_shares_add_up_exactly_and_nothing_gets_nothing(minutes: int, weights: list[int]) -> None:
    parts = shared(minutes, weights)
    assert sum(parts) == (minutes if sum(weights) else 0)
    assert all(part >= 0 and (weight or not part) for part, weight in zip(parts, weights, strict=True))
