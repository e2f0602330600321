"""Rows of the permission table: interfaces that other systems use. Their lock is a key, not an account."""

from __future__ import annotations

from typing import Any

from tests.front.api import made
from tests.permissions import NOBODY, PUBLIC, Row, _members, at, row
from tests.personas import Table

KEYS = _members("coordinator", "liaison")
# Without a key, the answer is the standard's refusal for everybody, logged in or not.
KEY_ASKED = PUBLIC.but(**dict.fromkeys(PUBLIC.answers, "no"))


def given(table: Table) -> dict[str, Any]:
    return {"key_id": made.key(table)[0].pk}


def hsds(kind: str) -> Any:
    """The identifier of something of a public service."""

    def kwargs(table: Table) -> dict[str, Any]:
        from concertoit.field.directory.models import Attribute, Part
        from tests.field.directory import made as directory

        service = directory.service_of(table)
        term = Attribute.objects.filter(service=service).select_related("term__taxonomy").order_by("pk")[0].term
        place = Part.objects.get(service=service, kind="service_at_location")
        known = {"service": service, "organisation": service.provider, "term": term, "place": place}
        known["taxonomy"] = term.taxonomy if term else None
        return {"uid": known[kind].uid}

    return kwargs


ROWS: list[Row] = [
    row("api:hsds_root", read=PUBLIC),
    row("api:hsds_services", read=PUBLIC),
    row("api:hsds_service", hsds("service"), read=PUBLIC),
    row("api:hsds_organisations", read=PUBLIC),
    row("api:hsds_organisation", hsds("organisation"), read=PUBLIC),
    row("api:hsds_places", read=PUBLIC),
    row("api:hsds_place", hsds("place"), read=PUBLIC),
    row("api:hsds_taxonomies", read=PUBLIC),
    row("api:hsds_taxonomy", hsds("taxonomy"), read=PUBLIC),
    row("api:hsds_terms", read=PUBLIC),
    row("api:hsds_term", hsds("term"), read=PUBLIC),
    row("api:keys", read=KEYS, write=KEYS, data={"system": ""}),
    row("api:key_retire", given, write=KEYS, bound=True),
    row("api:services", at(fmt="=json"), read=PUBLIC),
    row("api:services", at(fmt="=xml"), read=PUBLIC),
    row("api:definition", at(fmt="=xml", code="=mould"), read=PUBLIC),
    row("api:definition", at(fmt="=json", code="=nothing"), read=NOBODY),
    row("api:requests", at(fmt="=json"), read=KEY_ASKED, write=KEY_ASKED),
    row("api:request", at(fmt="=json", reference="=S2026-0001"), read=KEY_ASKED),
    row("api:token", at(fmt="=json", reference="=S2026-0001"), read=KEY_ASKED),
]
