"""Whether a service is open: schedules as HSDS writes them (RFC 5545), hours of Québec, holidays closed.

A schedule says days (``byday``, every so many weeks or months), hours, and between which dates. Hours that end before
they begin run past midnight; the same hour twice is the whole day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

import holidays

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HORIZON = 35  # days looked at to say when a service opens next: every monthly rule falls once


@dataclass(frozen=True, slots=True)
class Opening:
    """One rule of opening."""

    opens: time
    closes: time
    days: tuple[tuple[int, int], ...] = ()  # (which of the month, 0 for all; weekday from Monday)
    month_days: tuple[int, ...] = ()
    monthly: bool = False
    interval: int = 1
    start: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Now:
    """``open`` until ``until``; or closed until ``next``; unknown where nobody wrote the hours."""

    known: bool
    open: bool = False
    until: datetime | None = None
    next: datetime | None = None
    today: date | None = None

    @property
    def later_today(self) -> bool:
        """Whether it opens again before midnight."""
        return self.next is not None and self.next.date() == self.today

    @property
    def always(self) -> bool:
        """Whether it does not close in the week that comes."""
        return self.until is not None and self.today is not None and (self.until.date() - self.today).days >= 7


def opening_of(row: Mapping[str, object]) -> Opening | None:
    """A schedule of HSDS as a rule; nothing when it does not say hours."""
    if not row.get("opens_at") or not row.get("closes_at"):
        return None
    starts = [date.fromisoformat(str(row[name])) for name in ("valid_from", "dtstart") if row.get(name)]
    ends = [date.fromisoformat(str(row[name])) for name in ("valid_to", "until") if row.get(name)]
    month_days = tuple(int(one) for one in str(row.get("bymonthday") or "").split(",") if one.strip())
    return Opening(
        opens=time.fromisoformat(str(row["opens_at"])).replace(tzinfo=None),
        closes=time.fromisoformat(str(row["closes_at"])).replace(tzinfo=None),
        days=tuple(_day(one) for one in str(row.get("byday") or "").split(",") if one.strip()[-2:] in DAYS),
        month_days=month_days,
        monthly=row.get("freq") == "MONTHLY",
        interval=max(1, int(str(row.get("interval") or 1))),
        start=max(starts) if starts else None,
        until=min(ends) if ends else None,
    )


def _day(written: str) -> tuple[int, int]:
    """``TH`` is every Thursday, ``2TH`` the second of the month, ``-1TH`` the last."""
    text = written.strip()
    return int(text[:-2] or 0), DAYS.index(text[-2:])


def falls_on(opening: Opening, day: date) -> bool:
    """Whether a rule opens on a day (holidays apart)."""
    if (opening.start and day < opening.start) or (opening.until and day > opening.until):
        return False
    if opening.monthly:
        return _in_month(opening, day)
    if opening.days and day.weekday() not in {weekday for _which, weekday in opening.days}:
        return False
    if opening.interval > 1 and opening.start:
        weeks = (_monday(day) - _monday(opening.start)).days // 7
        return weeks % opening.interval == 0
    return True


def _in_month(opening: Opening, day: date) -> bool:
    if opening.interval > 1 and opening.start:
        months = (day.year - opening.start.year) * 12 + day.month - opening.start.month
        if months % opening.interval:
            return False
    if opening.month_days and day.day not in opening.month_days and _from_end(day) not in opening.month_days:
        return False
    if not opening.days:
        return bool(opening.month_days) or (opening.start is not None and day.day == opening.start.day)
    nth, last = (day.day - 1) // 7 + 1, -((-_from_end(day) - 1) // 7 + 1)
    return any(weekday == day.weekday() and which in (0, nth, last) for which, weekday in opening.days)


def _from_end(day: date) -> int:
    """The day counted from the end of its month: the last is -1."""
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return (day - following).days


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@cache
def holidays_of(year: int) -> frozenset[date]:
    """Public holidays of Québec (Act respecting labour standards, s. 60; National Holiday Act)."""
    return frozenset(holidays.country_holidays("CA", subdiv="QC", years=year))


def hours_on(openings: Iterable[Opening], day: date, *, holidays_too: bool = False) -> list[tuple[datetime, datetime]]:
    """From when to when it is open on a day, in order; nothing on a holiday. Hours are those of the place."""
    if not holidays_too and day in holidays_of(day.year):
        return []
    found = []
    for one in openings:
        if falls_on(one, day):
            end = day if one.closes > one.opens else day + timedelta(days=1)
            found.append((datetime.combine(day, one.opens), datetime.combine(end, one.closes)))
    return sorted(found)


def now(openings: Iterable[Opening], moment: datetime, *, holidays_too: bool = False) -> Now:
    """Whether it is open at a moment (local time, without zone), until when, or when it opens next."""
    rules = list(openings)
    if not rules:
        return Now(known=False)
    today = moment.date()
    for day in (today - timedelta(days=1), today):
        for start, end in hours_on(rules, day, holidays_too=holidays_too):
            if start <= moment < end:
                return Now(known=True, open=True, until=_end(rules, end, holidays_too), today=today)
    for ahead in range(HORIZON + 1):
        for start, _end_of in hours_on(rules, today + timedelta(days=ahead), holidays_too=holidays_too):
            if start > moment:
                return Now(known=True, next=start, today=today)
    return Now(known=True, today=today)


def _end(rules: list[Opening], end: datetime, holidays_too: bool) -> datetime:
    """The end of hours that follow each other without a pause, a week ahead at most."""
    limit = end + timedelta(days=7)
    while end < limit:
        following = [
            stop
            for day in (end.date() - timedelta(days=1), end.date())
            for start, stop in hours_on(rules, day, holidays_too=holidays_too)
            if start <= end < stop
        ]
        if not following:
            return end
        end = max(following)
    return end
