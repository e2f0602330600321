"""Minutes in PDF (tagged, PDF/UA-1), made by typst from a fixed template."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from concertoit.together.meetings.exports.minutes_words import footing, spoken
from concertoit.together.meetings.models import MinutesVersion

TEMPLATE = Path(__file__).with_name("minutes.typ")


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, ignore_system_fonts=True)


def minutes_pdf(version: MinutesVersion, content: dict[str, Any]) -> bytes:
    """The PDF of a version. A text with a character that no font can show loses the claim of conformance only."""
    said = spoken(content)
    labels = {
        "title": _("Compte rendu : %(title)s") % {"title": said.title},
        "presences": _("Présences"),
        "record": _("Notes de la rencontre"),
        "other": _("Autres suites"),
    }
    data = json.dumps({**asdict(said), "labels": labels, "foot": footing(version)}, ensure_ascii=False)
    try:
        return _compile(data, conforming=True)
    except typst.TypstError:
        return _compile(data, conforming=False)


def _compile(data: str, *, conforming: bool) -> bytes:
    pdf = _compiler().compile(format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1"] if conforming else [])
    if not isinstance(pdf, bytes):
        raise TypeError("typst answered several files for one PDF")
    return pdf
