"""Rows of the permission table: cases work. A partner's own case is asked of it, and it has not answered."""

from __future__ import annotations

from typing import Any

from tests.field.cases import made_work as made
from tests.permissions import FIELD, FIELD_LEAD, FIELD_TEAM, HIDDEN, NO, PUBLIC, Row, _members, row
from tests.personas import Table

P = "cases:"
SETUP = _members("liaison", "coordinator")
FIGURES = _members("liaison", "worker", "coordinator", "coco")
BRIGADE = _members("liaison", "worker", "coordinator")
DELAYS = _members("liaison", "worker", "responder", "coordinator")
# A case of which nothing was asked of the responder's organisation exists for the team only.
TEAM_CASE = FIELD_TEAM.but(responder=HIDDEN)


def case(table: Table) -> dict[str, Any]:
    """A case that the responder's organisation was asked."""
    return {"reference": made.asked(table).case.reference}


def unasked(table: Table) -> dict[str, Any]:
    return {"reference": made.case_of(table).reference}


def closed(table: Table) -> dict[str, Any]:
    from concertoit.field.cases.services import closing

    found = made.case_of(table)
    end = closing.Closing("works_done", "better", "Fait")
    return {"reference": closing.close(viewer=table.viewer("liaison"), case=found, closing=end).reference}


def resolved(table: Table) -> dict[str, Any]:
    from concertoit.field.cases.services import closing

    found = closing.move_case(viewer=table.viewer("liaison"), case=made.asked(table).case, to="resolved", words="Fait")
    return {"reference": found.reference}


def assignment(table: Table) -> dict[str, Any]:
    made_ = made.asked(table)
    return {"reference": made_.case.reference, "assignment_id": made_.pk}


def visit(table: Table) -> dict[str, Any]:
    """A visit of the brigade on a case that the responder's organisation took."""
    taken = made.accepted(table)
    return {"reference": taken.case.reference, "visit_id": made.visit_of(table, taken.case).pk}


def order(table: Table) -> dict[str, Any]:
    """A document that the responder's organisation issued."""
    taken = made.accepted(table)
    return {"reference": taken.case.reference, "order_id": made.order_of(table, taken.case).pk}


def taken(table: Table) -> dict[str, Any]:
    return {"reference": made.accepted(table).case.reference}


def step(table: Table) -> dict[str, Any]:
    return {**case(table), "code": "summary"}


def building(table: Table) -> dict[str, Any]:
    return {"building_id": made.case_of(table).building_id}


def owner(table: Table) -> dict[str, Any]:
    return {"owner_id": made.owner_of(table).pk}


def member(table: Table) -> dict[str, Any]:
    return {"member_id": made.member_of(table).pk}


def myself(table: Table) -> dict[str, Any]:
    """Everybody of the team is in the brigade, so that each may say when they are free."""
    made.member_of(table)
    made.member_of(table, "liaison")
    return {}


def link(table: Table) -> dict[str, Any]:
    from concertoit.field.cases.services import assigning

    sent = assigning.send_link(viewer=table.viewer("liaison"), assignment=made.asked(table), email="quai@exemple.test")
    return {"token": assigning.token_of(sent)}


ROWS: list[Row] = [
    row(f"{P}home", read=FIELD),
    row(f"{P}list", read=FIELD),
    row(f"{P}case_file", lambda t: {"extension": "csv"}, read=FIELD, bound=False),
    row(f"{P}figures", read=FIGURES),
    row(f"{P}my_visits", read=FIELD),
    row(f"{P}my_visits_file", read=FIELD),
    row(f"{P}brigade", read=BRIGADE),
    row(f"{P}member_new", read=FIELD_LEAD, write=FIELD_LEAD),
    row(f"{P}member_edit", member, read=FIELD_LEAD, write=FIELD_LEAD),
    row(f"{P}member_remove", member, write=FIELD_LEAD),
    row(f"{P}availability", myself, read=FIELD_TEAM, write=FIELD_TEAM, bound=False),
    row(f"{P}mandate_new", read=SETUP, write=SETUP),
    row(f"{P}mandate_edit", lambda t: {"mandate_id": made.mandate_of(t).pk}, read=SETUP, write=SETUP),
    row(f"{P}delays", read=DELAYS),
    row(f"{P}delay_edit", lambda t: {"code": "clock.works"}, read=SETUP, write=SETUP, bound=False),
    row(f"{P}building", building, read=FIELD_TEAM),
    row(f"{P}owner_new", building, read=FIELD_TEAM, write=FIELD_TEAM),
    row(f"{P}owner", owner, read=FIELD_TEAM),
    row(f"{P}owner_edit", owner, read=FIELD_TEAM, write=FIELD_TEAM),
    row(f"{P}case", case, read=FIELD),
    row(f"{P}case", unasked, read=TEAM_CASE),
    row(f"{P}follow", case, read=FIELD_TEAM.but(worker="moved"), write=FIELD_TEAM),
    row(f"{P}describe", case, read=FIELD_TEAM, write=FIELD_TEAM),
    row(f"{P}move", lambda t: {**case(t), "state": "made_safe"}, read=FIELD_TEAM, write=FIELD_TEAM),
    row(f"{P}close", case, read=FIELD_LEAD, write=FIELD_LEAD),
    row(f"{P}reopen", closed, read=FIELD_LEAD, write=FIELD_LEAD),
    row(f"{P}refuse_closure", resolved, read=FIELD_TEAM, write=FIELD_TEAM),
    row(f"{P}pause", case, read=FIELD_LEAD, write=FIELD_LEAD),
    row(f"{P}milestone", step, read=FIELD_TEAM, write=FIELD_TEAM),
    row(f"{P}assign", case, read=FIELD_LEAD, write=FIELD_LEAD),
    row(
        f"{P}assignment_move", assignment, read=FIELD, write=FIELD, query="?vers=refused",
    ),
    row(f"{P}link_new", assignment, read=FIELD_LEAD, write=FIELD_LEAD),
    row(f"{P}partner_link", link, read=PUBLIC, write=PUBLIC, bound=False),
    row(f"{P}visit_new", taken, read=FIELD, write=FIELD),
    row(f"{P}visit_told", visit, read=FIELD.but(responder=NO), write=FIELD.but(responder=NO)),
    row(f"{P}order_new", taken, read=FIELD, write=FIELD),
    row(f"{P}order", order, read=FIELD),
    row(f"{P}order_edit", order, read=FIELD, write=FIELD),
    row(f"{P}order_settle", order, read=FIELD, write=FIELD),
]  # fmt: skip
