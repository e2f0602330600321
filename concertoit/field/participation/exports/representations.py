"""Representations for a spreadsheet (P3)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from concertoit.field.participation.models import Representation
from concertoit.field.participation.rules.representations import Made, is_late
from concertoit.ground.core.spreadsheets import safe_text


def representations_csv(rows: Sequence[Representation], today: date) -> str:
    """One line each: who asked what and when, until when an answer was expected, what came of it."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(
        [
            _("Faite le"), _("Objet"), _("Sujet"), _("Au nom de"), _("Moyen"), pgettext("immeubles", "Ensemble"),
            _("Réponse attendue le"), _("Réponse reçue le"), _("En retard"), _("Résultat"),
        ]
    )  # fmt: skip
    for row in rows:
        late = is_late(Made(row.subject, row.made_on, row.answer_by, row.answered_on), today)
        writer.writerow(
            [
                row.made_on, safe_text(row.title), row.get_subject_display(), safe_text(row.by),
                row.get_channel_display(), safe_text(str(row.complex or "")), row.answer_by or "",
                row.answered_on or "", _("oui") if late else "", row.get_result_display(),
            ]
        )  # fmt: skip
    return out.getvalue()
