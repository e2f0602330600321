"""Amounts, dates and hours in the language of whoever reads the page: French of Québec, or English of Canada.

Documents (the funder's form, exports) are French whatever the reader's interface: they use ``typography`` itself.
"""

from __future__ import annotations

from datetime import date, datetime, time

from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils.translation import get_language

from concertoit.ground.core import typography
from concertoit.ground.core.typography import MONTHS, NBSP, WEEKDAYS, Number, date_short

__all__ = ["date_long", "date_short", "day_and_month", "money", "number", "percent", "time_of_day", "weekday"]

ENGLISH = "en_CA"


def in_english() -> bool:
    """Whether the page being written is in English."""
    return (get_language() or "").startswith("en")


def number(value: Number, decimals: int = 0) -> str:
    """``61 267`` or ``61,267``."""
    if not in_english():
        return typography.number(value, decimals)
    pattern = "#,##0" + (f".{'0' * decimals}" if decimals else "")
    return format_decimal(value, pattern, locale=ENGLISH)


def money(amount: Number) -> str:
    """``11 446,00 $`` or ``$11,446.00``."""
    return format_currency(amount, "CAD", locale=ENGLISH) if in_english() else typography.money(amount)


def percent(ratio: Number, decimals: int = 0) -> str:
    """``31 %`` or ``31%``."""
    if not in_english():
        return typography.percent(ratio, decimals)
    return format_percent(ratio, "#,##0" + (f".{'0' * decimals}" if decimals else "") + "%", locale=ENGLISH)


def date_long(day: date, *, article: bool = True, weekday: bool = True) -> str:
    """``le mardi 24 février 2026`` or ``Tuesday, February 24, 2026``."""
    if not in_english():
        return typography.date_long(day, article=article, weekday=weekday)
    return format_date(day, "EEEE, MMMM d, y" if weekday else "MMMM d, y", locale=ENGLISH)


def time_of_day(moment: time | datetime) -> str:
    """``14 h 30`` or ``2:30 p.m.``."""
    return format_time(moment, "h:mm a", locale=ENGLISH) if in_english() else typography.time_of_day(moment)


def weekday(day: date) -> str:
    """``mardi`` or ``Tuesday``."""
    return format_date(day, "EEEE", locale=ENGLISH) if in_english() else WEEKDAYS[day.weekday()]


def day_and_month(day: date) -> str:
    """``1er février`` or ``February 1``."""
    if in_english():
        return format_date(day, "MMMM d", locale=ENGLISH)
    return f"{'1er' if day.day == 1 else day.day}{NBSP}{MONTHS[day.month - 1]}"
