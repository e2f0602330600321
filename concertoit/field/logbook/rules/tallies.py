"""Counts of a slice of the logbook, compact enough to be kept for each closed month, exact enough for every figure.

A slice (a month of a sector in a town, say) is described by its *distinct masks* of clienteles and of activities, each
with how many interventions carry it. Shares of « youth **or** families » stay unions, whatever the lists become, because
a mask says what one intervention had together. Counts of several slices add up.
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

ONE_DAY = timedelta(days=1)


def _zeros() -> defaultdict[Any, int]:
    """A counter that costs nothing to make: a month of a large region makes tens of thousands."""
    return defaultdict(int)


@dataclass(slots=True)
class Counts:
    """How many interventions and referrals there are, along what definitions ask.

    Keys: ``entries`` (form, collective object); ``referred`` and ``minutes``, ``timed``, ``people`` by form;
    ``clienteles`` and ``activities`` (edition, mask); ``referrals`` (destination, id of the main reason).
    """

    entries: defaultdict[tuple[str, str], int] = field(default_factory=_zeros)
    referred: defaultdict[str, int] = field(default_factory=_zeros)
    clienteles: defaultdict[tuple[int, int], int] = field(default_factory=_zeros)
    activities: defaultdict[tuple[int, int], int] = field(default_factory=_zeros)
    referrals: defaultdict[tuple[str, int], int] = field(default_factory=_zeros)
    minutes: defaultdict[str, int] = field(default_factory=_zeros)
    timed: defaultdict[str, int] = field(default_factory=_zeros)
    people: defaultdict[str, int] = field(default_factory=_zeros)

    @property
    def interventions(self) -> int:
        return sum(self.entries.values())

    def add(self, other: Counts) -> None:
        """Count another slice too."""
        for name in FIELDS:
            mine, theirs = getattr(self, name), getattr(other, name)
            for key, count in theirs.items():
                mine[key] += count


FIELDS = ("entries", "referred", "clienteles", "activities", "referrals", "minutes", "timed", "people")
_NUMBERED = {"clienteles", "activities"}


def written(counts: Counts) -> str:
    """Counts as short text, for one column of a table."""
    plain = {}
    for name in FIELDS:
        found = getattr(counts, name)
        if found:
            plain[name] = {_text(key): found[key] for key in sorted(found)}
    return json.dumps(plain, separators=(",", ":"))


def read(text: str) -> Counts:
    """The inverse of ``written``."""
    return add_text(Counts(), text)


def add_text(counts: Counts, text: str) -> Counts:
    """Add counts from their text; the whole of a table is read this way, so it makes no object on the road."""
    for name, found in json.loads(text).items():
        mine = getattr(counts, name)
        for key, count in found.items():
            mine[_key(name, key)] += count
    return counts


def _text(key: Any) -> str:
    return key if isinstance(key, str) else f"{key[0]}|{key[1]}"


@lru_cache(maxsize=1 << 16)
def _key(name: str, text: str) -> Any:
    """The same few thousand keys come back in every row: they are read once."""
    first, mark, second = text.partition("|")
    if not mark:
        return text
    if name in _NUMBERED:
        return int(first), int(second)
    return (first, int(second)) if name == "referrals" else (first, second)


class Span(StrEnum):
    """Lengths of time for which counts are kept. Days only of the open month and the one before: see ``recent``."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Grain(StrEnum):
    """How finely counts are kept: each grain keeps the places (and workers) of those before it."""

    SPACE = "space"
    MRC = "mrc"
    PLACE = "place"
    WORKER = "work"


@dataclass(frozen=True, slots=True)
class Where:
    """Whose counts: the sector of the building (none for a referral without an intervention), where, by whom."""

    sector: str
    mrc: int | None = None
    municipality: int | None = None
    worker: int | None = None

    def at(self, grain: Grain) -> Where:
        """What a grain keeps of it."""
        if grain is Grain.SPACE:
            return Where(self.sector)
        if grain is Grain.MRC:
            return Where(self.sector, self.mrc)
        return Where(self.sector, self.mrc, self.municipality) if grain is Grain.PLACE else self


@dataclass(frozen=True, slots=True)
class Cover:
    """How a period is read: kept years, months and days, and runs of days whose entries are read (both ends included)."""

    years: list[date]
    months: list[date]
    days: list[date]
    runs: list[tuple[date, date]]

    @property
    def kept(self) -> dict[Span, list[date]]:
        """What is read from kept counts."""
        spans = {Span.YEAR: self.years, Span.MONTH: self.months, Span.DAY: self.days}
        return {span: starts for span, starts in spans.items() if starts}


def month_of(day: date) -> date:
    return day.replace(day=1)


def year_of(day: date) -> date:
    return day.replace(month=1, day=1)


def end_of(start: date, span: Span) -> date:
    """The last day of a month or a year; a day is its own."""
    if span is Span.DAY:
        return start
    if span is Span.YEAR:
        return start.replace(month=12, day=31)
    return start.replace(day=monthrange(start.year, start.month)[1])


def recent(today: date) -> tuple[date, date]:
    """Days that are counted one by one: those before today, from the first of the month before.

    A month just closed still has its days: what people enter late makes one day wait, not the month.
    """
    return month_of(month_of(today) - ONE_DAY), today - ONE_DAY


def days_between(start: date, end: date) -> Iterator[date]:
    """Each day of a period."""
    return (start + timedelta(days=place) for place in range((end - start).days + 1))


def months_between(start: date, end: date) -> Iterator[date]:
    """First days of the months that a period touches."""
    month = month_of(start)
    while month <= end:
        yield month
        month = end_of(month, Span.MONTH) + ONE_DAY


def cover(start: date, end: date, kept: Set[tuple[Span, date]], *, by_month: bool = False) -> Cover:
    """Split a period, no day twice: whole years that are kept (not when months are wanted), then months, then days."""
    found = Cover([], [], [], [])
    for month in months_between(start, end):
        if found.years and found.years[-1].year == month.year:
            continue
        year = year_of(month)
        last = end_of(month, Span.MONTH)
        if not by_month and (Span.YEAR, year) in kept and start <= year and end_of(year, Span.YEAR) <= end:
            found.years.append(year)
        elif (Span.MONTH, month) in kept and start <= month and last <= end:
            found.months.append(month)
        else:
            _add_days(found, max(start, month), min(end, last), kept)
    return found


def _add_days(found: Cover, start: date, end: date, kept: Set[tuple[Span, date]]) -> None:
    """Days that are kept, and the others; days that follow the last ones make one run with them."""
    for day in days_between(start, end):
        if (Span.DAY, day) in kept:
            found.days.append(day)
        elif found.runs and found.runs[-1][1] + ONE_DAY == day:
            found.runs[-1] = (found.runs[-1][0], day)
        else:
            found.runs.append((day, day))
