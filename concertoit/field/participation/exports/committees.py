"""Committees by capacity, for a spreadsheet (S7)."""

from __future__ import annotations

import csv
import io

from django.utils.translation import gettext as _

from concertoit.field.participation.queries.capacities import Summary
from concertoit.ground.core.spreadsheets import safe_text


def committees_csv(summary: Summary) -> str:
    """One line per committee, one column per capacity, the total of seats, then how many different people."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    codes = [code for code, _label in summary.capacities]
    writer.writerow([_("Comité"), _("État"), *(label for _code, label in summary.capacities), _("Total")])
    for row in summary.rows:
        counts = [row.counts[code] for code in codes]
        writer.writerow([safe_text(row.committee.name), row.committee.get_state_display(), *counts, row.total])
    writer.writerow([_("Sièges"), "", *(summary.counts[code] for code in codes), summary.seats])
    different = [summary.people_by_capacity[code] for code in codes]
    writer.writerow([_("Personnes différentes"), "", *different, summary.people])
    return out.getvalue()
