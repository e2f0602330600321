"""Services, listings, questions and imports, for tests and the permission table."""

from __future__ import annotations

from datetime import time
from typing import Any

from concertoit.field.directory.exports import to_json
from concertoit.field.directory.models import ConfirmationAsk, DirectoryImport, Service
from concertoit.field.directory.queries.bundles import bundle_of, shown
from concertoit.field.directory.rules.record import Area, Record
from concertoit.field.directory.services import confirming, importing, records
from concertoit.field.directory.services.records import ServiceFacts
from tests.personas import Table

DAY = ((time(9), time(12)), (time(13), time(16, 30)))


def record(table: Table, **more: Any) -> Record:
    """Open from Monday to Friday, in the town of the table, in French, for food."""
    said = {
        "phone": "418-555-0123", "street": "12, rue de l’Essai", "city": "Ville d’essai", "postal_code": "G0R 1A0",
        "accessibility": "Rampe à l’avant", "week": [DAY] * 5 + [(), ()], "languages": ["fr"],
        "areas": [Area("municipality", table.municipality.code, table.municipality.name)], "needs": ["food"],
    } | more  # fmt: skip
    return Record(**said)


def service_of(table: Table, name: str = "Panier de la semaine", *, who: str = "liaison", **more: Any) -> Service:
    """A service of organisation y that the démarche shows; the same one for the same name."""
    known = shown(table.space).filter(name=name).first()
    if known is not None:
        return known
    values = {"name": name, "description": "Un panier par semaine.", "email": "panier@exemple.test"}
    values |= more.pop("values", {})
    facts = ServiceFacts(organisation=table.y, values=values, record=record(table, **more))
    return records.save_service(viewer=table.viewer(who), facts=facts)


def retired_of(table: Table) -> Service:
    service = service_of(table, "Service d’autrefois")
    return records.retire(viewer=table.viewer("liaison"), service_id=service.pk)


def ask_of(table: Table, service: Service | None = None) -> ConfirmationAsk:
    service = service or service_of(table)
    known = ConfirmationAsk.objects.filter(service=service).first()
    return known or confirming.ask(viewer=table.viewer("liaison"), service_id=service.pk, email="org@exemple.test")


def answered_of(table: Table) -> ConfirmationAsk:
    ask = ask_of(table)
    if ask.answered_at is None:
        confirming.answer(token=confirming.token_of(ask), said="changed", words="Nous fermons à 15 h.")
    return ask


def import_of(table: Table) -> DirectoryImport:
    """What the démarche shows, brought back as a file."""
    service_of(table)
    known = DirectoryImport.objects.filter(space=table.space, state="read").first()
    data = to_json(bundle_of(shown(table.space)))
    return known or importing.read(viewer=table.viewer("liaison"), name="repertoire.json", data=data)
