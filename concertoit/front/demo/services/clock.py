"""Telling what happened before: everything written inside ``at(moment)`` happened then, journal and notices included."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from unittest import mock

from django.utils import timezone


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let what is written happen at a moment. The example only: nothing else changes the time."""
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield


def hour_of(day: date, hour: int = 12, minute: int = 0) -> datetime:
    """A local hour of a day, in UTC as the clock gives it: links that are sent are made from it."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute))).astimezone(UTC)


def ago(days: int, hour: int = 12, minute: int = 0) -> datetime:
    """An hour of the day that was some days ago; in some days when ``days`` is negative."""
    return hour_of(timezone.localdate() - timedelta(days=days), hour, minute)
