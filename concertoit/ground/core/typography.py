"""French of Québec on the page: amounts, dates, hours, percentages and counts with the spaces they need.

Every space that must not break is U+00A0, as Québec's typography asks before ``$``, ``%`` and ``h``, and between
groups of three digits (Office québécois de la langue française, *Vitrine linguistique*). These functions always answer
in French: they serve documents that are French whatever the reader's interface (the funder's form, exports) as well as
templates.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

NBSP = "\u00a0"
MINUS = "\u2212"

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre",
)  # fmt: skip

Number = Decimal | int | float


def number(value: Number, decimals: int = 0) -> str:
    """Write a number with a decimal comma and groups of three digits: ``61267`` gives ``61 267``.

    Halves are rounded away from zero, as people do on paper. A float is read by its shortest decimal writing, so that
    ``2.675`` means 2.675 and not the binary number just under it.
    """
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,f}".replace(",", NBSP).replace(".", ",")
    return MINUS + text if rounded < 0 else text


def money(amount: Number) -> str:
    """Write an amount in dollars to the cent: ``Decimal("11446")`` gives ``11 446,00 $``."""
    return f"{number(amount, 2)}{NBSP}$"


def percent(ratio: Number, decimals: int = 0) -> str:
    """Write a ratio (0 to 1) as a percentage: ``0.305`` gives ``31 %``, with ``decimals=1`` ``30,5 %``."""
    exact = ratio if isinstance(ratio, Decimal) else Decimal(str(ratio))
    return f"{number(exact * 100, decimals)}{NBSP}%"


def date_short(day: date) -> str:
    """Write a date for a table: ``2026-02-24``."""
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def date_long(day: date, *, article: bool = True, weekday: bool = True) -> str:
    """Write a date for a sentence: ``le mardi 24 février 2026``; the first of the month is ``1er``."""
    ordinal = "1er" if day.day == 1 else str(day.day)
    words = [f"{ordinal}{NBSP}{MONTHS[day.month - 1]} {day.year}"]
    if weekday:
        words.insert(0, WEEKDAYS[day.weekday()])
    if article:
        words.insert(0, "le")
    return " ".join(words)


def time_of_day(moment: time | datetime) -> str:
    """Write an hour on 24 hours: ``14 h 30``; a whole hour has no minutes (``9 h``)."""
    hour = f"{moment.hour}{NBSP}h"
    return f"{hour}{NBSP}{moment.minute:02d}" if moment.minute else hour


def count(noun: str, n: Number, plural: str = "") -> str:
    """Write a number with its noun: ``count("étape", 205)`` gives ``205 étapes``; French is plural from two.

    ``plural`` is for nouns that do not simply take an *s* (``count("appel local", n, "appels locaux")``).
    """
    decimals = 0 if n == int(n) else 1
    word = (plural or f"{noun}s") if abs(float(n)) >= 2 else noun
    return f"{number(n, decimals)}{NBSP}{word}"


def french_spaces(text: str) -> str:
    """Put no-break spaces where French wants them in a sentence written with plain ones: inside « », before : $ %."""
    for plain, kept in (
        ("« ", f"«{NBSP}"),
        (" »", f"{NBSP}»"),
        (" :", f"{NBSP}:"),
        (" $", f"{NBSP}$"),
        (" %", f"{NBSP}%"),
    ):
        text = text.replace(plain, kept)
    return text
