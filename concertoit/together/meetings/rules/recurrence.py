"""The days of a series, from its rhythm; and the moment of a meeting, from its day and hour where it is held.

Rhythms are those people write: « le deuxième mardi du mois », « aux deux mois », « six par année » (seed 000: the
coordination committee about every two months, the plenary six times a year).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

# All the démarches are in Québec; an iCalendar names the zone by this identifier too.
ZONE = ZoneInfo("America/Toronto")
LAST = 5
# However a rhythm is written, no series makes more than this many days at once.
DAYS_MAX = 400


@dataclass(frozen=True, slots=True)
class Rule:
    """A rhythm. ``kind``: months, weeks, year or free; ``month_week``: 1 to 4, or 5 for the last; ``weekday``: 0 is
    Monday; ``months``: the months in which one meets (1 to 12), all when empty.
    """

    kind: str
    start: date
    end: date | None = None
    interval: int = 1
    per_year: int = 1
    months: tuple[int, ...] = ()
    month_week: int = 1
    weekday: int = 0


def nth_weekday(year: int, month: int, weekday: int, week: int) -> date:
    """The nth weekday of a month; the last one when ``week`` is 5."""
    if week >= LAST:
        following = date(year + month // 12, month % 12 + 1, 1)
        last = following - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (week - 1))


def days(rule: Rule, until: date) -> list[date]:
    """The days of a rhythm from its start to ``until`` (or its own end), both included, in order."""
    stop = min(until, rule.end) if rule.end else until
    makers = {"months": _by_month, "weeks": _by_week, "year": _by_year}
    if rule.kind not in makers:
        return []
    found = takewhile(lambda day: day <= stop, makers[rule.kind](rule))
    chosen = (day for day in found if day >= rule.start and (not rule.months or day.month in rule.months))
    return [day for day, _place in zip(chosen, range(DAYS_MAX), strict=False)]


def _in_month(rule: Rule, months: int) -> date:
    """The day of the month that is ``months`` after year 0."""
    return nth_weekday(months // 12, months % 12 + 1, rule.weekday, rule.month_week)


def _first_month(rule: Rule) -> int:
    """The first month whose day is not before the start: intervals are counted from there."""
    month = rule.start.year * 12 + rule.start.month - 1
    return month if _in_month(rule, month) >= rule.start else month + 1


def _by_month(rule: Rule) -> Iterator[date]:
    month, interval = _first_month(rule), max(rule.interval, 1)
    while month < 9999 * 12:
        yield _in_month(rule, month)
        month += interval


def _by_week(rule: Rule) -> Iterator[date]:
    day = rule.start + timedelta(days=(rule.weekday - rule.start.weekday()) % 7)
    step = timedelta(weeks=max(rule.interval, 1))
    while day.year < 9999:
        yield day
        day += step


def _by_year(rule: Rule) -> Iterator[date]:
    """Spread over the year from the first month; in the chosen months when there are some."""
    month = _first_month(rule)
    if rule.months:
        yield from _by_month(replace(rule, interval=1))
        return
    count = min(max(rule.per_year, 1), 12)
    while month < 9999 * 12:
        for place in range(count):
            yield _in_month(rule, month + place * 12 // count)
        month += 12


def moment(day: date, hour: time) -> datetime:
    """When a meeting starts, in universal time: the hour on the wall, whatever the season.

    An hour that the change to summer time skips is the one just after; an hour that comes twice is the first.
    """
    return datetime.combine(day, hour, tzinfo=ZONE).astimezone(UTC)
