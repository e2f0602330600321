"""Outline numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.together.plans.rules.outline import (
    COMMA,
    MISSING_SEPARATOR,
    STRAY_NUMBER,
    canonical,
    find_codes,
    from_roman,
    parse_parts,
    read_number,
    to_roman,
)

PARTS = st.lists(st.integers(1, 40), min_size=2, max_size=5)


@pytest.mark.parametrize(
    ("text", "written", "parts", "rest", "faults"),
    [
        ("1,1,1 Agir", "1,1,1", (1, 1, 1), "Agir", (COMMA,)),
        ("1.1.1 3 L'accueil", "1.1.1 3", (1, 1, 1, 3), "L'accueil", (MISSING_SEPARATOR,)),
        ("1.1.1 3 logements", "1.1.1", (1, 1, 1), "3 logements", ()),
        ("2.1,2,1 Des liens", "2.1,2,1", (2, 1, 2, 1), "Des liens", (COMMA,)),
        ("3.1.1. Veiller", "3.1.1", (3, 1, 1), "Veiller", ()),
        ("1.2.2.1 : Les", "1.2.2.1", (1, 2, 2, 1), "Les", ()),
        ("1 2,1 Mobiliser", "2,1", (2, 1), "Mobiliser", (COMMA, STRAY_NUMBER)),
        ("A.1 Agir", "A.1", (1, 1), "Agir", ()),
        ("II - Loger", "II", (2,), "Loger", ()),
        ("1) Agir", "1", (1,), "Agir", ()),
        ("a) Agir", "a", (1,), "Agir", ()),
        ("1- Agir", "1", (1,), "Agir", ()),
        ("C01.1.2 Agir", "C01.1.2", (3, 1, 1, 2), "Agir", ()),
        ("4.3.3", "4.3.3", (4, 3, 3), "", ()),
    ],
)
def test_numbers(text: str, written: str, parts: tuple[int, ...], rest: str, faults: tuple[str, ...]) -> None:
    number = read_number(text)
    assert number is not None
    assert (number.written, number.parts, number.rest, number.faults) == (written, parts, rest, faults)


@pytest.mark.parametrize(
    "text",
    [
        "6 rencontres de chantier", "1,5 M$", "20 % de logements", "2026 – Plan", "2026-2028", "15 mars 2026",
        "2,5 heures", "1er janvier", "11 446,00 $", "10 000 logements", "C'est", "À faire", "MRC de Montcalm",
        "2027-03-31", "3", "",
    ],
)  # fmt: skip
def test_quantities_dates_and_words_are_not_numbers(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "parts"), [("2 : Vision", (2,)), ("II Loger", (2,)), ("A", (1,)), ("1.1 Titre", (1, 1))]
)
def test_after_a_label_a_bare_number_counts(text: str, parts: tuple[int, ...]) -> None:
    number = read_number(text, labelled=True)
    assert number is not None
    assert number.parts == parts


def test_after_a_label_years_do_not_count() -> None:
    assert read_number(" 2026-2028", labelled=True) is None


@given(PARTS, st.sampled_from(".,"), st.sampled_from(["", ".", " :", " -"]))
def test_any_writing_of_an_outline_number_is_read(parts: list[int], separator: str, close: str) -> None:
    if len(parts) == 2 and separator == ",":
        parts = [*parts, 1]
    number = read_number(f"{separator.join(map(str, parts))}{close} Agir ensemble")
    assert number is not None
    assert number.parts == tuple(parts)
    assert number.rest == "Agir ensemble"
    assert canonical(number.parts) == ".".join(map(str, parts))


@given(st.integers(1, 89))
def test_roman_numerals(value: int) -> None:
    assert from_roman(to_roman(value)) == value
    assert parse_parts(to_roman(value)) == (value,) or len(to_roman(value)) == 1


@given(st.text(max_size=60))
def test_any_text_is_read_without_error(text: str) -> None:
    number = read_number(text)
    if number is not None:
        assert number.parts
        assert number.rest in text


def test_codes_in_prose() -> None:
    assert find_codes("(lien avec 2,1,1,2 + 2,2,2,2)") == ["2,1,1,2", "2,2,2,2"]
    assert find_codes("voir 1.2 et 1.2.3") == ["1.2.3"]
    assert find_codes("voir 1.2", least=2) == ["1.2"]
    assert find_codes("le 10.5 % de 1234.5.6") == []
