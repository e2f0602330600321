"""How long, in pure Python."""

import hashlib
from calendar import monthrange
from datetime import date

NIGHT = (2, 40)
"""Hour and minute, local time, of the nightly pass."""


def months_before(day: date, months: int) -> date:
    """The same day some months earlier; the last of the month where there is no such day."""
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def text_version(*parts: str) -> str:
    """A name for a text that changes when any of its parts changes."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def years_and_months(months: int) -> tuple[int, int]:
    """A length of keeping as people say it."""
    return divmod(months, 12)
