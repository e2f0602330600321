"""The clocks of a case: what is due by when, from the moment anybody of the team knew.

Ordinary delays: so many working days to investigate, then from the end of the investigation so many to write the summary,
to make safe, and weeks for preventive works. Emergency: a first action in so many hours, which takes the place of the
investigation. « Made safe » is not « resolved »: two different milestones. While a step is not done, what follows it is
*foreseen*, counted from its due date. Paused days do not count, except for the first action of an emergency.

Starting values: ``rules/parameters.py`` (United Kingdom, 2025; not law here).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from concertoit.field.cases.rules.parameters import Delays
from concertoit.field.cases.rules.workdays import add_working_days, end_of, local_day, next_working_day

SOON = timedelta(days=2)


class Clock(StrEnum):
    """What a delay is about, in order."""

    FIRST_ACTION = "first_action"
    INVESTIGATE = "investigate"
    SUMMARY = "summary"
    MAKE_SAFE = "make_safe"
    WORKS = "works"


class DueState(StrEnum):
    MET = "met"
    MET_LATE = "met_late"
    LATE = "late"
    SOON = "soon"
    RUNNING = "running"
    FORESEEN = "foreseen"  # waits for the step before
    PAUSED = "paused"
    NOT_NEEDED = "not_needed"
    STOPPED = "stopped"  # the case closed before


OPEN_STATES = frozenset({DueState.LATE, DueState.SOON, DueState.RUNNING, DueState.FORESEEN, DueState.PAUSED})


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count, both included; without an end, the pause lasts."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """A step that was done, or that the team found needless (``needed=False``), and when."""

    at: datetime
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """What the clocks need to know of a case."""

    known_at: datetime
    emergency: bool = False
    reached: Mapping[Clock, Reached] = field(default_factory=dict)
    pauses: Sequence[Pause] = ()
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """One delay: from when, until when, and where it stands."""

    clock: Clock
    since: datetime
    due_at: datetime
    state: DueState
    reached_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class _Paused:
    """Whether a day is paused; a pause without an end covers what is after today too, so it stops there."""

    def __init__(self, pauses: Sequence[Pause], today: date) -> None:
        self._spans = [(one.since, one.until or today) for one in pauses]

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and any(since <= day <= until for since, until in self._spans)

    def days_after(self, start: date, end: date) -> int:
        """How many days after ``start`` until ``end`` are paused."""
        return sum(start + timedelta(days=count) in self for count in range(1, (end - start).days + 1))


def schedule(case: Known, delays: Delays, now: datetime) -> list[Due]:
    """The delays of a case, in order, each with its due date and its state at ``now`` (an aware datetime)."""
    paused = _Paused(case.pauses, local_day(now))
    first = Clock.FIRST_ACTION if case.emergency else Clock.INVESTIGATE
    base_due = _due_of(first, case.known_at, delays, paused)
    lines = [_line(first, case.known_at, base_due, case, now)]
    begun = case.reached.get(first)
    base = begun.at if begun else max(base_due, now)
    for clock in (Clock.SUMMARY, Clock.MAKE_SAFE, Clock.WORKS):
        due_at = _due_of(clock, base, delays, paused)
        lines.append(_line(clock, base, due_at, case, now, foreseen=begun is None))
    return lines


def _due_of(clock: Clock, since: datetime, delays: Delays, paused: _Paused) -> datetime:
    count, start = delays[f"clock.{clock.value}"], local_day(since)
    if clock is Clock.FIRST_ACTION:
        return since + timedelta(hours=count)
    if clock is Clock.WORKS:
        return end_of(_weeks_after(start, count, paused))
    return end_of(add_working_days(start, count, paused))


def _weeks_after(start: date, weeks: int, paused: _Paused) -> date:
    """Calendar weeks, longer by the days that were paused, ending on a working day."""
    end = start + timedelta(weeks=weeks)
    lost = 0
    while (now_lost := paused.days_after(start, end)) != lost:
        lost = now_lost
        end = start + timedelta(weeks=weeks, days=lost)
    return next_working_day(end)


def _line(
    clock: Clock, since: datetime, due_at: datetime, case: Known, now: datetime, *, foreseen: bool = False
) -> Due:
    reached = case.reached.get(clock)
    if reached is not None:
        return Due(clock, since, due_at, _done(reached, due_at), reached.at)
    if case.closed_at is not None:
        return Due(clock, since, due_at, DueState.STOPPED)
    return Due(clock, since, due_at, _waiting(clock, due_at, case, now, foreseen=foreseen))


def _done(reached: Reached, due_at: datetime) -> DueState:
    if not reached.needed:
        return DueState.NOT_NEEDED
    return DueState.MET if reached.at <= due_at else DueState.MET_LATE


def _waiting(clock: Clock, due_at: datetime, case: Known, now: datetime, *, foreseen: bool) -> DueState:
    if due_at < now:
        return DueState.LATE
    if clock is not Clock.FIRST_ACTION and any(
        one.until is None or one.until >= local_day(now) for one in case.pauses
    ):
        return DueState.PAUSED
    if foreseen:
        return DueState.FORESEEN
    return DueState.SOON if due_at - now <= SOON else DueState.RUNNING


def next_due(lines: Sequence[Due]) -> Due | None:
    """The delay that comes first among those that still wait; a foreseen one only when nothing else waits."""
    waiting = [line for line in lines if line.is_open]
    return min(waiting, key=lambda line: (line.state is DueState.FORESEEN, line.due_at), default=None)
