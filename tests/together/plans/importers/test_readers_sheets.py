"""Spreadsheets: values as people see them, typed where the format knows."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import odfdo
import openpyxl
import pytest
import xlsxwriter

from concertoit.together.plans.importers.readers import read
from concertoit.together.plans.importers.readers.spreadsheet import letters, number, shown
from concertoit.together.plans.importers.readers.xls import read_xls
from concertoit.together.plans.importers.readers.xlsx import area_of, column_of
from concertoit.together.plans.importers.source import Paragraph, SourceDocument, Table, UnreadableDocument
from tests.shared_data import shared
from tests.together.plans.importers.small_documents import CSV, R, archive, relations, small_ods


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


def test_old_xls_says_what_its_format_cannot() -> None:
    data = shared("data/xlsform/repeat_date_test.xls").read_bytes()
    document = read_xls(data, "enquête.xls")
    assert document.tables()
    assert document.warnings[-1][0] == "fichier entier"
    with pytest.raises(UnreadableDocument):
        read_xls(data[:3000], "enquête.xls")


ODS = """<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:x="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:s="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:d="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0">
 <o:automatic-styles><s:style s:name="caché"><s:table-properties t:display="false"/></s:style></o:automatic-styles>
 <o:body><o:spreadsheet>{}</o:spreadsheet></o:body></o:document-content>"""


def ods(body: str) -> SourceDocument:
    media = "application/vnd.oasis.opendocument.spreadsheet"
    return read(archive({"mimetype": media, "content.xml": ODS.format(body)}), "plan.ods")


def test_ods_hidden_rows_columns_sheets_comments_and_boxes() -> None:
    document = ods(
        "<t:table t:name='f'><t:shapes><d:frame><d:text-box><x:p>Légende</x:p></d:text-box></d:frame></t:shapes>"
        "<t:table-column/><t:table-column-group><t:table-column t:visibility='collapse'/></t:table-column-group>"
        "<t:table-header-rows><t:table-row><t:table-cell><o:annotation><x:p>à revoir</x:p></o:annotation><x:p>a</x:p>"
        "</t:table-cell><t:table-cell><x:p>b</x:p></t:table-cell></t:table-row></t:table-header-rows>"
        "<t:table-row t:visibility='filter'><t:table-cell t:number-columns-repeated='2'><x:p>c</x:p></t:table-cell>"
        "</t:table-row></t:table><t:table t:name='g' t:style-name='caché'><t:table-row><t:table-cell>"
        "<x:p>un<x:tab/>deux<x:line-break/>trois</x:p></t:table-cell></t:table-row></t:table>"
    )
    first, second = document.tables()
    assert [[cell.hidden for cell in row] for row in first.rows] == [[False, True], [True, True]]
    assert second.rows[0][0].text == "un\tdeux\ntrois"
    assert second.rows[0][0].hidden
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["Légende"]
    assert ("feuille f, cellule A1", "Commentaire, non repris\u00a0: «\u00a0à revoir\u00a0»") in document.warnings
    assert any(place == "feuille g" for place, _ in document.warnings)


def test_ods_values() -> None:
    cell = "<t:table-cell o:value-type='{}' o:{}='{}'><x:p>{}</x:p></t:table-cell>"
    cells = [
        ("date", "date-value", "2026-03-31T08:30:00", "31/03"),
        ("date", "date-value", "bientôt", "bientôt"),
        ("boolean", "boolean-value", "true", "VRAI"),
        ("currency", "value", "12.50", "12,50 $"),
        ("string", "value", "", "texte"),
    ]
    (table,) = ods(
        f"<t:table t:name='f'><t:table-row>{''.join(cell.format(*one) for one in cells)}</t:table-row></t:table>"
    ).tables()
    moment = datetime.fromisoformat("2026-03-31T08:30")
    assert [cell.value for cell in table.rows[0]] == [moment, None, True, Decimal("12.5"), None]
    assert [cell.text for cell in table.rows[0]] == ["2026-03-31 08:30", "bientôt", "VRAI", "12,50 $", "texte"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (False, "FAUX"), (time(9, 5), "09:05"), (Decimal("1E+3"), "1000"), (date(2026, 1, 2), "2026-01-02")],
)
def test_values_shown(value: object, text: str) -> None:
    assert shown(value) == text


def test_xlsx_errors_early_dates_and_missing_strings() -> None:
    sheet = (
        "<worksheet><sheetData><row><c t='e'><v>#REF!</v></c><c t='s'><v>999</v></c><c s='1'><v>1</v></c>"
        "<c s='1'><v>-5</v></c><c><v>1E400</v></c><c t='inlineStr'><is><t>a_x000D_b</t></is></c></row></sheetData>"
        "</worksheet>"
    )
    styles = "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"
    package = {
        "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns:r="{R}"><sheets><sheet name="f" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("r1", "worksheet", "worksheets/a.xml"), ("r2", "styles", "styles.xml")
        ),
        "xl/worksheets/a.xml": sheet,
        "xl/styles.xml": styles,
    }
    (table,) = read(archive(dict(package)), "plan.xlsx").tables()
    assert [cell.text for cell in table.rows[0]] == ["#REF!", "", "1900-01-01", "-5", "1E400", "a\nb"]
