"""Lines of a spreadsheet or a CSV, as text."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter

from concertoit.ground.core.tables import MOST_BYTES, BadTable, read_table


def workbook(*rows: list[object]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_a_csv_says_its_own_mark_and_number_its_lines(mark: str) -> None:
    lines = read_table(f"Rue{mark}Ville\n\n Haute {mark}Laval\n".encode("cp1252"), "liste.CSV")
    assert [(line.number, line.cells) for line in lines] == [(1, ["Rue", "Ville"]), (3, ["Haute", "Laval"])]


def test_a_workbook_is_read_as_people_write() -> None:
    lines = read_table(workbook(["Jour", "Oui", "Nombre"], [date(2026, 11, 22), True, 12.0]), "liste.xlsx")
    assert [line.cells for line in lines] == [["Jour", "Oui", "Nombre"], ["2026-11-22", "oui", "12"]]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"x" * (MOST_BYTES + 1), "liste.csv", "big"),
        (b"%PDF-1.7", "liste.pdf", "kind"),
        (b"PK\x03\x04 rien", "liste.xlsx", "broken"),
        (b'rue\n"' + b"x" * 200_000 + b'"\n', "liste.csv", "broken"),  # a cell longer than Python's reader takes
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, name: str, code: str) -> None:
    with pytest.raises(BadTable) as refused:
        read_table(content, name)
    assert refused.value.code == code
