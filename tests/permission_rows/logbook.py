"""Rows of the permission table: logbook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.field.logbook import made, made_imports
from tests.permissions import FIELD_TEAM, HIDDEN, Row, _members, row
from tests.personas import Table

REGISTER = _members("coordinator", "liaison", "worker")
SETUP = _members("coordinator", "liaison")
# An entry is its author's; nobody else of the démarche knows of it but the lead of their team (tests/field/logbook).
OWN = FIELD_TEAM.but(liaison=HIDDEN)


def entry(make: Callable[[Table], Any]) -> Callable[[Table], dict[str, Any]]:
    return lambda table: {"entry_id": make(table).pk}


def site_data(table: Table) -> dict[str, Any]:
    return {"name": "Les Tilleuls", "municipality": table.municipality.pk, "sector": "coop"}


def seat_data(table: Table) -> dict[str, Any]:
    return {"worker": made.post(table).pk, "starts_on": "2026-01-05"}


def seat(table: Table) -> dict[str, Any]:
    return {"seat_id": (made.team(table).seats.first() or made.seat(table)).pk}


def member(table: Table) -> dict[str, Any]:
    return {"membership_id": table.membership("worker").pk}


def term(table: Table) -> dict[str, Any]:
    from concertoit.field.logbook.models import Term

    return {"term_id": Term.objects.get(edition=made.lists(), kind="activity", code="lease").pk}


def term_data(_table: Table) -> dict[str, Any]:
    made.lists()
    return {"kind": "activity", "label": "Jardin collectif"}


def brought(table: Table) -> dict[str, Any]:
    return {"import_id": made_imports.table(table).pk}


def columns(table: Table) -> dict[str, Any]:
    return {column: str(place) for column, place in made_imports.table(table).columns.items()}


L = "logbook:"
ROWS: list[Row] = [
    row(f"{L}logbook", read=FIELD_TEAM, write=FIELD_TEAM, data=made.posted),
    row(f"{L}entries", read=FIELD_TEAM),
    row(f"{L}entries_file", lambda _table: {"extension": "csv"}, bound=False, read=FIELD_TEAM),
    row(f"{L}entry", entry(made.entry), read=OWN, write=OWN, data=made.posted),
    row(f"{L}entry_retire", entry(made.entry), write=OWN),
    row(f"{L}entry_restore", entry(made.retired), write=OWN),
    row(f"{L}imports", read=FIELD_TEAM, write=FIELD_TEAM),
    row(f"{L}import_template", read=FIELD_TEAM),
    row(f"{L}import", brought, read=OWN, write=OWN, data=columns),
    row(f"{L}import_refused", brought, read=OWN),
    row(f"{L}import_settle", brought, write=OWN),
    row(f"{L}workers", read=REGISTER),
    row(f"{L}worker", member, read=SETUP, write=SETUP, data={"full_time": "1"}),
    row(f"{L}team_new", read=SETUP, write=SETUP, data={"name": "Équipe des rives"}),
    row(f"{L}seat_new", lambda table: {"team_id": made.team(table).pk}, read=SETUP, write=SETUP, data=seat_data),
    row(f"{L}seat_end", seat, write=SETUP),
    row(f"{L}sites", read=REGISTER),
    row(f"{L}site_new", read=SETUP, write=SETUP, data=site_data),
    row(f"{L}site", lambda table: {"site_id": made.site(table).pk}, read=SETUP, write=SETUP, data=site_data),
    row(f"{L}lists", read=REGISTER, write=SETUP, data=term_data),
    row(f"{L}term_toggle", term, bound=False, write=SETUP),
]
