"""Minutes in PDF (tagged, PDF/UA-1), made by typst from a fixed template."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from concertoit.ground.core.pdf import tagged_pdf
from concertoit.together.meetings.exports.minutes_words import footing, spoken
from concertoit.together.meetings.models import MinutesVersion

TEMPLATE = Path(__file__).with_name("minutes.typ")


def minutes_pdf(version: MinutesVersion, content: dict[str, Any]) -> bytes:
    """The PDF of a version. A text with a character that no font can show loses the claim of conformance only."""
    said = spoken(content)
    labels = {
        "title": _("Compte rendu : %(title)s") % {"title": said.title},
        "presences": _("Présences"),
        "record": _("Notes de la rencontre"),
        "other": _("Autres suites"),
    }
    return tagged_pdf(TEMPLATE, {**asdict(said), "labels": labels, "foot": footing(version)})
