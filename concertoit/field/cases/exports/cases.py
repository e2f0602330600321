"""The list of cases for a spreadsheet, line by line: numbers, places, states and dates; no identity, no free text."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums.intake import Problem
from concertoit.field.cases.enums.work import CLOCK_LABELS
from concertoit.field.cases.models import Case
from concertoit.ground.core.spreadsheets import safe_text


def header() -> list[str]:
    """Names of the columns."""
    return [
        _("Numéro"), _("État"), _("Délais"), _("Municipalité"), _("Adresse de l’immeuble"), _("Arrivé par"),
        _("Problèmes"), _("Connu le"), _("Dernier geste"), _("Prochaine échéance"), _("Quoi"), _("Partenaires"),
        _("Cas complexe"), _("Mis en sécurité le"), _("Fermé le"), _("Issue"), _("Conditions de vie"),
    ]  # fmt: skip


def line(case: Case) -> list[str]:
    """One case. The dwelling, the household and what people wrote stay out."""
    problems = ", ".join(str(Problem(code).label) for code in case.problems if code in Problem)
    return [
        case.reference, case.get_state_display(), case.get_urgency_display(), str(case.building.municipality),
        case.building.line, case.get_channel_display(), problems, _day(case.known_at), _day(case.moved_at),
        _day(case.next_due_at), str(CLOCK_LABELS.get(case.next_due, "")), case.get_partners_display(),
        _("oui") if case.is_complex else _("non"), _day(case.made_safe_at), _day(case.closed_at),
        case.get_outcome_display(), case.get_living_display(),
    ]  # fmt: skip


def _day(moment: Any) -> str:
    return timezone.localtime(moment).date().isoformat() if moment else ""


def csv_lines(cases: Iterable[Case]) -> Iterator[str]:
    """The list as CSV, one line at a time."""
    yield "\ufeff" + _written(header())
    for case in cases:
        yield _written([safe_text(value) for value in line(case)])


def _written(values: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow(values)
    return out.getvalue()


def workbook(cases: Iterable[Case]) -> Iterator[bytes]:
    """The list as a workbook, written row by row in a temporary file, then read in blocks."""
    with tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
        sheet = book.add_worksheet(_("Dossiers"))
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, header(), bold)
        for row, case in enumerate(cases, 1):
            sheet.write_row(row, 0, [safe_text(value) for value in line(case)])
        book.close()
        file.seek(0)
        while block := file.read(64 * 1024):
            yield block
