"""Interventions for a spreadsheet: nothing of a person, neither who was met nor who wrote, and no note."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from concertoit.field.logbook.enums import TermKind
from concertoit.field.logbook.models import Entry
from concertoit.field.logbook.queries.lists import Lists
from concertoit.ground.core.spreadsheets import safe_text

BATCH = 1000


class _Echo:
    """A file that answers what is written to it: each line leaves as soon as it is made."""

    def write(self, value: str) -> str:
        return value


def lines(rows: QuerySet[Entry], lists: Lists) -> Iterator[list[Any]]:
    """The header, then one line for each intervention, read by batches."""
    yield [
        _("Date"), _("Milieu"), _("Municipalité"), _("Secteur"), _("Forme"), _("Ce qui est soutenu"), _("Clientèles"),
        _("Activités"), _("Minutes"), _("Personnes présentes"), _("Référence"),
    ]  # fmt: skip
    for row in rows.select_related("site__municipality").iterator(chunk_size=BATCH):
        yield [
            row.on.isoformat(), safe_text(row.site.name), safe_text(row.site.municipality.name),
            str(row.get_sector_display()), str(row.get_kind_display()), str(row.get_collective_object_display()),
            safe_text(", ".join(lists.words(row, TermKind.CLIENTELE))),
            safe_text(", ".join(lists.words(row, TermKind.ACTIVITY))), row.minutes if row.minutes is not None else "",
            row.people if row.people is not None else "", _("oui") if row.referred else _("non"),
        ]  # fmt: skip


def as_csv(rows: QuerySet[Entry], lists: Lists) -> Iterator[str]:
    """Lines of text, with the mark that makes spreadsheets read accents."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff"
    for line in lines(rows, lists):
        yield writer.writerow(line)


def as_xlsx(rows: QuerySet[Entry], lists: Lists) -> Any:
    """A temporary file, written line by line in constant memory; read it from its beginning."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response that sends it
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_("Interventions"))
    for number, line in enumerate(lines(rows, lists)):
        sheet.write_row(number, 0, line)
    book.close()
    out.seek(0)
    return out
