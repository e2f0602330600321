"""Figures for a spreadsheet: one line per line of each table, with its denominator; months, territories, definitions."""

from __future__ import annotations

import csv
import io
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from concertoit.field.logbook.queries.figures_document import Document
from concertoit.ground.core.spreadsheets import safe_text

Row = list[Any]


def sheets(document: Document) -> list[tuple[str, list[Row]]]:
    """Each sheet: its name and its rows, the first one being the header. Masked values are said so, never left empty."""
    columns = list(document["columns"].values())
    return [
        (_("Chiffres"), [_header(document), *_lines(document)]),
        (_("Dans le temps"), [[_("Période"), *columns], *_parts(document, "over_time")]),
        (_("Territoires"), [[_("Territoire"), *columns], *_parts(document, "places")]),
        (_("Temps et présences"), _efforts(document)),
        (_("Définitions"), _definitions(document)),
    ]


def _header(document: Document) -> Row:
    found = [_("Tableau"), _("Ligne"), _("Compte"), _("Sur"), _("Dénominateur"), _("Part (%)")]
    return [*found, _("Part en %(period)s (%%)") % {"period": document["before"]}] if document["before"] else found


def _lines(document: Document) -> list[Row]:
    rows = []
    for table in document["tables"]:
        for line in table["lines"]:
            row = [
                table["title"], line["label"], said(line["count"]), said(table["total"]), table["over"],
                _share(line["percent"]),
            ]  # fmt: skip
            rows.append([*row, _share(line["before"])] if document["before"] else row)
    return rows


def said(value: int | None) -> int | str:
    """A count, or that it is masked."""
    return _("masqué") if value is None else value


def _share(value: str | None) -> float | str:
    return "" if value is None else float(value)


def _parts(document: Document, name: str) -> list[Row]:
    return [[one["label"], *(said(one[column]) for column in document["columns"])] for one in document[name]]


def _efforts(document: Document) -> list[Row]:
    header = [_("Forme"), _("Interventions avec une durée"), _("Heures"), _("Personnes présentes")]
    rows = [
        [one["label"], said(one["timed"]), _("masqué") if one["minutes"] is None else round(one["minutes"] / 60, 1),
         said(one["people"])]
        for one in document["efforts"]
    ]  # fmt: skip
    return [header, *rows]


def _definitions(document: Document) -> list[Row]:
    rows: list[Row] = [[_("Tableau"), _("Comment c’est compté"), _("Parts de")]]
    rows += [[table["title"], table["how"], table["over"]] for table in document["tables"]]
    rows.append([_("Période"), document["period"]["label"], "; ".join(document["scope"])])
    if document["smallest"]:
        rows.append([_("Petits comptes"), masking_sentence(document), ""])
    return rows


def masking_sentence(document: Document) -> str:
    """What masked means here."""
    return _(
        "Les comptes de 1 à %(most)s sont masqués, avec d’autres qui permettraient de les retrouver par soustraction."
    ) % {"most": document["smallest"] - 1}


def to_csv(document: Document) -> str:
    """The tables and the parts, one after the other, for a spreadsheet in French (semicolons, UTF-8 with its mark)."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    for place, (_name, rows) in enumerate(sheets(document)):
        if place:
            writer.writerow([])
        for row in rows:
            writer.writerow([safe_text(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


def to_xlsx(document: Document) -> bytes:
    """One sheet for each part, numbers as numbers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": document["title"][:250]})
        strong = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for name, rows in sheets(document):
            sheet = book.add_worksheet(name[:31])
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, 1, 42, wrapped)
            sheet.set_column(2, 8, 18)
            for at, row in enumerate(rows):
                for place, cell in enumerate(row):
                    _write(sheet, at, place, cell, strong if at == 0 else None)
    return out.getvalue()


def _write(sheet: Any, at: int, place: int, cell: Any, style: Any) -> None:
    """Text as text, whatever it begins with."""
    if isinstance(cell, str):
        sheet.write_string(at, place, cell, style)
    else:
        sheet.write_number(at, place, cell, style)
