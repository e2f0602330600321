"""Rows of the permission table: statistics."""

from __future__ import annotations

from typing import Any

from tests.permissions import MEMBERS, NO, Row, _members, row
from tests.personas import Table

READERS = MEMBERS.but(observer=NO)
PUBLISHERS = _members("coordinator", "liaison")


def published(table: Table) -> dict[str, Any]:
    from tests.field.logbook import made_statistics as made

    return {"number": made.report(table).number}


def published_file(table: Table) -> dict[str, Any]:
    return published(table) | {"extension": "json"}


def entered(_table: Table) -> dict[str, Any]:
    return {"title": "Année d’essai", "smallest": 5}


L = "logbook:"
ROWS: list[Row] = [
    row(f"{L}statistics", read=READERS),
    row(f"{L}statistics_how", read=READERS),
    row(f"{L}statistics_file", lambda _table: {"extension": "csv"}, bound=False, read=READERS),
    row(f"{L}figures_publish", read=PUBLISHERS, write=PUBLISHERS, data=entered),
    row(f"{L}figures_reports", read=READERS),
    row(f"{L}figures_report", published, read=READERS),
    row(f"{L}figures_report_file", published_file, read=READERS),
]
