"""A plan as an Excel workbook that people edit and bring back: one sheet « Plan », one row per element.

Dates are dates, amounts are numbers, headers are frozen and filtered. Long texts continue on a row marked « (suite) »,
because an Excel cell holds 32,767 characters.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from concertoit.together.plans.exports.rows import Row, Value, Written, tables
from concertoit.together.plans.rules import template_columns as template
from concertoit.together.plans.rules.document import NodeKind, PlanDocument
from concertoit.together.plans.rules.normal_form import clean_text
from concertoit.together.plans.rules.template_columns import Column, Type

# Half of Excel's limit: a character beyond the basic plane counts twice there.
LONGEST = 16_000
# Excel's calendar starts in 1900 (and wrongly has a 29 February that year): earlier days are written as text.
FIRST_EXCEL_DAY = date(1900, 3, 1)
FONT = "Calibri"
# Height of a line in points, and the tallest row that Excel allows.
LINE_POINTS, TALLEST = 15, 409
# Widths count digits; the letters of French are a little narrower.
LETTERS_PER_DIGIT = 1.1
FILLS = {
    NodeKind.AXIS: "#CFE3DC",
    NodeKind.OBJECTIVE: "#E4EFEB",
    NodeKind.ACTION: "#F6F1E4",
    NodeKind.OUTCOME: "#FBF9F3",
}
STRONG = {NodeKind.AXIS, NodeKind.OBJECTIVE, NodeKind.ACTION}
NUMBER_FORMATS = {Type.MONEY: "#,##0.00\u00a0$", Type.DATE: "yyyy-mm-dd", Type.TEXT: "@"}

HEADER = {
    "font_name": FONT,
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": "#1E5B4D",
    "text_wrap": True,
    "valign": "vcenter",
    "border": 1,
}

Formats = dict[Type, Format]


def to_xlsx(document: PlanDocument) -> bytes:
    """The plan as ``.xlsx``; every sheet of the template is there, even without a row, so that one can be added."""
    return write_xlsx(document.title, tables(document))


def write_xlsx(title: str, written: Sequence[Written], *, spare_rows: int = 100) -> bytes:
    """Write tables of the template, one per sheet; choices are also offered on ``spare_rows`` under the last row."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": clean_text(title)[:250], "subject": template.PLAN.heading})
        header = workbook.add_format(HEADER)
        base = {"font_name": FONT, "valign": "top", "text_wrap": True}
        formats = {kind: workbook.add_format(base | {"num_format": code}) for kind, code in NUMBER_FORMATS.items()}
        for table in written:
            sheet = workbook.add_worksheet(table.sheet.name)
            write_sheet(sheet, table, header, formats, spare_rows)
            if table.sheet is template.PLAN:
                _colour_levels(workbook, sheet, len(table.rows) + spare_rows)
        write_readme(workbook)
    return out.getvalue()


def _colour_levels(workbook: Workbook, sheet: Worksheet, last: int) -> None:
    """Colour rows by what they say in « Niveau », so that a row that people add or move takes its colour too."""
    columns = [column.key for column in template.PLAN.columns if column.xlsx]
    level = chr(ord("A") + columns.index("kind"))
    for kind, fill in FILLS.items():
        style = {"bg_color": fill, "bottom": 1, "bottom_color": "#D8D2C4"} | ({"bold": True} if kind in STRONG else {})
        rule = {
            "type": "formula",
            "criteria": f'=${level}2="{template.NODE_KINDS[kind]}"',
            "format": workbook.add_format(style),
        }
        sheet.conditional_format(1, 0, last, len(columns) - 1, rule)


def write_sheet(sheet: Worksheet, table: Written, header: Format, formats: Formats, spare_rows: int) -> None:
    """Write one sheet: widths, headers (frozen, filtered), rows, choices, and how it prints."""
    columns = [column for column in table.sheet.columns if column.xlsx]
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.xlsx, formats[column.type])
        sheet.write_string(0, place, column.header, header)
    line = 0
    for row in table.rows:
        for values in _split(row, columns):
            line += 1
            if (lines := _lines(values, columns)) > 1:
                sheet.set_row(line, min(lines * LINE_POINTS, TALLEST))
            for place, value in enumerate(values):
                if value is not None and value != "":
                    _write(sheet, line, place, value, formats)
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, min(len(columns) - 1, 6 if table.sheet is template.PLAN else 1))
    sheet.autofilter(0, 0, max(line, 1), len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    _drop_downs(sheet, columns, line + spare_rows)
    _print(sheet, table)


def _write(sheet: Worksheet, line: int, place: int, value: str | Decimal | date, formats: Formats) -> None:
    """Write a value as what it is; a text takes the format of its column, a date stays one in a column of texts."""
    if isinstance(value, str):
        sheet.write_string(line, place, value)
    elif isinstance(value, Decimal):
        sheet.write_number(line, place, float(value), formats[Type.MONEY])
    elif value < FIRST_EXCEL_DAY:
        sheet.write_string(line, place, value.isoformat(), formats[Type.TEXT])
    else:
        sheet.write_datetime(line, place, value, formats[Type.DATE])


def _lines(values: Sequence[Value], columns: Sequence[Column]) -> int:
    """How many lines the row needs: not every spreadsheet makes a row taller by itself when it opens a file."""
    most = 1
    for value, column in zip(values, columns, strict=True):
        if isinstance(value, str) and (len(value) > column.xlsx or "\n" in value):
            width = column.xlsx * LETTERS_PER_DIGIT
            most = max(most, sum(1 + int(len(part) / width) for part in value.split("\n")))
    return most


def _split(row: Row, columns: Sequence[Column]) -> Iterator[list[Value]]:
    """The row, and the rows that continue its long texts."""
    values = [row.values.get(column.key) for column in columns]
    if not any(isinstance(value, str) and len(value) > LONGEST for value in values):
        yield values
        return
    pieces = [list(_pieces(value)) if isinstance(value, str) else [value] for value in values]
    for turn in range(max(map(len, pieces))):
        line = [piece[turn] if turn < len(piece) else None for piece in pieces]
        yield [template.CONTINUED, *line[1:]] if turn else line


def _pieces(text: str) -> Iterator[str]:
    """Cut a long text where no blank stands on either side, since blanks at the ends of a cell may be lost."""
    while len(text) > LONGEST:
        cut = LONGEST
        while cut > 1 and (text[cut - 1].isspace() or text[cut].isspace()):
            cut -= 1
        yield text[: cut if cut > 1 else LONGEST]
        text = text[cut if cut > 1 else LONGEST :]
    yield text


CHOICES = {
    "kind": list(template.NODE_KINDS.values()),
    "state": list(template.STATES.values()),
    "continuous": [template.YES],
    "budget_kind": list(template.BUDGET_KINDS.values()),
    "section_kind": list(template.SECTION_KINDS.values()),
}


def _drop_downs(sheet: Worksheet, columns: Sequence[Column], last: int) -> None:
    """Offer the words of the template; another word may be typed, and the import will say that it does not know it."""
    for place, column in enumerate(columns):
        if column.key in CHOICES:
            options = {"validate": "list", "source": CHOICES[column.key], "error_type": "warning"}
            sheet.data_validation(1, place, max(last, 1), place, options)


def _print(sheet: Worksheet, table: Written) -> None:
    """A sheet that prints: legal, landscape, as wide as the page, headers on each page, page numbers."""
    sheet.set_landscape()
    sheet.set_paper(5)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L{table.sheet.heading}&RPage &P de &N")


def write_readme(workbook: Workbook) -> None:
    """The last sheet: how to edit this file and bring it back."""
    sheet = workbook.add_worksheet(template.README)
    sheet.set_column(0, 0, 110)
    title = workbook.add_format({"bold": True, "font_size": 14, "font_color": "#1E5B4D"})
    text = workbook.add_format({"text_wrap": True, "valign": "top"})
    for line, sentence in enumerate(template.INSTRUCTIONS):
        sheet.write_string(line, 0, sentence, text if line else title)
