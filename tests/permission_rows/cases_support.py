"""Rows of the permission table: accompaniment, letters, messages of a case (I5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.field.cases import made_intake
from tests.field.cases import made_support as made
from tests.permissions import FIELD_TEAM, HIDDEN, PUBLIC, Row, row
from tests.personas import Table

Kwargs = Callable[[Table], dict[str, Any]]
# The worker accompanies households; the partner was asked nothing, so that the case does not exist for it.
SUPPORT = FIELD_TEAM.but(responder=HIDDEN)


def of(argument: str = "", make: Callable[[Table, Any], Any] | None = None, **more: Any) -> Kwargs:
    """The number of a case, and the id of what hangs on it."""

    def kwargs(table: Table) -> dict[str, Any]:
        case = made.supporter(table)
        found = {argument: make(table, case).pk} if make else {}
        return {"reference": case.reference, **found, **more}

    return kwargs


def bearer(table: Table) -> dict[str, Any]:
    """The code of a report whose household has a case."""
    row = made_intake.case(table).reports.order_by("pk").first()
    assert row is not None
    return {"code": made_intake.code(row)}


C = "cases:"
ROWS: list[Row] = [
    row(f"{C}support", of(), read=SUPPORT),
    row(f"{C}note_new", of(), read=SUPPORT, write=SUPPORT),
    row(f"{C}note_correct", of("note_id", made.note_of), read=SUPPORT, write=SUPPORT),
    row(f"{C}card_explained", of(), write=SUPPORT, data={"fiche": "deposit"}),
    row(f"{C}step_new", of(), read=SUPPORT, write=SUPPORT),
    row(f"{C}step_edit", of("step_id", made.step_of), read=SUPPORT, write=SUPPORT),
    row(f"{C}received_new", of(), read=SUPPORT, write=SUPPORT),
    row(f"{C}received_answer", of("row_id", made.received_of), write=SUPPORT),
    row(f"{C}refer_new", of(), read=FIELD_TEAM, write=FIELD_TEAM),
    row(f"{C}letter_new", of(kind="owner"), read=SUPPORT, write=SUPPORT),
    row(f"{C}letter", of("letter_id", made.letter_of), read=SUPPORT),
    row(f"{C}letter_void", of("letter_id", made.letter_of), read=SUPPORT, write=SUPPORT),
    row(
        f"{C}letter_file", of("letter_id", made.letter_of, language="fr", extension="docx"), read=SUPPORT, write=SUPPORT
    ),
    row(f"{C}messages", of(audience="partners"), read=SUPPORT, write=SUPPORT),
    row(f"{C}messages", of(audience="tenant"), read=SUPPORT, write=SUPPORT),
    row(f"{C}tenant_messages", bearer, read=PUBLIC, write=PUBLIC, bound=False),
    row(f"{C}messages_read", of(audience="partners"), write=SUPPORT),
]  # fmt: skip
