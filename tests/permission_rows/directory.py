"""Rows of the permission table: directory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.field.directory import made
from tests.permissions import MEMBERS, PUBLIC, Row, _members, at, row
from tests.personas import Table

WRITERS = _members("coordinator", "liaison", "worker")
MANAGERS = _members("coordinator", "liaison")
D = "directory:"


def of(name: str, make: Callable[[Table], Any]) -> Callable[[Table], dict[str, Any]]:
    """The id of what a function makes."""
    return lambda table: {name: make(table).pk}


def token(table: Table) -> dict[str, Any]:
    from concertoit.field.directory.services.confirming import token_of

    return {"token": token_of(made.ask_of(table))}


def shown_twice(table: Table) -> dict[str, Any]:
    """A service that another démarche shows too: it may be hidden here."""
    from concertoit.field.directory.models import Listing
    from concertoit.ground.spaces.models import Space

    service = made.service_of(table)
    third, _new = Space.objects.get_or_create(slug="table-voisine", defaults={"name": "Table voisine"})
    Listing.objects.get_or_create(space=third, service=service)
    return {"service_id": service.pk}


service, brought = of("service_id", made.service_of), of("import_id", made.import_of)

ROWS: list[Row] = [
    row(f"{D}services", read=MEMBERS),
    row(f"{D}finder", read=MEMBERS),
    row(f"{D}finder", query="?besoin=food&age=adult", read=MEMBERS),
    row(f"{D}service_new", read=WRITERS, write=WRITERS),
    row(f"{D}elsewhere", read=MANAGERS, write=MANAGERS, data={"service": "x"}),
    row(f"{D}service", service, read=MEMBERS),
    row(f"{D}service_edit", service, read=WRITERS, write=WRITERS),
    row(f"{D}service_retire", service, read=MANAGERS, write=MANAGERS),
    row(f"{D}service_hide", shown_twice, write=MANAGERS),
    row(f"{D}confirmation_ask", service, write=WRITERS, data={"quoi": "voix"}),
    row(f"{D}confirmation_settle", of("ask_id", made.answered_of), write=WRITERS),
    row(f"{D}export_file", at(extension="=json"), read=MEMBERS),
    row(f"{D}import_start", read=MANAGERS, write=MANAGERS),
    row(f"{D}import_preview", brought, read=MANAGERS),
    row(f"{D}import_settle", brought, write=MANAGERS, data={"quoi": "confirmer"}),
    row(f"{D}confirmation", token, read=PUBLIC, write=PUBLIC, data={"said": "right"}),
]
