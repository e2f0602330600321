"""Tables of interventions, through the services."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from concertoit.field.logbook.models import EntryImport
from concertoit.field.logbook.services import imports
from tests.field.logbook import made
from tests.personas import Table

TITLES = ("Date", "Par", "Milieu", "Forme", "Objet", "Clientèles", "Activités", "Minutes", "Personnes", "Référence",
          "Raison", "Note")  # fmt: skip
ONE = ("2026-02-24", "", "Place Saint-Martin", "Individuelle", "", "Familles; Jeunes", "Accueil", "45", "", "CISSS",
       "Santé mentale", "Va mieux.")  # fmt: skip
GROUP = ("25/02/2026", "", "place saint martin", "Collective", "Association", "Tout l’immeuble",
         "Soutien au comité de locataires, Organisation d’activités", "1 h 30", "12", "", "", "")  # fmt: skip


def csv(*lines: Sequence[str], titles: Sequence[str] = TITLES) -> bytes:
    return "\n".join(";".join(f'"{cell}"' for cell in line) for line in (titles, *lines)).encode()


def xlsx(*lines: Sequence[str], titles: Sequence[str] = TITLES, above: int = 0) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        if above:
            sheet.write(0, 0, "Journal de bord de l’année")
        for number, line in enumerate((titles, *lines), above):
            sheet.write_row(number, 0, line)
    return kept.getvalue()


def upload(content: bytes, name: str = "journal.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def table(at: Table, *lines: Sequence[str], who: str = "worker", content: bytes = b"") -> EntryImport:
    made.site(at)
    made.lists()
    return imports.read(viewer=at.viewer(who), content=content or csv(*(lines or (ONE, GROUP))), name="journal.csv")
