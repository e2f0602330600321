"""French typography: what a page or a document shows for amounts, dates, hours and counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.ground.core import typography

NBSP = typography.NBSP


def plain(text: str) -> str:
    """Show no-break spaces as ``~`` so that the expected values can be read."""
    return text.replace(NBSP, "~")


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (Decimal(11446), "11~446,00~$"),
        (Decimal("61267.00"), "61~267,00~$"),
        (Decimal(0), "0,00~$"),
        (Decimal("999.995"), "1~000,00~$"),
        (Decimal("-1541.5"), "−1~541,50~$"),
        (Decimal("-0.001"), "0,00~$"),
        (1234567.5, "1~234~567,50~$"),
        (2.675, "2,68~$"),
    ],
)
def test_money(amount: Decimal | float, expected: str) -> None:
    assert plain(typography.money(amount)) == expected


@given(st.decimals(min_value=Decimal("-1e12"), max_value=Decimal("1e12"), places=2, allow_nan=False))
def test_money_says_the_amount_exactly(amount: Decimal) -> None:
    digits = typography.money(amount).removesuffix(f"{NBSP}$").replace(NBSP, "").replace(",", ".")
    assert Decimal(digits.replace("−", "-")) == amount


@pytest.mark.parametrize(
    ("ratio", "decimals", "expected"),
    [
        (0.305, 0, "31~%"),
        (0.305, 1, "30,5~%"),
        (Decimal(61) / 205, 0, "30~%"),
        (1, 0, "100~%"),
        (12.5, 0, "1~250~%"),
    ],
)
def test_percent(ratio: Decimal | float, decimals: int, expected: str) -> None:
    assert plain(typography.percent(ratio, decimals)) == expected


def test_dates() -> None:
    assert typography.date_short(date(2026, 2, 24)) == "2026-02-24"
    assert plain(typography.date_long(date(2026, 2, 24))) == "le mardi 24~février 2026"
    assert plain(typography.date_long(date(2026, 6, 1))) == "le lundi 1er~juin 2026"
    assert plain(typography.date_long(date(2026, 6, 1), article=False, weekday=False)) == "1er~juin 2026"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (time(14, 30), "14~h~30"),
        (time(9, 0), "9~h"),
        (time(9, 5), "9~h~05"),
        (datetime(2026, 1, 1, 0, 0, tzinfo=UTC), "0~h"),
    ],
)
def test_time_of_day(moment: time | datetime, expected: str) -> None:
    assert plain(typography.time_of_day(moment)) == expected


@pytest.mark.parametrize(
    ("noun", "n", "plural", "expected"),
    [
        ("étape", 0, "", "0~étape"),
        ("étape", 1, "", "1~étape"),
        ("étape", 1.5, "", "1,5~étape"),
        ("étape", 2, "", "2~étapes"),
        ("étape", 1205, "", "1~205~étapes"),
        ("appel local", 3, "appels locaux", "3~appels locaux"),
    ],
)
def test_count(noun: str, n: float, plural: str, expected: str) -> None:
    assert plain(typography.count(noun, n, plural)) == expected


def test_french_spaces_leave_no_sign_alone_on_its_line() -> None:
    assert plain(typography.french_spaces("« Note » : 30 % de 5 $; fin")) == "«~Note~»~: 30~% de 5~$; fin"
