"""Cells of a table of interventions, as people write them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.field.logbook.enums import CollectiveObject, Destination, EntryKind
from concertoit.field.logbook.enums.imports import Column
from concertoit.field.logbook.rules import import_cells as cells
from concertoit.ground.core.tables import BadTable, read_table
from concertoit.ground.core.typography import date_long


@pytest.mark.parametrize(
    "written",
    ["2026-02-24", "2026-02-24T09:30:00", "24/02/2026", "24-02-2026", "24.02.2026", "24/02/26", "20260224",
     "24 février 2026", "mardi 24 février 2026", "mar. 24 févr. 2026", "24 FEV 2026"],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(written: str) -> None:
    assert cells.day_in(written) == date(2026, 2, 24)


@pytest.mark.parametrize("written", [" ", "hier", "02/24/2026", "2026-02-30", "24 fleurier 2026", "24/02"])
def test_another_writing_is_no_day(written: str) -> None:
    with pytest.raises(ValueError, match=re.escape(written)):
        cells.day_in(written)


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)))
def test_every_day_comes_back(day: date) -> None:
    assert {cells.day_in(day.isoformat()), cells.day_in(f"{day:%d/%m/%Y}"), cells.day_in(date_long(day))} == {day}


@pytest.mark.parametrize(
    ("written", "hours", "minutes"),
    [("45", False, 45), ("45 min", False, 45), ("1 h 30", False, 90), ("1h30", False, 90), ("1 h", False, 60),
     ("1:30", False, 90), ("01:30:00", False, 90), ("1 heure", False, 60), ("1,5", False, 90), ("2", True, 120),
     ("1,5", True, 90), ("0.25", True, 15), ("2 h", True, 120), ("1\u00a0h\u00a015", False, 75), ("", False, None)],
)  # fmt: skip
def test_a_length_is_minutes(written: str, hours: bool, minutes: int | None) -> None:
    assert cells.minutes_in(written, hours=hours) == minutes


@pytest.mark.parametrize("written", ["long", "0", "1500", "-5", "25:00:61x", "²"])
def test_a_length_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=re.escape(written)):
        cells.minutes_in(written)


@given(st.text(max_size=20))
def test_any_text_is_a_length_or_refused(written: str) -> None:
    try:
        found = cells.minutes_in(written)
    except ValueError:
        return
    assert found is None or 1 <= found <= 1440


def test_counts_are_bounded() -> None:
    assert (cells.count_in("12", 2000), cells.count_in(" ", 2000)) == (12, None)
    for wrong in ("0", "2001", "douze", "1e3", "٣"):
        with pytest.raises(ValueError, match=re.escape(wrong)):
            cells.count_in(wrong, 2000)


def test_titles_are_recognised_whatever_their_dress_and_never_guessed() -> None:
    found = cells.places_of(
        ["DATE de l’intervention", "Immeuble", "Clientèle visée", "Temps passé au téléphone", "Date"]
    )
    assert found == {Column.ON: 0, Column.SITE: 1, Column.CLIENTELES: 2}


def test_words_of_the_form_are_known() -> None:
    assert cells.code_in(Column.KIND, "Un groupe") == EntryKind.COLLECTIVE
    assert cells.code_in(Column.OBJECT, "Comité") == CollectiveObject.COMMITTEE
    assert cells.code_in(Column.DESTINATION, "CLSC") == Destination.CISSS
    assert cells.code_in(Column.KIND, "autre chose") is None
    for column in (Column.KIND, Column.OBJECT, Column.DESTINATION):
        enum = {Column.KIND: EntryKind, Column.OBJECT: CollectiveObject, Column.DESTINATION: Destination}[column]
        assert all(cells.code_in(column, str(one.label)) == one for one in enum)


def test_a_cell_names_several_things() -> None:
    known = {"encombrement insalubrite", "accueil"}
    assert cells.parts_of("Accueil; Référence, Conflit et Bail\nCrise", known) == [
        "Accueil", "Référence", "Conflit", "Bail", "Crise",
    ]  # fmt: skip
    assert cells.parts_of("Encombrement, insalubrité", known) == ["Encombrement, insalubrité"]
    assert cells.parts_of("", known) == []


def test_a_csv_is_read_in_both_encodings_and_a_picture_is_not() -> None:
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        lines = read_table("Date;Milieu\n\n2026-02-24;Les Érables\n".encode(encoding), "a.csv")
        assert [(line.number, line.cells) for line in lines] == [
            (1, ["Date", "Milieu"]), (3, ["2026-02-24", "Les Érables"]),
        ]  # fmt: skip
    pictures = (b"\x89PNG", "a.png", "kind")
    for content, name, code in (pictures, (b"PK\x03\x04", "a.xlsx", "broken"), (b" " * 6_000_000, "a.csv", "big")):
        with pytest.raises(BadTable) as refused:
            read_table(content, name)
        assert refused.value.code == code
