"""Rows of the permission table: complex cases."""

from __future__ import annotations

from typing import Any

from tests.field.cases import made_cell as made
from tests.permissions import FIELD_LEAD, FIELD_TEAM, Row, _members, row
from tests.personas import Table

SETUP = _members("liaison", "coordinator")


def case(table: Table) -> dict[str, Any]:
    return {"reference": made.case_of(table).reference}


def criterion(table: Table) -> dict[str, Any]:
    made.draft_of(table)
    return {"code": "danger"}


C = "cases:complexity"
ROWS: list[Row] = [
    row(C, read=FIELD_TEAM),
    row(f"{C}_case", case, read=FIELD_TEAM, write=FIELD_TEAM, data={"quoi": "repondre"}),
    row(f"{C}_case", case, read=FIELD_TEAM, write=FIELD_LEAD, data={"quoi": "decider"}),
    row(f"{C}_check", case, write=FIELD_TEAM),
    row(f"{C}_rules", read=SETUP),
    row(f"{C}_version", made.adopted_of, read=SETUP),
    row(f"{C}_draft_open", write=SETUP),
    row(f"{C}_draft", made.draft_of, read=SETUP, write=SETUP),
    row(f"{C}_draft_change", made.draft_of, write=SETUP, data={"quoi": "activer", "code": "danger"}),
    row(f"{C}_criterion_new", made.draft_of, read=SETUP, write=SETUP),
    row(f"{C}_criterion", criterion, read=SETUP, write=SETUP),
    row(f"{C}_simulate", made.draft_of, read=SETUP),
    row(f"{C}_adopt", made.draft_of, read=SETUP, write=SETUP),
]
