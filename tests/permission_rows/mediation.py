"""Rows of the permission table: peer mediation (S12)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.field.participation import made_mediation as made
from tests.permissions import COORDINATION, MEMBERS, PUBLIC, YES, Row, row
from tests.personas import Table

Kwargs = Callable[[Table], dict[str, Any]]
# Who coordinates, and the field team
WORK = COORDINATION.but(liaison=YES, worker=YES)


def of(name: str, make: Callable[[Table], Any]) -> Kwargs:
    return lambda table: {name: make(table).pk}


def ended(table: Table) -> dict[str, Any]:
    party = made.closed(table)
    return {"request_id": party.request_id, "party_id": party.pk}


asked = of("request_id", made.request)
P = "participation:"
ROWS: list[Row] = [
    row(f"{P}mediation", read=WORK),
    row(f"{P}mediation_new", read=WORK, write=WORK),
    row(f"{P}mediation_figures", read=MEMBERS),
    row(f"{P}mediators", read=WORK),
    row(f"{P}mediator_new", read=COORDINATION, write=COORDINATION),
    row(f"{P}mediator_edit", of("mediator_id", made.mediator), read=COORDINATION, write=COORDINATION),
    row(f"{P}mediation_ask", read=PUBLIC, write=PUBLIC, bound=False),
    row(f"{P}mediation_asked", read=PUBLIC, bound=False),
    row(f"{P}mediation_request", asked, read=WORK),
    row(
        f"{P}mediation_act", asked, write=WORK,
        data=lambda table: {"quoi": "conflit", "personne": made.mediator(table, "Aimé Ailleurs").pk},
    ),
    row(f"{P}mediation_session", asked, read=WORK, write=WORK),
    row(f"{P}mediation_outcome", asked, read=WORK, write=WORK),
    row(f"{P}mediation_follow_up", asked, read=WORK, write=WORK),
    row(f"{P}mediation_opinion", ended, read=WORK, write=WORK),
    row(f"{P}mediation_left", read=PUBLIC, bound=False),
    row(f"{P}mediation_link", lambda t: {"token": made.token(made.seat(t))}, read=PUBLIC, write=PUBLIC, bound=False,
        data={"quoi": "rencontre"}),
]  # fmt: skip
