"""Rows of the permission table: emergency cells. The team sees every cell, a partner those where it was called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from concertoit.field.cases.enums.cell import CellRole
from tests.field.cases import made_cell as made
from tests.permissions import FIELD, FIELD_TEAM, HIDDEN, PUBLIC, Row, row
from tests.personas import Table

TEAM = FIELD.but(responder=HIDDEN)
RUN = FIELD.but(responder=HIDDEN, worker="no")
Kwargs = Callable[[Table], dict[str, Any]]


def cell(**options: Any) -> Kwargs:
    return lambda table: {"reference": made.cell_of(table, **options).reference}


def over(table: Table) -> dict[str, Any]:
    return {"reference": made.over(table).reference}


def member(table: Table) -> dict[str, Any]:
    row = made.cell_of(table)
    return {"reference": row.reference, "member_id": made.member(row, CellRole.LOG).pk}


def link(table: Table) -> dict[str, Any]:
    return {"token": made.token(made.cell_of(table))}


def doing(act: str, kwargs: Kwargs) -> Kwargs:
    return lambda table: {**kwargs(table), "act": act}


LINE = {"kind": "note", "text": "Fait"}
C = "cases:cell"
ROWS: list[Row] = [
    row("cases:cells", read=FIELD),
    row(f"{C}_new", read=FIELD_TEAM, write=FIELD_TEAM),
    row(C, cell(), read=TEAM),
    row(C, cell(partner=True), read=FIELD),
    row(f"{C}_live", cell(partner=True), read=FIELD),
    row(f"{C}_act", doing("ecrire", cell()), write=TEAM, data=LINE),
    row(f"{C}_act", doing("ecrire", cell(partner=True)), write=FIELD, data=LINE),
    row(f"{C}_call", cell(partner=True), read=RUN.but(responder="no"), write=RUN.but(responder="no")),
    row(f"{C}_role", member, write=RUN, data={"role": "lead"}),
    row(f"{C}_correct", lambda t: {**cell()(t), "number": 1}, read=TEAM, write=TEAM),
    row(f"{C}_stand_down", cell(), read=RUN, write=RUN),
    row(f"{C}_review", over, read=FIELD_TEAM, write=FIELD_TEAM),
    row(f"{C}_review_action", over, read=FIELD_TEAM, write=FIELD_TEAM),
    row(f"{C}_file", lambda t: {**over(t), "extension": "docx"}, read=TEAM),
    row(f"{C}_link", link, read=PUBLIC, bound=False),
    row(f"{C}_link_live", link, read=PUBLIC, bound=False),
    row(f"{C}_link_act", doing("ecrire", link), write=PUBLIC, data=LINE, bound=False),
]
