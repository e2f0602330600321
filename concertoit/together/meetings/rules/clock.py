"""Time during a meeting: what the current point has left, when the meeting would end, by how much it overruns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

TODO, CURRENT, DONE, DEFERRED = "todo", "current", "done", "deferred"


@dataclass(frozen=True, slots=True)
class Stop:
    """A point, or a line under one (``section`` is then the key of the point). ``minutes`` planned, ``spent`` seconds."""

    pk: int
    minutes: int
    state: str = TODO
    spent: int = 0
    started_at: datetime | None = None
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """Where time stands. ``left``: seconds of the current point, negative when it overruns, nothing without a length.

    ``until``: when these run out. ``ends_at``: when the meeting would end; ``late``: minutes after its planned end
    (negative: to spare).
    """

    planned: int
    spent: int
    left: int | None
    until: datetime | None
    ends_at: datetime
    late: int

    @property
    def over(self) -> int:
        """Whole minutes by which the current point overruns; 0 when it does not."""
        return -(self.left // 60) if self.left is not None and self.left < 0 else 0


def spent(stop: Stop, now: datetime) -> int:
    """Seconds spent on a point so far, those that run included."""
    running = stop.started_at is not None and stop.state == CURRENT
    return stop.spent + (max(0, int((now - stop.started_at).total_seconds())) if running and stop.started_at else 0)


def clock(stops: Sequence[Stop], now: datetime, planned_end: datetime) -> Clock:
    """The clock of a meeting whose stops are in reading order.

    A line without minutes of its own runs on those of the point above it, with what was spent on the whole of it. What is
    left of the meeting is what is left of the current point and the minutes of the points not begun.
    """
    current = next((stop for stop in stops if stop.state == CURRENT), None)
    if current is None:
        end = now + timedelta(seconds=_ahead(stops, None, now))
        return Clock(0, 0, None, None, end, _minutes(end - planned_end))
    together, planned = _shares(stops, current)
    used = sum(spent(stop, now) for stop in together)
    left = planned * 60 - used if planned else None
    end = now + timedelta(seconds=_ahead(stops, current, now))
    until = now + timedelta(seconds=left) if left is not None else None
    return Clock(planned, used, left, until, end, _minutes(end - planned_end))


def _shares(stops: Sequence[Stop], current: Stop) -> tuple[list[Stop], int]:
    """The stops that share the minutes of the current one, and these minutes."""
    if current.minutes and current.section:
        return [current], current.minutes
    top = current.section or current.pk
    together = [stop for stop in stops if top in (stop.pk, stop.section)]
    return together, _whole(stops, top)


def _whole(stops: Sequence[Stop], top: int) -> int:
    """Minutes of a point: its own, or those of its lines where these add up to more."""
    own = next((stop.minutes for stop in stops if stop.pk == top), 0)
    return max(own, sum(stop.minutes for stop in stops if stop.section == top))


def _ahead(stops: Sequence[Stop], current: Stop | None, now: datetime) -> int:
    """Seconds still needed: for each point that is not over, its minutes less what was spent on it and its lines."""
    seconds = 0
    at = (current.section or current.pk) if current else None
    for top in (stop for stop in stops if stop.section is None):
        under = [stop for stop in stops if stop.section == top.pk]
        open_lines = any(stop.state in (TODO, CURRENT) for stop in under)
        if top.pk != at and (top.state in (DONE, DEFERRED) or (top.state != TODO and not open_lines)):
            continue
        used = sum(spent(stop, now) for stop in (top, *under))
        seconds += max(0, _whole(stops, top.pk) * 60 - used)
    return seconds


def _minutes(gap: timedelta) -> int:
    """Whole minutes, towards the later."""
    return -int(-gap.total_seconds() // 60)


def beside(stops: Sequence[Stop], pk: int | None, *, forward: bool) -> int | None:
    """The stop after (or before) one, those put off apart; the first one to treat when there is none current."""
    keys = [stop.pk for stop in stops if stop.state != DEFERRED or stop.pk == pk]
    if pk is None or pk not in keys:
        return next((stop.pk for stop in stops if stop.state == TODO), None) if forward else None
    place = keys.index(pk) + (1 if forward else -1)
    return keys[place] if 0 <= place < len(keys) else None
