"""Files out: a plan as Word, Excel, CSV and JSON, and the blank template. Word and Excel can be read back exactly.

Everything is written from a ``PlanDocument``; nothing here touches the database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from concertoit.ground.core.media import CSV, EXCEL, WORD
from concertoit.together.plans.exports.blank import blank_template_docx, blank_template_xlsx
from concertoit.together.plans.exports.csv import to_csv
from concertoit.together.plans.exports.docx import to_docx
from concertoit.together.plans.exports.json import to_json
from concertoit.together.plans.exports.xlsx import to_xlsx
from concertoit.together.plans.rules.document import PlanDocument


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its extension, its media type, and how a plan (or nothing, for a blank one) becomes that file."""

    extension: str
    media_type: str
    write: Callable[[PlanDocument], bytes]
    blank: Callable[[], bytes] | None = None


FORMATS: dict[str, Format] = {
    "docx": Format(
        "docx",
        WORD,
        to_docx,
        blank_template_docx,
    ),
    "xlsx": Format(
        "xlsx",
        EXCEL,
        to_xlsx,
        blank_template_xlsx,
    ),
    "csv": Format("csv", CSV, to_csv),
    "json": Format("json", "application/json", to_json),
}

__all__ = [
    "FORMATS",
    "Format",
    "blank_template_docx",
    "blank_template_xlsx",
    "to_csv",
    "to_docx",
    "to_json",
    "to_xlsx",
]
