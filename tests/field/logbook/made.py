"""Lists, buildings, workers and entries through the services, as people make them."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.utils import timezone

from concertoit.field.logbook.models import Edition, Entry, Site, Team, TeamSeat, Term
from concertoit.field.logbook.services import entries, workers
from concertoit.field.logbook.services.editions import install_editions
from concertoit.field.logbook.services.entries import EntryFacts
from concertoit.field.logbook.services.workers import SiteFacts, WorkerFacts
from tests.personas import Table


def lists() -> Edition:
    """The lists of 2022."""
    install_editions()
    return Edition.objects.get(space=None, code="2022")


def site(table: Table, name: str = "Place Saint-Martin") -> Site:
    known = Site.objects.filter(space=table.space, name=name).first()
    facts = SiteFacts(name=name, municipality=table.municipality, sector="office")
    return known or workers.save_site(viewer=table.viewer("liaison"), facts=facts)


def mask(kind: str, *codes: str) -> int:
    terms = Term.objects.filter(edition=lists(), kind=kind, code__in=codes)
    return sum(1 << term.bit for term in terms)


def facts(table: Table, **said: Any) -> EntryFacts:
    values: dict[str, Any] = {
        "on": timezone.localdate(), "site": said.get("site") or site(table), "kind": "individual", "minutes": 30,
        "clienteles": mask("clientele", "families"), "activities": mask("activity", "welcome"),
    } | said  # fmt: skip
    return EntryFacts(**values)


def entry(table: Table, who: str = "worker", **said: Any) -> Entry:
    return entries.enter(viewer=table.viewer(who), client_id=uuid.uuid4(), facts=facts(table, **said))[0]


def retired(table: Table) -> Entry:
    return entries.retire(viewer=table.viewer("worker"), entry_id=entry(table).pk)


def post(table: Table, who: str = "worker") -> Any:
    return workers.save_worker(
        viewer=table.viewer("liaison"), membership=table.membership(who), facts=WorkerFacts(roles=["bridge"])
    )


def team(table: Table, name: str = "Équipe du fleuve") -> Team:
    known = Team.objects.filter(space=table.space, name=name).first()
    return known or workers.add_team(viewer=table.viewer("liaison"), name=name)


def seat(table: Table, who: str = "worker", since: date = date(2020, 1, 1), **said: Any) -> TeamSeat:
    return workers.seat(
        viewer=table.viewer("liaison"), team=team(table), worker=post(table, who), starts_on=since, **said
    )


def posted(table: Table, **said: Any) -> dict[str, Any]:
    """What the form of the logbook sends."""
    bits = {term.code: str(term.bit) for term in Term.objects.filter(edition=lists(), kind="activity")}
    return {
        "client_id": str(uuid.uuid4()), "site": str(site(table).pk), "kind": "individual", "minutes": "30",
        "activities": [bits["welcome"]], "on": timezone.localdate().isoformat(), "destination": "",
    } | said  # fmt: skip
