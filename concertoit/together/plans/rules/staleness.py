"""How fresh the news of an item are, and when somebody should be asked for some.

The delays are parameters of ours, not rules of the field: they can be argued about here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from concertoit.together.plans.rules.schedule import SILENT_AFTER

# After this long the page says how old the last news are; after ``SILENT_AFTER`` it says that nothing is heard.
AGEING_AFTER = timedelta(days=30)
# How long before a due date a reminder says that it comes.
DUE_SOON = timedelta(days=14)
# Two reminders about the same item are never closer than this.
REMIND_EVERY = timedelta(days=14)
FRIDAY = 4


class Freshness(StrEnum):
    """How fresh. ``QUIET`` owes no news: not started, or settled."""

    QUIET = "quiet"
    FRESH = "fresh"
    AGEING = "ageing"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Staleness:
    """How fresh, and the days since the last news (since the start when there never were any)."""

    freshness: Freshness
    days: int = 0
    never: bool = False


def staleness(*, last_news: date | None, started: date | None, settled: bool, today: date) -> Staleness:
    """How fresh the news of an item are. Without a start date, an item owes news from its first news on."""
    since = max((day for day in (last_news, started) if day), default=None)
    if settled or since is None or (started is not None and started > today):
        return Staleness(Freshness.QUIET)
    age = today - since
    if age > SILENT_AFTER:
        level = Freshness.SILENT
    elif age > AGEING_AFTER:
        level = Freshness.AGEING
    else:
        level = Freshness.FRESH
    return Staleness(level, max(age.days, 0), never=last_news is None)


class Why(StrEnum):
    """Why somebody is reminded of an item, the most pressing first."""

    LATE = "late"
    SOON = "soon"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class NextReminder:
    """When the next reminder about an item leaves, and why."""

    on: date
    why: Why


def working_day(day: date) -> date:
    """This day, or Monday after a Saturday or a Sunday: nobody is reminded on a week-end."""
    return day + timedelta(days=max(7 - day.weekday(), 0) if day.weekday() > FRIDAY else 0)


def next_reminder(
    *,
    due: date | None,
    last_news: date | None,
    started: date | None,
    settled: bool,
    last_reminded: date | None,
    today: date,
) -> NextReminder | None:
    """The next reminder, never in the past nor within ``REMIND_EVERY`` of the last one; nothing when none will come.

    News count as an answer: what was told of in the last ``REMIND_EVERY`` days waits as long before it is asked again.
    """
    if settled:
        return None
    rests = [day + REMIND_EVERY for day in (last_reminded, last_news) if day]
    earliest = max([today, *rests])
    moments = []
    if due is not None:
        soon = working_day(max(due - DUE_SOON, earliest))
        if soon <= due:
            moments.append(NextReminder(soon, Why.SOON))
        moments.append(NextReminder(working_day(max(due + timedelta(days=1), earliest)), Why.LATE))
    heard = max((day for day in (last_news, started) if day), default=None)
    if heard is not None:
        silent = working_day(max(heard + SILENT_AFTER + timedelta(days=1), earliest))
        moments.append(NextReminder(silent, Why.SILENT))
    return min(moments, key=lambda moment: (moment.on, list(Why).index(moment.why)), default=None)
