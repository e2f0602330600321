"""How long, in pure Python."""

from calendar import monthrange
from datetime import date


def months_before(day: date, months: int) -> date:
    """The same day some months earlier; the last of the month where there is no such day."""
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_and_months(months: int) -> tuple[int, int]:
    """A length of keeping as people say it."""
    return divmod(months, 12)
