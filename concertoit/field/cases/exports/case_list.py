"""The template of a list of cases, with two invented lines."""

from __future__ import annotations

import io

import xlsxwriter

from concertoit.field.cases.enums.case_list import TEMPLATE

LINES = (
    {"municipality": "Longueuil", "address": "1234, rue des Érables", "unit": "5", "dwellings": "12",
     "problems": "moisissures, chauffage", "description": "Chambre du nord, depuis l’hiver.", "received": "2026-02-24",
     "sender": "Comité logement", "external": "A-12"},
    {"municipality": "Longueuil", "address": "88, boul. Exemple O.", "unit": "sous-sol", "problems": "punaises de lit",
     "received": "2026-03-02", "given_name": "Prénom", "family_name": "Nom", "phone": "450 555-0100", "consent": "oui"},
)  # fmt: skip


def template() -> bytes:
    """An ``.xlsx`` whose titles are recognised as they are."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    sheet = book.add_worksheet("Cas")
    bold = book.add_format({"bold": True, "bg_color": "#CFE3DC", "text_wrap": True})
    for column, (_key, title) in enumerate(TEMPLATE):
        sheet.write_string(0, column, title, bold)
        sheet.set_column(column, column, max(12, len(title) + 4))
    for number, line in enumerate(LINES, 1):
        for column, (key, _title) in enumerate(TEMPLATE):
            sheet.write_string(number, column, line.get(key, ""))
    sheet.freeze_panes(1, 0)
    book.close()
    return kept.getvalue()
