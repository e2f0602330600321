"""Rows of the permission table: cases intake."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.field.cases import made_intake as made
from tests.permissions import FIELD_LEAD, FIELD_TEAM, HIDDEN, PUBLIC, Row, row
from tests.personas import Table

Kwargs = Callable[[Table], dict[str, Any]]
C = "cases:"


def of_report(table: Table) -> dict[str, Any]:
    return {"reference": made.report(table).reference}


def of_household(table: Table) -> dict[str, Any]:
    household = made.report(table).household
    return {"household_id": household.pk if household else 0}


def code(**more: Any) -> Kwargs:
    """The code of a report, with what else the address needs."""
    return lambda table: {"code": made.code(made.report(table)), **more}


def photo(table: Table) -> dict[str, Any]:
    report = made.report(table, photos=[made.photo()])
    return {"code": made.code(report), "uid": made.photo_of(report).uid}


def draft(**more: Any) -> Kwargs:
    return lambda table: {"slug": table.space.slug, "code": made.draft_code(table), **more}


def of_list(table: Table) -> dict[str, Any]:
    return {"list_id": made.case_list(table).pk}


# A partner of the field is let in and finds nothing: the household is not of a case it accepted.
HOUSEHOLD_READERS = FIELD_TEAM.but(responder=HIDDEN)

ROWS: list[Row] = [
    row(f"{C}reports", read=FIELD_TEAM),
    row(f"{C}taken", read=FIELD_TEAM, write=FIELD_TEAM),
    row(f"{C}report", of_report, read=FIELD_TEAM),
    row(f"{C}report_decide", of_report, write=FIELD_TEAM, data={"quoi": "ecarter", "why": "not_ours"}),
    row(f"{C}report_place", of_report, read=FIELD_TEAM, write=FIELD_TEAM),
    row(f"{C}case_lists", read=FIELD_TEAM, write=FIELD_TEAM),
    row(f"{C}case_list_template", read=FIELD_TEAM),
    row(f"{C}case_list_preview", of_list, read=FIELD_TEAM),
    row(f"{C}case_list_confirm", of_list, write=FIELD_TEAM),
    row(f"{C}looks", read=FIELD_LEAD),
    row(f"{C}incidents", read=FIELD_LEAD, write=FIELD_LEAD),
    row(f"{C}household", of_household, read=HOUSEHOLD_READERS),
    row(f"{C}identity", of_household, write=HOUSEHOLD_READERS, data={"why": "visit"}),
    row(f"{C}household_edit", of_household, read=FIELD_TEAM, write=FIELD_TEAM),
    row(f"{C}person_write", of_household, read=FIELD_TEAM, write=FIELD_TEAM),
    row(f"{C}person_remove", of_household, write=FIELD_TEAM.but(liaison=HIDDEN, worker=HIDDEN)),
    row(f"{C}household_consent", of_household, write=FIELD_TEAM, data={"purpose": "living", "means": "spoken"}),
    row(f"{C}household_export", of_household, write=FIELD_LEAD, data={"checked": "card"}),
    row(f"{C}signal", read=PUBLIC, write=PUBLIC),
    row(f"{C}signal_step", draft(step="ou"), read=PUBLIC, write=PUBLIC, bound=False),
    row(f"{C}signal_receipt", code(), read=PUBLIC, bound=False),
    row(f"{C}follow_door", read=PUBLIC, write=PUBLIC),
    row(f"{C}my_case", code(), read=PUBLIC, bound=False),
    row(f"{C}follow_act", code(), write=PUBLIC, bound=False, data={"quoi": "ajouter", "text": "Un mot."}),
    row(f"{C}follow_photo", photo, read=PUBLIC, bound=False),
    row(f"{C}follow_data", code(extension="json"), read=PUBLIC, bound=False),
    row(f"{C}follow_data", code(extension="pdf"), read=PUBLIC, bound=False),
]
