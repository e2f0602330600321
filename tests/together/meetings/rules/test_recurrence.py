"""The days of a series (issue 3, A: « aux deux mois », « six par année »), and the hour on the wall all year round."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from concertoit.together.meetings.rules.recurrence import ZONE, Rule, days, moment, nth_weekday

TUESDAY = 1


def test_the_second_tuesday_of_each_month() -> None:
    rule = Rule("months", date(2026, 1, 1), month_week=2, weekday=TUESDAY)
    assert days(rule, date(2026, 3, 31)) == [date(2026, 1, 13), date(2026, 2, 10), date(2026, 3, 10)]


def test_every_two_months_counts_from_the_first_day_that_is_not_before_the_start() -> None:
    """The second Tuesday of January 2026 is the 13th: a series that starts on the 14th begins in February."""
    rule = Rule("months", date(2026, 1, 14), interval=2, month_week=2, weekday=TUESDAY)
    assert days(rule, date(2026, 7, 1)) == [date(2026, 2, 10), date(2026, 4, 14), date(2026, 6, 9)]


def test_six_a_year_are_spread_over_the_year() -> None:
    rule = Rule("year", date(2026, 1, 1), per_year=6, month_week=1, weekday=TUESDAY)
    found = days(rule, date(2026, 12, 31))
    assert [day.month for day in found] == [1, 3, 5, 7, 9, 11]


def test_six_a_year_in_the_chosen_months() -> None:
    rule = Rule("year", date(2026, 8, 1), per_year=6, months=(2, 4, 5, 9, 10, 12), month_week=4, weekday=3)
    found = days(rule, date(2027, 7, 31))
    assert [day.month for day in found] == [9, 10, 12, 2, 4, 5]


def test_no_meeting_in_summer() -> None:
    rule = Rule("months", date(2026, 5, 1), months=(1, 2, 3, 4, 5, 6, 9, 10, 11, 12), weekday=TUESDAY)
    assert {day.month for day in days(rule, date(2026, 12, 31))} == {5, 6, 9, 10, 11, 12}


def test_every_three_weeks() -> None:
    rule = Rule("weeks", date(2026, 3, 1), interval=3, weekday=TUESDAY)
    assert days(rule, date(2026, 4, 30)) == [date(2026, 3, 3), date(2026, 3, 24), date(2026, 4, 14)]


def test_dates_that_people_choose_make_no_day() -> None:
    assert days(Rule("free", date(2026, 1, 1)), date(2030, 1, 1)) == []


def test_the_end_of_the_series_is_the_end() -> None:
    rule = Rule("months", date(2026, 1, 1), end=date(2026, 2, 10), month_week=2, weekday=TUESDAY)
    assert days(rule, date(2030, 1, 1))[-1] == date(2026, 2, 10)


def test_the_last_friday() -> None:
    assert nth_weekday(2026, 2, 4, 5) == date(2026, 2, 27)
    assert nth_weekday(2026, 12, 4, 5) == date(2026, 12, 25)


RULES = st.builds(
    Rule,
    kind=st.sampled_from(["months", "weeks", "year"]),
    start=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    interval=st.integers(0, 6),
    per_year=st.integers(0, 14),
    months=st.one_of(st.just(()), st.lists(st.integers(1, 12), min_size=1, unique=True).map(tuple)),
    month_week=st.integers(1, 5),
    weekday=st.integers(0, 6),
)


@given(RULES)
def test_days_are_in_order_on_the_weekday_within_the_bounds(rule: Rule) -> None:
    until = rule.start + timedelta(days=800)
    found = days(rule, until)
    assert found == sorted(set(found))
    assert all(rule.start <= day <= until and day.weekday() == rule.weekday for day in found)
    assert not rule.months or {day.month for day in found} <= set(rule.months)


@given(RULES, st.integers(0, 400))
def test_looking_further_only_adds_days(rule: Rule, more: int) -> None:
    near, far = rule.start + timedelta(days=400), rule.start + timedelta(days=400 + more)
    assert days(rule, far)[: len(days(rule, near))] == days(rule, near)


def test_half_past_nine_stays_half_past_nine_when_summer_comes() -> None:
    """RFC 5545 with TZID: the hour is the one on the wall (facts, section 4)."""
    winter, summer = moment(date(2026, 3, 3), time(9, 30)), moment(date(2026, 3, 10), time(9, 30))
    assert winter == datetime(2026, 3, 3, 14, 30, tzinfo=UTC)
    assert summer == datetime(2026, 3, 10, 13, 30, tzinfo=UTC)


def test_the_hour_that_does_not_exist_is_the_one_after() -> None:
    """On 8 March 2026, clocks go from 2 h to 3 h in Toronto."""
    assert moment(date(2026, 3, 8), time(2, 30)).astimezone(ZONE).time() == time(3, 30)


def test_the_hour_that_comes_twice_is_the_first() -> None:
    """On 1 November 2026, 1 h 30 comes in summer time first (UTC-4)."""
    assert moment(date(2026, 11, 1), time(1, 30)) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
