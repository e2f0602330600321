"""The lines of the list of cases: what a line shows and nothing else.

A page of fifty cases would otherwise make three hundred objects (case, building, town, dwelling, membership, person) to
show ten words of each line: two thirds of what the page cost (docs/performance.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from concertoit.field.cases.enums import AssignmentState
from concertoit.field.cases.models import Assignment, Case
from concertoit.field.cases.policies import ACCEPTED, is_team
from concertoit.ground.places.models import unit_named
from concertoit.ground.places.rules import address_line
from concertoit.ground.spaces.policies import Viewer

_CASE = ("reference", "urgency", "state", "is_complex", "partners", "known_at", "next_due_at", "next_due")
_PLACE = ("building__low", "building__high", "building__suffix", "building__street")
_WHO = ("follower__person__given_name", "follower__person__family_name")
_ALL = ("pk", "summary", "building__municipality__name", "dwelling__unit", *_WHO, *_PLACE, *_CASE)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as the list shows it. ``opened``: the viewer's purpose opened it, so that ``unit`` and ``summary`` are told.

    ``waits``: the partner who reads was asked and has not answered.
    """

    address: str
    municipality: str
    unit: str
    follower: str
    summary: str
    opened: bool
    waits: bool
    reference: str
    urgency: str
    state: str
    is_complex: bool
    partners: str
    known_at: datetime
    next_due_at: datetime | None
    next_due: str


def lines(viewer: Viewer, rows: QuerySet[Case]) -> list[CaseLine]:
    """The lines of a page of cases, in its order; for a partner, without the dwelling of what it has not accepted."""
    found = list(rows.values_list(*_ALL))
    opened, waiting = _answered(viewer, [row[0] for row in found])
    return [
        CaseLine(
            address_line(low, high, suffix, street),
            town,
            unit_named(unit) if unit and pk in opened else "",
            f"{given or ''} {family or ''}".strip(),
            summary if pk in opened else "",
            pk in opened,
            pk in waiting,
            *of_case,
        )
        for pk, summary, town, unit, given, family, low, high, suffix, street, *of_case in found
    ]


def _answered(viewer: Viewer, pks: list[int]) -> tuple[frozenset[int], frozenset[int]]:
    """Which of these cases the viewer's purpose opened (all for the team, the accepted ones for a partner), and which
    wait for the partner's answer."""
    if is_team(viewer):
        return frozenset(pks), frozenset()
    asked = Assignment.objects.filter(case__in=pks, organisation__in=viewer.organisation_ids)
    states = list(asked.order_by().values_list("case_id", "state"))
    return (
        frozenset(pk for pk, state in states if state in ACCEPTED),
        frozenset(pk for pk, state in states if state == AssignmentState.NEW),
    )
