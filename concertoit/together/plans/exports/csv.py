"""A plan as CSV: one row per element, for a spreadsheet or a script. It is an open format, not a round trip."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

from concertoit.ground.core.spreadsheets import safe_text
from concertoit.together.plans.exports.rows import Value, tables
from concertoit.together.plans.rules.document import PlanDocument
from concertoit.together.plans.rules.template_columns import PLAN


def to_csv(document: PlanDocument) -> bytes:
    """UTF-8 with a byte-order mark (Excel needs it), commas, CRLF; the columns are those of the Excel sheet « Plan ».

    Dates are ISO and amounts have a decimal point. A text that a spreadsheet would take for a formula gets an apostrophe.
    No person is named: participants are not part of this file.
    """
    columns = [column for column in PLAN.columns if column.xlsx]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.header for column in columns])
    for row in tables(document)[0].rows:
        writer.writerow([_text(row.values[column.key]) for column in columns])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, date):
        return value.isoformat()
    return safe_text(value)
