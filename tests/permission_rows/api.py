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


ROWS: list[Row] = [
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
