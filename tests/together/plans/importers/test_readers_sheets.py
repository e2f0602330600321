"""Spreadsheets: values as people see them, typed where the format knows."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import odfdo
import openpyxl
import pytest
import xlsxwriter

from concertoit.together.plans.importers.readers import read
from concertoit.together.plans.importers.readers.spreadsheet import letters, number
from concertoit.together.plans.importers.readers.xlsx import area_of, column_of
from concertoit.together.plans.importers.source import Paragraph, Table
from tests.shared_data import shared
from tests.together.plans.importers.small_documents import CSV, small_ods


def grid(table: Table) -> list[list[str]]:
    return [["#" if cell.covered else cell.text for cell in row] for row in table.rows]


class Book:
    """A workbook being written; ``done`` gives its bytes."""

    def __init__(self) -> None:
        self.data = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.data, {"in_memory": True})

    def sheet(self, name: str, rows: list[list[object]] | None = None) -> Any:
        sheet = self.book.add_worksheet(name)
        for index, row in enumerate(rows or []):
            sheet.write_row(index, 0, row)
        return sheet

    def done(self) -> bytes:
        self.book.close()
        return self.data.getvalue()


def test_every_sheet_is_a_table_with_its_name_and_places() -> None:
    book = Book()
    book.sheet("Axe 1", [["Objectif", "Action"], ["O", "A"]])
    book.sheet("Vide")
    book.sheet("Axe 2", [["x"]])
    document = read(book.done(), "plan.xlsx")
    assert [table.name for table in document.tables()] == ["Axe 1", "Axe 2"]
    assert document.tables()[0].rows[1][1].place == "feuille Axe 1, cellule B2"


def test_dates_numbers_amounts_and_percentages() -> None:
    book = Book()
    sheet = book.sheet("f")
    day, money, share = (book.book.add_format({"num_format": form}) for form in ("dd/mm/yyyy", '# ##0.00 "$"', "0 %"))
    sheet.write_datetime(0, 0, datetime.fromisoformat("2026-03-31"), day)
    sheet.write(0, 1, 30633.499999999996, money)
    sheet.write(0, 2, 0.25, share)
    sheet.write(0, 3, 46173)
    sheet.write(0, 4, 1.1, book.book.add_format({"num_format": "0.00"}))
    sheet.write(0, 5, True)
    cells = read(book.done(), "plan.xlsx").tables()[0].rows[0]
    assert [cell.text for cell in cells] == ["2026-03-31", "30633,50\u00a0$", "25\u00a0%", "46173", "1.10", "VRAI"]
    assert [cell.value for cell in cells] == [
        date(2026, 3, 31),
        Decimal("30633.5"),
        Decimal("0.25"),
        46173,
        Decimal("1.1"),
        True,
    ]


def test_a_date_with_an_hour_and_the_calendar_of_1904() -> None:
    book = Book()
    book.book = xlsxwriter.Workbook(book.data, {"in_memory": True, "date_1904": True})
    sheet = book.sheet("f")
    sheet.write_datetime(
        0, 0, datetime.fromisoformat("2026-03-31T13:30"), book.book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    )
    cell = read(book.done(), "plan.xlsx").tables()[0].rows[0][0]
    assert (cell.text, cell.value) == ("2026-03-31 13:30", datetime.fromisoformat("2026-03-31T13:30"))


def test_merged_hidden_bold_and_rich_text() -> None:
    book = Book()
    bold = book.book.add_format({"bold": True})
    sheet = book.sheet("f", [["Objectif", "Action", "Note"]])
    sheet.write(0, 0, "Objectif", bold)
    sheet.merge_range(1, 0, 2, 0, "O1")
    sheet.write_rich_string(1, 1, "Tenir ", bold, "une fête")
    sheet.write(2, 1, "Écrire\naux voisins")
    sheet.write(2, 2, "caché")
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column(2, 2, None, None, {"hidden": True})
    (table,) = read(book.done(), "plan.xlsx").tables()
    assert grid(table) == [
        ["Objectif", "Action", "Note"],
        ["O1", "Tenir une fête", ""],
        ["#", "Écrire\naux voisins", "caché"],
    ]
    assert [cell.bold for cell in table.rows[0]] == [True, False, False]
    assert [[cell.hidden for cell in row] for row in table.rows] == [[False, False, True]] * 2 + [[True, True, True]]


def test_merged_rows_under_which_nothing_is_written_stay() -> None:
    book = Book()
    sheet = book.sheet("f", [["a"], [], [], ["b", "c"]])
    sheet.merge_range(0, 0, 2, 0, "a")
    (table,) = read(book.done(), "plan.xlsx").tables()
    assert table.rows[0][0].rowspan == 3
    assert grid(table) == [["a", ""], ["#", ""], ["#", ""], ["b", "c"]]


def test_a_cell_at_the_end_of_the_world_costs_nothing() -> None:
    book = Book()
    book.sheet("f", [["a", "b"]]).write(1_048_575, 16_383, "loin")
    (table,) = read(book.done(), "plan.xlsx").tables()
    assert (len(table.rows), len(table.rows[0])) == (4, 5)
    assert table.rows[-1][-1].place == "feuille f, cellule XFD1048576"


def test_formulas_comments_boxes_and_margins() -> None:
    book = Book()
    sheet = book.sheet("f", [["a"]])
    sheet.write_formula(0, 1, "=1+1", None, 2)
    sheet.write_comment(0, 0, "à valider")
    sheet.insert_textbox(5, 5, "Légende: X = prévu")
    sheet.set_header("&C&14Plan 2026 &P")
    document = read(book.done(), "plan.xlsx")
    assert document.tables()[0].rows[0][1].value == 2
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "Légende: X = prévu",
        "Plan 2026",
    ]
    assert ("feuille f, cellule A1", "Commentaire, non repris\u00a0: «\u00a0à valider\u00a0»") in document.warnings


def test_formula_that_nobody_computed_is_told() -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "=1+1"])  # type: ignore[union-attr]
    data = io.BytesIO()
    book.save(data)
    document = read(data.getvalue(), "plan.xlsx")
    assert any("sans valeur" in message for _, message in document.warnings)


def test_hidden_sheet_is_read_and_told() -> None:
    book = Book()
    book.sheet("visible", [["a"]])
    book.sheet("cachée", [["b"]]).hide()
    document = read(book.done(), "plan.xlsx")
    assert document.tables()[1].rows[0][0].hidden
    assert document.warnings[0][0] == "feuille cachée"


def test_ods_values_spans_and_endless_rows() -> None:
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("Axe 1")
    table.set_values(
        [["Objectif", "Action", "Échéance", "Coût"], ["O", "A", date(2026, 3, 31), Decimal("12.5")], ["", "B", "", ""]]
    )
    table.set_span((0, 1, 0, 2))
    row = odfdo.Row()
    row.repeated = 1_000_000
    table.append(row)
    document.body.append(table)
    data = io.BytesIO()
    document.save(data)
    (found,) = read(data.getvalue(), "plan.ods").tables()
    assert grid(found)[1][:3] == ["O", "A", "2026-03-31"]
    assert grid(found)[2][:2] == ["#", "B"]
    assert (found.rows[1][2].value, found.rows[1][3].value) == (date(2026, 3, 31), Decimal("12.5"))
    assert found.rows[1][0].rowspan == 2
    assert len(found.rows) == 3


def test_ods_place() -> None:
    assert read(small_ods(), "plan.ods").tables()[0].rows[1][2].place == "feuille Axe 1, cellule C2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_csv_of_any_encoding_and_separator(encoding: str, mark: str) -> None:
    text = CSV.replace(";", mark)
    (table,) = read(text.encode(encoding), "plan.csv").tables()
    assert grid(table) == [["Objectif", "Action", "Coût"], ["Accueillir", "Tenir une fête", "1200"]]
    assert table.rows[1][0].place == "ligne 2, colonne 1"


def test_csv_with_quotes_commas_and_the_line_that_names_the_separator() -> None:
    text = 'sep=;\nObjectif;Coût\n"A; b,\nc";"1,50"\nd;2,5\n'
    (table,) = read(text.encode(), "plan.csv").tables()
    assert grid(table) == [["Objectif", "Coût"], ["A; b,\nc", "1,50"], ["d", "2,5"]]
    assert table.rows[2][0].place == "ligne 5, colonne 1"


def test_csv_of_one_column_with_commas_in_sentences() -> None:
    text = "Action\nTenir une fête, un soir\nÉcrire\nAppeler\nInviter\nServir le café\n"
    (table,) = read(text.encode(), "plan.csv").tables()
    assert table.rows[1][0].text.startswith("Tenir une fête")


def test_old_xls_is_read_in_a_child_process() -> None:
    document = read(shared("data/xlsform/widgets.xls"))
    assert [table.name for table in document.tables()][:2] == ["survey", "choices"]
    assert document.tables()[0].rows[0][0].text == "type"


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (16_383, "XFD")])
def test_column_names(column: int, name: str) -> None:
    assert (letters(column), column_of(name)) == (name, column)


@pytest.mark.parametrize(
    ("text", "value"), [("61267", 61267), ("0.1", Decimal("0.1")), ("1E3", 1000), ("NaN", None), ("x", None)]
)
def test_numbers_of_a_file(text: str, value: object) -> None:
    assert number(text) == value


def test_areas() -> None:
    assert area_of("B2:C5") == (1, 1, 4, 2)
    assert area_of("$A$1") == (0, 0, 0, 0)
    assert area_of("C5:B2") is None
    assert area_of("") is None
