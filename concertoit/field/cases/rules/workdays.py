"""Working days in Québec: Monday to Friday, less public holidays, observed as the law moves them.

Loi sur les normes du travail, art. 60, and Loi sur la fête nationale, as carried by the ``holidays`` library. Days are
those of America/Toronto, whatever the machine.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

QUEBEC = ZoneInfo("America/Toronto")
END_OF_DAY = time(23, 59)
_SATURDAY = 5


@cache
def holidays_of(year: int) -> frozenset[date]:
    """Public holidays of a year in Québec, with the Mondays on which some are observed."""
    return frozenset(holidays.country_holidays("CA", subdiv="QC", years=year, observed=True))


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in holidays_of(day.year)


def add_working_days(start: date, days: int, paused: Container[date] = ()) -> date:
    """The day ``days`` working days after ``start``, which itself does not count, nor do paused days.

    With 0 days: the same day when it is a working day, otherwise the next one.
    """
    if days == 0:
        return next_working_day(start)
    day = start
    while days:
        day += timedelta(days=1)
        if is_working_day(day) and day not in paused:
            days -= 1
    return day


def next_working_day(day: date) -> date:
    """This day, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days after ``start`` until ``end`` included; negative when ``end`` is before."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=count)) for count in range(1, (end - start).days + 1))


def local_day(moment: datetime) -> date:
    """The day of a moment in Québec."""
    return moment.astimezone(QUEBEC).date()


def end_of(day: date) -> datetime:
    """The last minute of a day in Québec."""
    return datetime.combine(day, END_OF_DAY, tzinfo=QUEBEC)
