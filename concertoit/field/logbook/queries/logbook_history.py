"""Where what the journal tells of the logbook has its page, and who reads it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from concertoit.field.logbook.models import Edition, Entry, EntryImport, Site, Team, Worker
from concertoit.field.logbook.queries.entries import visible
from concertoit.ground.spaces.queries.histories import page_of_row, read_with

LABELS: dict[str, Any] = {
    "entry": _("intervention"),
    "site": _("immeuble desservi"),
    "worker": _("poste de soutien communautaire"),
    "team": _("équipe de soutien communautaire"),
    "edition": _("listes du journal de bord"),
    "entryimport": _("tableau d’interventions"),
}
PAGES = {
    "entry": page_of_row(Entry, "logbook:entry", entry_id="pk"),
    "site": page_of_row(Site, "logbook:sites"),
    "worker": page_of_row(Worker, "logbook:workers"),
    "team": page_of_row(Team, "logbook:workers"),
    "edition": page_of_row(Edition, "logbook:lists"),
    "entryimport": page_of_row(EntryImport, "logbook:import", import_id="pk"),
}
# Who reads an entry reads its history; who sets the logbook up reads the rest.
CAN_VIEW = {model: read_with("logbook.setup") for model in LABELS} | {"entry": read_with("logbook.write", visible)}
