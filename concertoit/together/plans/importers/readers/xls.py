"""Old Excel workbooks (.xls): values only. Runs in a child process, see ``apart.py``."""

from __future__ import annotations

import io
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from concertoit.together.plans.importers.readers.safety import damaged, protected
from concertoit.together.plans.importers.readers.spreadsheet import Sheet, day, number, shown
from concertoit.together.plans.importers.source import Cell, SourceDocument

PARTIAL = (
    "L'ancien format .xls est lu sans les commentaires ni les lignes masquées. "
    "Si quelque chose manque, enregistrez le classeur en .xlsx."
)


def read_xls(data: bytes, name: str) -> SourceDocument:
    """Read an old workbook; every sheet that holds something is a table."""
    document = SourceDocument(name=name, media_type="")
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(title, workbook.get_sheet_by_name(title)) for title in workbook.sheet_names]
    except PasswordError as error:
        raise protected() from error
    except (CalamineError, OSError, ValueError) as error:
        raise damaged() from error
    for title, found in sheets:
        sheet = Sheet(name=title, merges=[(*first, *last) for first, last in found.merged_cell_ranges or ()])
        for row, line in enumerate(found.to_python(skip_empty_area=False)):
            for column, value in enumerate(line):
                if cell := _cell(value):
                    sheet.put(row, column, cell)
        table = sheet.table()
        if table is not None:
            document.blocks.append(table)
    document.warnings.append(("fichier entier", PARTIAL))
    return document


def _cell(found: object) -> Cell | None:
    if isinstance(found, float):
        exact = number(repr(found))
        return Cell(text=shown(exact), value=exact)
    if isinstance(found, datetime):
        moment = day(found)
        return Cell(text=shown(moment), value=moment)
    text = shown(found).strip()
    return Cell(text=text, value=found if isinstance(found, (date, bool)) else None) if text else None
