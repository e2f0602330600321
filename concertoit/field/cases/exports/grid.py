"""A grid as a file: CSV for a spreadsheet, XLSForm for ODK and KoboToolbox. Both are read back without a difference."""

from __future__ import annotations

import csv
import io

import xlsxwriter

from concertoit.field.cases.rules.grid_document import GridDocument
from concertoit.field.cases.rules.grid_rows import write_rows
from concertoit.field.cases.rules.xlsform_grid import from_grid

_WIDTHS = {"survey": (18, 12, 60, 24, 44), "choices": (14, 12, 44), "settings": (36, 28, 12, 22)}


def grid_csv(document: GridDocument) -> bytes:
    """The columns of the concerted grid; UTF-8 with its mark, as Excel expects it."""
    kept = io.StringIO()
    csv.writer(kept, lineterminator="\r\n").writerows(write_rows(document))
    return kept.getvalue().encode("utf-8-sig")


def grid_xlsform(document: GridDocument, form_id: str, version: str) -> bytes:
    """A workbook with the sheets survey, choices and settings. Every cell is text: nothing in it is a formula."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(
        kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold = book.add_format({"bold": True, "bg_color": "#e4efeb"})
        for name, rows in from_grid(document, form_id, version).items():
            sheet = book.add_worksheet(name)
            for at, width in enumerate(_WIDTHS[name]):
                sheet.set_column(at, at, width)
            sheet.freeze_panes(1, 0)
            for line, row in enumerate(rows):
                for column, text in enumerate(row):
                    if text:
                        sheet.write_string(line, column, text, bold if line == 0 else None)
    return kept.getvalue()
