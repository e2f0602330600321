"""Rows of the permission table: the change strategy."""

from __future__ import annotations

from typing import Any

from tests.insight.evaluation import made
from tests.permissions import MEMBERS, Row, _members, row
from tests.personas import Table

WRITERS = _members("coordinator", "coco", "liaison")


def change(table: Table) -> dict[str, Any]:
    return {"change_id": made.change(table).pk}


def sign(table: Table) -> dict[str, Any]:
    one = made.sign(table)
    return {"change_id": one.change_id, "sign_id": one.pk}


ROWS: list[Row] = [
    row("evaluation:strategy", read=MEMBERS),
    row("evaluation:change_new", read=WRITERS, write=WRITERS),
    row("evaluation:paste", read=WRITERS, write=WRITERS),
    row("evaluation:axis_new", read=WRITERS, write=WRITERS),
    row("evaluation:axis_edit", lambda table: {"axis_id": made.axis(table).pk}, read=WRITERS, write=WRITERS),
    row("evaluation:value_add", lambda table: {"sign_id": made.sign(table).pk}, read=WRITERS, write=WRITERS),
    row("evaluation:change", change, read=MEMBERS),
    row("evaluation:change_edit", change, read=WRITERS, write=WRITERS),
    row("evaluation:change_retire", change, read=WRITERS, write=WRITERS),
    row("evaluation:change_resume", change, write=WRITERS),
    row("evaluation:reading_add", change, read=WRITERS, write=WRITERS),
    row("evaluation:sign_new", change, read=WRITERS, write=WRITERS),
    row("evaluation:sign_edit", sign, read=WRITERS, write=WRITERS),
]
