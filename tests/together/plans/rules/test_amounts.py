"""Amounts in French, and the reasons for which one is not read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.together.plans.rules.amounts import Unread, holds_money, read_amount, read_yearly_amounts


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("11 446,00 $", "11446.00"),
        ("11\u202f446,00\u00a0$", "11446.00"),
        ("11 446,00 \\$", "11446.00"),
        ("22 680$", "22680.00"),
        ("5 000 $/an", "5000.00"),
        ("1,5 M$", "1500000.00"),
        ("1,5 million de dollars", "1500000.00"),
        ("10k$", "10000.00"),
        ("$5,000", "5000.00"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("12000", "12000.00"),
        ("2 x 500", "1000.00"),
        ("0 $", "0.00"),
        ("5 000 $ (MRC) + 2 000 $ (FRR)", "7000.00"),
        ("15 000 $ (2026)", "15000.00"),
        ("Total : 5 000 $", "5000.00"),
        ("150 000 € TTC", "150000.00"),
        ("1 234 567,89 $", "1234567.89"),
    ],
)
def test_amounts(text: str, total: str) -> None:
    assert read_amount(text).total == Decimal(total)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Entre 200 et 500", Unread.RANGE),
        ("500 à 1000 $", Unread.RANGE),
        ("environ 500 $", Unread.RANGE),
        ("À déterminer", Unread.TO_DETERMINE),
        ("N/A", Unread.NONE),
        ("-", Unread.NONE),
        ("Temps de l'agente", Unread.WORDS),
        ("3 rencontres", Unread.WORDS),
        ("Ressources internes (10 h)", Unread.WORDS),
        ("Inclus dans 1.1.1", Unread.WORDS),
        ("20 %", Unread.WORDS),
        ("", Unread.EMPTY),
    ],
)
def test_what_is_not_read_says_why(text: str, reason: Unread) -> None:
    reading = read_amount(text)
    assert reading.reason is reason
    assert reading.total is None


def test_what_repeats_an_amount_is_kept() -> None:
    assert read_amount("5 000 $/an").amounts[0].per == "an"
    assert read_amount("2 x 500 $").amounts[0].computed


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Budget an 1 : 7 590 Budget an 2 : 3 856", [("an 1", "7590.00"), ("an 2", "3856.00")]),
        ("An 1 :22 680$ An 2 :12 600$", [("an 1", "22680.00"), ("an 2", "12600.00")]),
        ("2026-2027 : 5000 $\n2027-2028 : 6000 $", [("2026-2027", "5000.00"), ("2027-2028", "6000.00")]),
        ("Nombre d'élus présents", []),
        ("5 000 $", []),
    ],
)
def test_yearly_splits(text: str, amounts: list[tuple[str, str]]) -> None:
    assert [(a.label, str(a.value)) for a in read_yearly_amounts(text)] == amounts


@given(st.integers(0, 99_999_999), st.integers(0, 99), st.sampled_from([" ", "\u00a0", "\u202f", ""]), st.booleans())
def test_every_amount_written_in_french(dollars: int, cents: int, space: str, with_cents: bool) -> None:
    written = f"{dollars:,}".replace(",", space) + (f",{cents:02d}" if with_cents else "")
    expected = Decimal(dollars) + (Decimal(cents) / 100 if with_cents else 0)
    assert read_amount(f"{written} $").total == expected
    assert holds_money(f"{written}$")


@given(st.text(max_size=60))
def test_any_text_is_read_without_error(text: str) -> None:
    reading = read_amount(text)
    assert (reading.total is None) == (reading.reason is not None)
