"""Files about tables of interventions: the template to fill, and the lines that stay to be corrected."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import xlsxwriter
from django.utils.translation import gettext as _

from concertoit.field.logbook.enums.imports import Column
from concertoit.field.logbook.models import EntryImport
from concertoit.ground.core.spreadsheets import safe_text

_LEFT_OUT = (Column.HOURS, Column.WORKER)
_EXAMPLES = (
    {Column.ON: "2026-02-24", Column.KIND: "Individuelle", Column.CLIENTELES: "Familles; Jeunes",
     Column.ACTIVITIES: "Accueil; Référence", Column.MINUTES: "45", Column.DESTINATION: "CISSS",
     Column.REASON: "Santé mentale", Column.NUMBER: "1"},
    {Column.ON: "2026-02-25", Column.KIND: "Collective", Column.OBJECT: "Association de locataires",
     Column.CLIENTELES: "Tout l’immeuble", Column.ACTIVITIES: "Soutien au comité de locataires",
     Column.MINUTES: "1 h 30", Column.PEOPLE: "12", Column.NUMBER: "2"},
)  # fmt: skip


def template(site: str) -> bytes:
    """An ``.xlsx`` whose titles are recognised as they are, with two invented lines in a building of the démarche."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    sheet = book.add_worksheet(_("Interventions"))
    bold = book.add_format({"bold": True, "bg_color": "#CFE3DC", "text_wrap": True})
    columns = [column for column in Column if column not in _LEFT_OUT]
    for place, column in enumerate(columns):
        sheet.write_string(0, place, str(column.label), bold)
        sheet.set_column(place, place, max(14, len(str(column.label)) + 2))
        for number, example in enumerate(_EXAMPLES, 1):
            sheet.write_string(number, place, {**example, Column.SITE: site}.get(column, ""))
    sheet.freeze_panes(1, 0)
    book.close()
    return kept.getvalue()


def refused(row: EntryImport, wrong: Iterable[tuple[int, Iterable[tuple[str, str]]]]) -> str:
    """The lines that are wrong, as they were, with what is wrong first: corrected, the file can be brought again.

    ``wrong``: the number of each line, and its faults as (title of the column, sentence).
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([_("À corriger"), *(safe_text(title) for title in row.headers)])
    cells: dict[int, list[str]] = dict(row.rows)
    for number, faults in wrong:
        why = " ".join(f"{place}\u00a0: {text}" for place, text in faults)
        writer.writerow([why, *(safe_text(cell) for cell in cells.get(number, []))])
    return "\ufeff" + out.getvalue()
