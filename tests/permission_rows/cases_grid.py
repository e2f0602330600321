"""Rows of the permission table: the observation grid. A responder's organisation accepted the case that is made."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.permissions import FIELD, FIELD_LEAD, Row, _members, row
from tests.personas import Table  # fmt: skip

SETUP = _members("coordinator", "liaison")
GRID = _members("coordinator", "coco", "liaison", "worker", "responder")
# A building inspector of the team does not read the accompaniment.
SUPPORT = _members("liaison")


def made() -> Any:
    from tests.field.cases import made_grid

    return made_grid


def _case(table: Table) -> dict[str, Any]:
    return {"reference": made().case(table).reference}


def _sheet(table: Table) -> dict[str, Any]:
    row = made().sheet(table)
    return {"reference": row.case.reference, "sheet_id": row.pk}


def _observation(table: Table) -> dict[str, Any]:
    row = made().observation(table)
    return {"reference": row.sheet.case.reference, "observation_id": row.pk}


def _confirmable(table: Table) -> dict[str, Any]:
    for key in ("liaison", "worker"):
        made().competent(table, key, "inspection")
    return {"reference": made().sheet(table).case.reference}


def _need(table: Table) -> dict[str, Any]:
    made().competent(table, "worker", "inspection")
    return _case(table)


def _draft(table: Table, **more: Any) -> dict[str, Any]:
    return {"number": made().draft(table).number, **more}


def _item(table: Table) -> dict[str, Any]:
    return _draft(table, code="HUM1")


def _dimension(table: Table) -> dict[str, Any]:
    return _draft(table, code="HUM")


def _file(table: Table) -> dict[str, Any]:
    """A version that this démarche adopted: every démarche has the first grid, number 0."""
    from concertoit.field.cases.services.grids import adopt

    row = adopt(
        viewer=table.viewer("liaison"), draft=made().draft(table), adopted_by="Nous", adopted_on=date(2026, 1, 1)
    )
    return {"number": row.number, "extension": "csv"}


def _version(table: Table) -> dict[str, Any]:
    return {"number": _file(table)["number"]}


ROWS: list[Row] = [
    row("cases:grid", _case, read=FIELD, bound=True),
    row("cases:grid_fill", _case, read=FIELD, write=FIELD, bound=True),
    row("cases:grid_compare", _case, read=FIELD, bound=True),
    row("cases:grid_sheet", _sheet, read=FIELD, bound=True),
    # Only who filled a grid may finish it.
    row("cases:grid_finish", _sheet, write=_members("worker"), bound=True),
    row("cases:grid_confirm", _confirmable, write=FIELD, bound=True),
    row("cases:grid_decision", _case, read=FIELD, write=FIELD, bound=True),
    row("cases:grid_set_aside", _observation, read=FIELD_LEAD, write=FIELD_LEAD, data={"why": "Réparé"}, bound=True),
    row("cases:grid_need", _need, read=SUPPORT, write=SUPPORT, bound=True),
    row("cases:grid_versions", read=GRID),
    row("cases:grid_version", _version, read=GRID, bound=True),
    row("cases:grid_draft", write=SETUP),
    row("cases:grid_item_new", _draft, read=SETUP, write=SETUP, bound=True),
    row("cases:grid_item", _item, read=SETUP, write=SETUP, bound=True),
    row("cases:grid_dimension_new", _draft, read=SETUP, write=SETUP, bound=True),
    row("cases:grid_dimension", _dimension, read=SETUP, write=SETUP, bound=True),
    row("cases:grid_thresholds", _draft, read=SETUP, write=SETUP, bound=True),
    row("cases:grid_adopt", _draft, read=SETUP, write=SETUP, bound=True),
    row("cases:grid_discard", _draft, write=SETUP, bound=True),
    row("cases:grid_import", _draft, read=SETUP, write=SETUP, bound=True),
    row("cases:grid_paper", _version, read=GRID, bound=True),
    row("cases:grid_file", _file, read=GRID, bound=True),
]
