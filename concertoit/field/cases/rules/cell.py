"""The log of an emergency cell, chained so that tampering shows, and how long the cell takes to deploy (I6)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Any

# Roles without which a cell does not turn: who leads, who keeps people safe, who writes. A choice of the platform.
ESSENTIAL_ROLES = ("lead", "safety", "log")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log as it was written. ``at``: ISO moment; ``corrects``: the number of the line that it corrects."""

    number: int
    at: str
    kind: str
    text: str
    author: str
    corrects: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


def digest_of(line: Line, previous: str) -> str:
    """SHA-256 of a line and of the digest before it: changing or removing one line changes all that follow."""
    content = {
        "number": line.number, "at": line.at, "kind": line.kind, "text": line.text, "author": line.author,
        "corrects": line.corrects, "data": dict(line.data), "previous": previous,
    }  # fmt: skip
    return hashlib.sha256(
        json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()


def broken_at(lines: Sequence[tuple[Line, str]], *, count: int, head: str) -> int | None:
    """The number of the first line that is not as it was written; nothing for a whole log.

    ``count`` and ``head`` are what the cell itself remembers, so that removing the last lines shows too.
    """
    previous = ""
    for expected, (line, kept) in enumerate(lines, 1):
        if line.number != expected or digest_of(line, previous) != kept:
            return expected
        previous = kept
    if len(lines) != count or previous != head:
        return min(len(lines), count) + 1
    return None


@dataclass(frozen=True, slots=True)
class Holder:
    """A member who answers « I come » to the call: the role held, since when, and when they answered."""

    role: str
    role_at: datetime
    acknowledged_at: datetime


def quorum_at(holders: Iterable[Holder]) -> datetime | None:
    """When every essential role was held by somebody who had answered; nothing while one is missing."""
    first: dict[str, datetime] = {}
    for one in holders:
        moment = max(one.role_at, one.acknowledged_at)
        first[one.role] = min(moment, first.get(one.role, moment))
    if not set(ESSENTIAL_ROLES) <= set(first):
        return None
    return max(first[role] for role in ESSENTIAL_ROLES)


@dataclass(frozen=True, slots=True)
class Times:
    """How long after the activation: the first answer, the essential roles held, the first act on site, the end."""

    acknowledged: timedelta | None = None
    quorum: timedelta | None = None
    on_site: timedelta | None = None
    stood_down: timedelta | None = None


def times(
    activated: datetime,
    *,
    acknowledged: datetime | None = None,
    quorum: datetime | None = None,
    on_site: datetime | None = None,
    stood_down: datetime | None = None,
) -> Times:
    """Durations from moments; what has not happened stays empty."""

    def since(moment: datetime | None) -> timedelta | None:
        return None if moment is None else max(moment - activated, timedelta())

    return Times(since(acknowledged), since(quorum), since(on_site), since(stood_down))


@dataclass(frozen=True, slots=True)
class Middle:
    """The median of a step, over how many cells that reached it."""

    value: timedelta | None
    count: int


def middle(values: Iterable[timedelta | None]) -> Middle:
    """The median of what is known."""
    known = [value.total_seconds() for value in values if value is not None]
    return Middle(timedelta(seconds=median(known)) if known else None, len(known))
