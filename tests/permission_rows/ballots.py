from __future__ import annotations

from typing import Any

from tests.ground.ballots import made
from tests.permissions import PUBLIC, Row, row
from tests.personas import Table


def _code(table: Table) -> dict[str, Any]:
    return {"code": made.first_code(table)}


ROWS: list[Row] = [
    row("ballots:enter", read=PUBLIC, write=PUBLIC),
    row("ballots:vote", _code, read=PUBLIC, write=PUBLIC, bound=False),
]
