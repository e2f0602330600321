"""Seats, presence and hours, in pure Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

# One checks in from half an hour before the beginning to two hours after the end: ours.
EARLY, LATE = timedelta(minutes=30), timedelta(hours=2)


def free_seats(capacity: int | None, taken: int) -> int | None:
    """How many may still register; nothing says « without limit »."""
    return None if capacity is None else max(0, capacity - taken)


def has_seat(capacity: int | None, taken: int, waiting: int) -> bool:
    """Whether somebody who comes now has a seat: nobody passes before those who wait."""
    return capacity is None or (waiting == 0 and taken < capacity)


def called_up(capacity: int | None, taken: int, waiting: Sequence[int]) -> list[int]:
    """Who of the waiting list gets a seat, in the order they came."""
    free = free_seats(capacity, taken)
    return list(waiting if free is None else waiting[:free])


def may_check_in(starts_at: datetime, minutes: int, now: datetime) -> bool:
    """Whether the code of a session works at a moment."""
    return starts_at - EARLY <= now <= starts_at + timedelta(minutes=minutes) + LATE


def hours(minutes: int) -> Decimal:
    """A length in hours to the quarter, as certificates say it."""
    return (Decimal(minutes) / 15).quantize(Decimal(1)) / 4


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many registered, came, and did not; ``unknown`` have no presence taken."""

    registered: int
    present: int
    absent: int
    waiting: int = 0
    cancelled: int = 0

    @property
    def unknown(self) -> int:
        return self.registered - self.present - self.absent

    @property
    def share(self) -> Fraction | None:
        """Present over those whose presence is known."""
        known = self.present + self.absent
        return Fraction(self.present, known) if known else None


def add_up(turnouts: Sequence[Turnout]) -> Turnout:
    """Several sessions together: seats, not people (somebody may come twice)."""
    return Turnout(
        registered=sum(one.registered for one in turnouts),
        present=sum(one.present for one in turnouts),
        absent=sum(one.absent for one in turnouts),
        waiting=sum(one.waiting for one in turnouts),
        cancelled=sum(one.cancelled for one in turnouts),
    )
