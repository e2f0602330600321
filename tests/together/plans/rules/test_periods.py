"""French periods, among them every deadline of a real table of a government's commitments."""

from __future__ import annotations

import csv
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.together.plans.rules.periods import (
    from_serial,
    is_continuous,
    is_only_period,
    is_vague,
    leading_period,
    read_period,
)
from tests.shared_data import shared

START = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("26-28", "2026-01-01", "2028-12-31"),
        ("2026-2027", "2026-01-01", "2027-12-31"),
        ("2026-27", "2026-01-01", "2027-12-31"),
        ("2025-2026-2027", "2025-01-01", "2027-12-31"),
        ("2025, 2026 et 2027", "2025-01-01", "2027-12-31"),
        ("d'ici juin 2027", None, "2027-06-30"),
        ("D'ici la fin de 2026", None, "2026-12-31"),
        ("D'ici février 2026 et février 2027", None, "2027-02-28"),
        ("printemps 2026", "2026-03-01", "2026-05-31"),
        ("automne 2025 à hiver 2026", "2025-09-01", "2026-02-28"),
        ("Hiver 2025-2026", "2025-12-01", "2026-02-28"),
        ("T3 2026", "2026-07-01", "2026-09-30"),
        ("1er trimestre 2027", "2027-01-01", "2027-03-31"),
        ("mars 2026", "2026-03-01", "2026-03-31"),
        ("15 mars 2026", "2026-03-15", "2026-03-15"),
        ("mars à juin 2026", "2026-03-01", "2026-06-30"),
        ("décembre à février 2027", "2026-12-01", "2027-02-28"),
        ("Du 1er avril 2026 au 31 mars 2027", "2026-04-01", "2027-03-31"),
        ("À partir de janvier 2026", "2026-01-01", None),
        ("jusqu'en 2029", None, "2029-12-31"),
        ("exercice 2023-2024", "2023-04-01", "2024-03-31"),
        ("2026-03-15", "2026-03-15", "2026-03-15"),
        ("15/03/2026", "2026-03-15", "2026-03-15"),
        ("AN 1", "2026-04-01", "2027-03-31"),
        ("An 1 et 2", "2026-04-01", "2028-03-31"),
        ("en continu", None, None),
        ("annuellement", None, None),
        ("court terme", None, None),
        ("septembre", None, None),
    ],
)
def test_periods(text: str, start: str | None, end: str | None) -> None:
    period = read_period(text, plan_start=START)
    assert period is not None
    assert period.written == text
    assert period.start == (date.fromisoformat(start) if start else None)
    assert period.end == (date.fromisoformat(end) if end else None)
    assert is_only_period(text)


def test_words_that_are_not_a_period() -> None:
    for text in ("Lorsque le financement sera obtenu", "25-50 logements", "Comité logement", ""):
        assert read_period(text) is None
        assert not is_only_period(text)


def test_a_relative_year_has_no_date_without_a_plan() -> None:
    period = read_period("An 2")
    assert period is not None
    assert (period.start, period.end) == (None, None)


def test_continuous_and_vague() -> None:
    assert is_continuous("Septembre 2026, puis en continu")
    assert is_vague("À déterminer")
    assert is_vague("moyen-long terme")
    assert not is_vague("mars 2026")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("26-28 1, Identifier", "26-28"),
        ("26-28 AN 1 1, Assurer", "26-28"),
        ("27-28 1,1 Un comité", "27-28"),
        ("mars 2026 : faire", "mars 2026"),
        ("d'ici juin 2027 Faire ceci", "d'ici juin 2027"),
        ("1, Identifier", ""),
        ("2 comités", ""),
    ],
)
def test_a_period_before_steps(text: str, period: str) -> None:
    assert leading_period(text) == period


def test_official_dates_of_real_deadlines() -> None:
    """Where the government gives the month of its deadline, the end read from the words is that month.

    Left out: words without a date, two dates in one sentence (the official one is the first), and a row of the table
    that contradicts its own text.
    """
    different = []
    with shared("data/quebec/echeances_fr.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            period, official = read_period(row["texte"]), row["date_officielle_AAAA-MM"]
            assert period is not None or not official, row["texte"]
            if official and period and period.end and f"{period.end:%Y-%m}" != official:
                different.append(row["texte"])
    assert len(different) == 5
    assert sum(text.startswith("Achèvement d'ici") for text in different) == 2
    assert "D'ici mars 2023" in different


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_iso_date(day: date) -> None:
    period = read_period(day.isoformat())
    assert period is not None
    assert (period.start, period.end) == (day, day)
    assert from_serial((day - date(1899, 12, 30)).days) == day


@given(st.integers(2010, 2060), st.integers(0, 10))
def test_every_range_of_years(first: int, length: int) -> None:
    period = read_period(f"{first}-{first + length}" if length else str(first))
    assert period is not None
    assert (period.start, period.end) == (date(first, 1, 1), date(first + length, 12, 31))


@given(st.text(max_size=80))
def test_any_text_is_read_without_error(text: str) -> None:
    period = read_period(text, plan_start=START)
    if period and period.start and period.end:
        assert period.start <= period.end + timedelta(days=1)
    assert leading_period(text) in text or not text
