"""Where what the journal tells of small works has its page, and who reads it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from concertoit.field.small_works.models import Extraction, Handyperson, Pilot, Request
from concertoit.ground.spaces.queries.histories import page_of_row, read_with

LABELS: dict[str, Any] = {
    "request": _("demande de menus travaux"),
    "handyperson": _("aide aux menus travaux"),
    "pilot": _("projet de menus travaux"),
    "extraction": _("extraction pour la recherche"),
}
PAGES = {
    "request": page_of_row(Request, "small_works:request", reference="reference"),
    "handyperson": page_of_row(Handyperson, "small_works:handypersons"),
    "pilot": page_of_row(Pilot, "small_works:home"),
    "extraction": page_of_row(Extraction, "small_works:research"),
}
# The team reads what happened to requests; the coordination, what it sets up.
CAN_VIEW = {
    "request": read_with("works.view"),
    "handyperson": read_with("works.view"),
    "pilot": read_with("works.setup"),
    "extraction": read_with("works.setup"),
}
