"""A journal as a file, streamed line by line."""

import csv
import json
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.models import Entry
from concertoit.ground.audit.policies import object_type
from concertoit.ground.audit.queries import plain_sentence
from concertoit.ground.core.spreadsheets import safe_text

BOM = "\ufeff"  # so that spreadsheets read the accents


class _Echo:
    """What ``csv`` writes to: gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def journal_csv(entries: QuerySet[Entry]) -> Iterator[str]:
    """Lines of a CSV file, in memory one at a time."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield BOM + writer.writerow(
        [_("Date"), _("Heure"), _("Personne"), _("Geste"), _("Type"), _("Objet"), _("Avant"), _("Après"), _("Note")]
    )
    for entry in entries.iterator(chunk_size=500):
        kind = object_type(entry.object_type)
        at = timezone.localtime(entry.at)
        cells = [
            f"{at:%Y-%m-%d}",
            f"{at:%H:%M:%S}",
            entry.actor_label,
            plain_sentence(entry),
            kind.label if kind else entry.object_type,
            entry.object_label,
            json.dumps(entry.before, ensure_ascii=False) if entry.before else "",
            json.dumps(entry.after, ensure_ascii=False) if entry.after else "",
            entry.note,
        ]
        yield writer.writerow([safe_text(str(cell)) for cell in cells])
