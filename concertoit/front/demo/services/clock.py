"""Telling what happened before: everything written inside ``at(moment)`` happened then, journal and notices included."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest import mock


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let what is written happen at a moment. The example only: nothing else changes the time."""
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield
