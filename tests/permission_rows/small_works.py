"""Rows of the permission table: small works."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from concertoit.field.small_works.services.following import token_of
from tests.field.small_works import made
from tests.permissions import FIELD_TEAM, PUBLIC, Row, _members, row
from tests.personas import Table

FIGURES = _members("coordinator", "coco", "liaison", "worker")
SETUP = _members("coordinator", "liaison")


def one(make: Callable[..., Any]) -> Callable[[Table], dict[str, Any]]:
    return lambda table: {"reference": make(table).reference}


def visit(table: Table) -> dict[str, Any]:
    return {"token": token_of(made.matched(table))}


ROWS: list[Row] = [
    row("small_works:home", read=FIGURES),
    row("small_works:new", read=FIELD_TEAM, write=FIELD_TEAM),
    row("small_works:pilot", read=SETUP, write=SETUP),
    row("small_works:handypersons", read=FIELD_TEAM),
    row("small_works:handyperson_new", read=FIELD_TEAM, write=FIELD_TEAM),
    row(
        "small_works:handyperson_edit",
        lambda table: {"handyperson_id": made.handyperson(table).pk},
        read=FIELD_TEAM,
        write=FIELD_TEAM,
        bound=True,
    ),
    row("small_works:research", read=SETUP, write=SETUP),
    row(
        "small_works:extraction_file",
        lambda table: {"extraction_id": made.extraction(table).pk},
        read=SETUP,
        bound=True,
    ),
    row("small_works:ask", read=PUBLIC, write=PUBLIC, bound=False),
    row("small_works:received", read=PUBLIC, bound=False),
    row("small_works:request", one(made.planned), read=FIELD_TEAM, bound=True),
    row("small_works:complete", one(made.received), read=FIELD_TEAM, write=FIELD_TEAM, bound=True),
    row("small_works:decide", one(made.received), read=FIELD_TEAM, write=FIELD_TEAM, bound=True),
    row("small_works:match", one(made.accepted), read=FIELD_TEAM, write=FIELD_TEAM, bound=True),
    row("small_works:plan_visit", one(made.matched), read=FIELD_TEAM, write=FIELD_TEAM, bound=True),
    row("small_works:report_done", one(made.planned), read=FIELD_TEAM, write=FIELD_TEAM, bound=True),
    row("small_works:follow_up", one(made.done), read=FIELD_TEAM, write=FIELD_TEAM, bound=True),
    row("small_works:cancel", one(made.received), read=FIELD_TEAM, write=FIELD_TEAM, bound=True),
    row("small_works:reopen", one(made.done), write=FIELD_TEAM, bound=True),
    row("small_works:research_consent", one(made.received), write=FIELD_TEAM, bound=True),
    row("small_works:visit", visit, read=PUBLIC, write=PUBLIC),
]
