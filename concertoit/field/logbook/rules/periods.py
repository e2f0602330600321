"""Periods that figures are asked for: whole years and quarters, whole months, the same period a year before."""

from __future__ import annotations

from datetime import date, timedelta

from concertoit.field.logbook.rules.tallies import Span, end_of, month_of

Period = tuple[date, date]


def year(number: int) -> Period:
    return date(number, 1, 1), date(number, 12, 31)


def quarter(number: int, place: int) -> Period:
    """One of the four quarters (1 to 4) of a calendar year."""
    start = date(number, 3 * place - 2, 1)
    return start, end_of(start.replace(month=3 * place), Span.MONTH)


def quarter_of(period: Period) -> int | None:
    """Which quarter a period is exactly, or nothing."""
    return next((place for place in (1, 2, 3, 4) if quarter(period[0].year, place) == period), None)


def is_year(period: Period) -> bool:
    return period == year(period[0].year)


def whole_months(period: Period) -> Period:
    """The months that a period touches, whole."""
    return month_of(period[0]), end_of(period[1], Span.MONTH)


def whole_years(period: Period, today: date) -> Period:
    """The years that a period touches, without those that are not over; the last one that is, when none is left."""
    last = today.year - 1
    return year(min(period[0].year, last))[0], year(min(period[1].year, last))[1]


def before(period: Period) -> Period:
    """The same days as many years earlier as the period has years."""
    start, end = period
    years = max(1, end.year - start.year + 1 if (start.month, start.day) <= (end.month, end.day) else 1)
    return _earlier(start, years), _earlier(end, years)


def _earlier(day: date, years: int) -> date:
    """The same day; the end of a month stays the end of that month."""
    if (day + timedelta(days=1)).day == 1:
        return end_of(date(day.year - years, day.month, 1), Span.MONTH)
    return day.replace(year=day.year - years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def holds(whole: Period, part: Period) -> bool:
    """Whether every day of a period is in another."""
    return whole[0] <= part[0] and part[1] <= whole[1]


def overlap(one: Period, other: Period) -> bool:
    """Whether two periods share a day."""
    return one[0] <= other[1] and other[0] <= one[1]
