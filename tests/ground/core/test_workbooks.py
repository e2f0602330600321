"""Workbooks that people bring: read as they are, and a hostile one costs a child process, never the server."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from concertoit.ground.core import workbooks
from concertoit.ground.core.workbooks import BrokenWorkbook, sheets_of

OFFICE = "http://schemas.openxmlformats.org"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{OFFICE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{OFFICE}/spreadsheetml/2006/main" '
    f'xmlns:r="{OFFICE}/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets>'
    "</workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def far(last: str, padding: int = 0) -> bytes:
    """A workbook of one kilobyte whose two cells are A1 and ``last``; ``padding`` swells the sheet once unpacked."""
    row = last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    cells = "".join(
        f'<row r="{number}"><c r="{name}" t="inlineStr"><is><t>Adresse</t></is></c></row>'
        for number, name in ((1, "A1"), (row, last))
    )
    data = f"<sheetData>{cells}{' ' * padding}</sheetData>"
    sheet = f'<worksheet xmlns="{OFFICE}/spreadsheetml/2006/main">{data}</worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            archive.writestr(name, text)
    return out.getvalue()


def book() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet, day = made.add_worksheet("Un"), made.add_format({"num_format": "yyyy-mm-dd"})
        for column, value in enumerate(("Érable", 3, 2.5, True)):
            sheet.write(2, 1 + column, value)
        sheet.write_datetime(2, 5, date(2026, 2, 24), day)
        made.add_worksheet("Deux").write(0, 0, "=1+1", None, 2)
    return out.getvalue()


def test_cells_come_back_as_they_are() -> None:
    found = sheets_of(book())
    assert list(found) == ["Un", "Deux"]
    assert found["Un"][0][:4] == ["Érable", 3, 2.5, True]
    assert str(found["Un"][0][4])[:10] == date(2026, 2, 24).isoformat()


def test_the_first_sheet_keeps_the_numbers_of_its_lines() -> None:
    [rows] = sheets_of(book(), first=True).values()
    assert [any(row) for row in rows] == [False, False, True]
    assert rows[2][1] == "Érable"


@pytest.mark.parametrize("last", ["XFD1048576", "A1048577000", "XFD5000", "ZZ1500"])
def test_a_sheet_as_large_as_the_world_is_refused(last: str) -> None:
    """The library would ask for 500 GB, and take the whole server with it."""
    content = far(last)
    assert len(content) < 3000
    with pytest.raises(BrokenWorkbook):
        sheets_of(content)


def test_a_workbook_that_swells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever its table of contents says: the child has its own bounds."""
    with pytest.raises(BrokenWorkbook):
        sheets_of(far("XFD1048576", padding=20_000_000))
    monkeypatch.setattr(workbooks, "SECONDS", 0.001)
    with pytest.raises(BrokenWorkbook):
        sheets_of(book())


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>", bytes(3000), b"PK" + bytes(500)])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(BrokenWorkbook):
        sheets_of(content)
