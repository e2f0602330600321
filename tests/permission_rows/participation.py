from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.field.participation import made
from tests.permissions import COORDINATION, MEMBERS, PUBLIC, TABLE, YES, Row, at, row
from tests.personas import Table

Kwargs = Callable[[Table], dict[str, Any]]


def of(name: str, make: Callable[[Table], Any]) -> Kwargs:
    """The id of what a function makes."""
    return lambda table: {name: make(table).pk}


def elector(make: Callable[[Table], Any]) -> Kwargs:
    def kwargs(table: Table) -> dict[str, Any]:
        election = make(table)
        return {"election_id": election.pk, "elector_id": made.elector_of(election).pk}

    return kwargs


def poured(table: Table) -> Any:
    """A vote where two voted online: to count with the paper."""
    from concertoit.field.participation.services import elections

    election = made.opened(table)
    made.strike(table, election, range(5, 9))
    made.online(table, election, [[0], [1]])
    return elections.close_vote(viewer=table.viewer("coordinator"), election=election)


def online_only(table: Table) -> Any:
    from concertoit.field.participation.services import elections

    election = made.opened(table)
    made.online(table, election, [[0]] * 8)
    return elections.close_vote(viewer=table.viewer("coordinator"), election=election)


def scrutineer(table: Table) -> dict[str, Any]:
    return {"token": made.tokens(made.closed(table))[0]}


def code(table: Table) -> dict[str, Any]:
    from concertoit.field.participation.queries.codes import code_of

    return {"code": code_of(made.representation_of(table))}


# Associations, partners and workers write what tenants ask; who only reads does not.
REPRESENTS = TABLE.but(liaison=YES, worker=YES)
asked = of("representation_id", made.representation_of)
election, association = of("election_id", made.election_of), of("association_id", made.association_of)
P = "participation:"

ROWS: list[Row] = [
    row(f"{P}home", read=MEMBERS),
    row(f"{P}parameters", read=MEMBERS),
    row(f"{P}parameter_edit", at(code="=ccr.notice_days"), read=COORDINATION, write=COORDINATION),
    row(f"{P}committees", read=MEMBERS),
    row(f"{P}committees_file", read=MEMBERS),
    row(f"{P}associations", read=MEMBERS),
    row(f"{P}association_new", read=COORDINATION, write=COORDINATION),
    row(f"{P}association", association, read=MEMBERS),
    row(f"{P}association_edit", association, read=COORDINATION, write=COORDINATION),
    row(f"{P}grant_edit", association, read=COORDINATION, write=COORDINATION),
    row(f"{P}complex_new", read=COORDINATION, write=COORDINATION),
    row(f"{P}complex_edit", of("complex_id", made.complex_of), read=COORDINATION, write=COORDINATION),
    row(f"{P}assemblies", read=MEMBERS),
    row(f"{P}assembly_new", read=COORDINATION, write=COORDINATION),
    row(f"{P}assembly", of("assembly_id", made.assembly_of), read=MEMBERS),
    row(f"{P}assembly_edit", of("assembly_id", made.assembly_of), read=COORDINATION, write=COORDINATION),
    row(f"{P}committee", read=MEMBERS),
    row(f"{P}committee_edit", read=COORDINATION, write=COORDINATION),
    row(f"{P}seat_new", read=COORDINATION, write=COORDINATION),
    row(f"{P}seat_end", of("mandate_id", made.seat_of), read=COORDINATION, write=COORDINATION),
    row(f"{P}advice_new", lambda t: made.committee_of(t) and {}, read=COORDINATION, write=COORDINATION, bound=False),
    row(f"{P}advice", of("advice_id", made.advice_of), read=MEMBERS),
    row(f"{P}advice_edit", of("advice_id", made.advice_of), read=COORDINATION, write=COORDINATION),
    row(f"{P}elections", read=MEMBERS),
    row(f"{P}election_new", read=COORDINATION, write=COORDINATION),
    row(f"{P}election", election, read=MEMBERS),
    row(f"{P}election_edit", election, read=COORDINATION, write=COORDINATION),
    row(f"{P}election_move", election, write=COORDINATION, data={"quoi": "ouvrir"}),
    row(f"{P}annul", election, read=COORDINATION, write=COORDINATION),
    row(f"{P}candidacy_new", election, read=COORDINATION, write=COORDINATION),
    row(f"{P}candidacy_move", of("candidacy_id", made.candidacy_of), write=COORDINATION, data={"state": "accepted"}),
    row(f"{P}scrutineer_add", election, write=COORDINATION),
    row(
        f"{P}minutes_file", lambda t: {"election_id": made.counted(t).pk, "extension": "docx"}, read=MEMBERS,
    ),
    row(f"{P}register", election, read=COORDINATION, write=COORDINATION),
    row(f"{P}elector_edit", elector(made.election_of), read=COORDINATION, write=COORDINATION),
    row(f"{P}elector_act", elector(made.opened), write=COORDINATION, data={"quoi": "room"}),
    row(f"{P}code_new", elector(made.opened), write=COORDINATION),
    row(f"{P}codes_file", of("election_id", made.opened), write=COORDINATION),
    row(f"{P}slips_file", of("election_id", poured), read=COORDINATION),
    row(f"{P}counting", of("election_id", made.closed), read=COORDINATION),
    row(f"{P}count_online", of("election_id", online_only), write=COORDINATION),
    row(f"{P}draw", of("election_id", made.tied), read=COORDINATION, write=COORDINATION),
    row(f"{P}complaint_new", of("election_id", made.counted), read=COORDINATION, write=COORDINATION),
    row(f"{P}complaint_answer", of("complaint_id", made.complaint_of), read=COORDINATION, write=COORDINATION),
    row(f"{P}proclaim", of("election_id", made.counted), read=COORDINATION, write=COORDINATION),
    row(f"{P}representations", read=MEMBERS),
    row(f"{P}representations_file", read=MEMBERS),
    row(f"{P}representation_new", read=REPRESENTS, write=REPRESENTS),
    row(f"{P}representation", asked, read=MEMBERS),
    row(f"{P}representation_edit", asked, read=REPRESENTS, write=REPRESENTS),
    row(f"{P}representation_answer", asked, read=COORDINATION, write=COORDINATION),
    row(f"{P}representation_step", asked, read=REPRESENTS, write=REPRESENTS),
    row(f"{P}representation_door", read=PUBLIC, write=PUBLIC, bound=False),
    row(f"{P}representation_follow", code, read=PUBLIC, bound=False),
    row(f"{P}count", scrutineer, read=PUBLIC, write=PUBLIC, bound=False),
]  # fmt: skip
