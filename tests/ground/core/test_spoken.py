"""Numbers and dates follow the reader's language; documents stay French."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.utils.translation import override

from concertoit.ground.core import spoken, typography

DAY = date(2026, 2, 24)


def test_french_is_that_of_typography() -> None:
    with override("fr-ca"):
        assert spoken.money(Decimal("11446")) == typography.money(Decimal("11446"))
        assert spoken.number(61267) == typography.number(61267)
        assert spoken.percent(0.305) == typography.percent(0.305)
        assert spoken.date_long(DAY) == typography.date_long(DAY)
        assert spoken.time_of_day(time(14, 30)) == typography.time_of_day(time(14, 30))
        assert (spoken.weekday(DAY), spoken.day_and_month(date(2026, 5, 1))) == ("mardi", "1er\u00a0mai")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (lambda: spoken.money(Decimal("11446")), "$11,446.00"),
        (lambda: spoken.number(61267), "61,267"),
        (lambda: spoken.number(Decimal("2.5"), 1), "2.5"),
        (lambda: spoken.percent(0.31), "31%"),
        (lambda: spoken.date_long(DAY), "Tuesday, February 24, 2026"),
        (lambda: spoken.date_long(DAY, weekday=False), "February 24, 2026"),
        (lambda: spoken.date_short(DAY), "2026-02-24"),
        (lambda: spoken.weekday(DAY), "Tuesday"),
        (lambda: spoken.day_and_month(DAY), "February 24"),
    ],
)
def test_english_of_canada(written: object, expected: str) -> None:
    with override("en"):
        assert callable(written)
        assert written() == expected


def test_english_hours() -> None:
    with override("en"):
        assert spoken.time_of_day(time(14, 30)).replace("\u202f", " ").replace("\u00a0", " ") == "2:30 p.m."
