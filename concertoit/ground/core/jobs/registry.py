"""What work exists, and what comes back by itself every hour, day or week."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol


class Run(Protocol):
    """One execution, as its handler sees it."""

    @property
    def payload(self) -> dict[str, Any]: ...
    @property
    def space_id(self) -> int | None: ...
    @property
    def asked_by_id(self) -> int | None: ...
    @property
    def attempt(self) -> int: ...

    def progress(self, percent: int, message: str = "") -> None:
        """Say how far it is (0 to 100) to the person who waits."""


Handler = Callable[[Run], dict[str, Any] | None]
Schedule = Callable[[datetime], datetime]


@dataclass(frozen=True, slots=True)
class Definition:
    """A kind of job. The handler's answer is kept as the result; ``url`` and ``label`` in it make a link."""

    name: str
    handler: Handler
    max_attempts: int


_definitions: dict[str, Definition] = {}
_periodic: dict[str, Schedule] = {}


def job(name: str, *, max_attempts: int = 5) -> Callable[[Handler], Handler]:
    """Declare a kind of job: ``room.what``. The same name twice is a programming error."""

    def declare(handler: Handler) -> Handler:
        known = _definitions.get(name)
        if known and known.handler is not handler:
            raise ValueError(f"job declared twice: {name}")
        _definitions[name] = Definition(name, handler, max_attempts)
        return handler

    return declare


def definition(name: str) -> Definition | None:
    return _definitions.get(name)


def periodic(name: str, schedule: Schedule) -> None:
    """Run a declared job by itself: ``periodic("notifications.digests", daily(6, 30))``."""
    _periodic[name] = schedule


def schedules() -> dict[str, Schedule]:
    return dict(_periodic)


def hourly(minute: int = 0) -> Schedule:
    """Every hour, at this minute."""

    def latest(now: datetime) -> datetime:
        moment = now.replace(minute=minute, second=0, microsecond=0)
        return moment if moment <= now else moment - timedelta(hours=1)

    return latest


def daily(hour: int, minute: int = 0) -> Schedule:
    """Every day at this local time."""

    def latest(now: datetime) -> datetime:
        moment = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return moment if moment <= now else moment - timedelta(days=1)

    return latest


def weekly(weekday: int, hour: int, minute: int = 0) -> Schedule:
    """Every week on this day (0 is Monday) at this local time."""
    at_time = daily(hour, minute)

    def latest(now: datetime) -> datetime:
        moment = at_time(now)
        return moment - timedelta(days=(moment.weekday() - weekday) % 7)

    return latest
