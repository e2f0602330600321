"""What the rules of complex cases know of cases: one constant set of queries, whatever the number of cases (I4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from concertoit.field.cases.enums import AssignmentState, CaseState, Outcome
from concertoit.field.cases.enums.complexity import FlagKind, FlagValue
from concertoit.field.cases.enums.grid import Measure, Vulnerability
from concertoit.field.cases.enums.intake import ReportState
from concertoit.field.cases.enums.work import OrderState, VisitState
from concertoit.field.cases.models import (
    Assignment,
    Case,
    CaseFlag,
    GradeRecord,
    HouseholdNeed,
    Observation,
    Order,
    Ownership,
    Report,
    Visit,
)
from concertoit.field.cases.rules.complexity import CaseFacts, Dated, Span, unknown
from concertoit.ground.places.models import Dwelling

NEEDS_MANDATE = (AssignmentState.NEW, AssignmentState.IN_PROGRESS, AssignmentState.CLOSED)
WAITING = (AssignmentState.NEW, AssignmentState.IN_PROGRESS)
NOT_REALLY = (Outcome.UNFOUNDED, Outcome.DUPLICATE)
ANSWERS = {FlagValue.YES: Span.of(1), FlagValue.NO: Span.of(0)}


def facts_of(case: Case) -> CaseFacts:
    """All that is known of one case today (or on the day it closed)."""
    return facts_of_many([case])[case.pk]


def facts_of_many(cases: Sequence[Case]) -> dict[int, CaseFacts]:
    """All that is known of cases of one démarche, by id. ``building`` and ``household`` should be loaded with them."""
    if not cases:
        return {}
    read = _Read(cases)
    return {case.pk: read.facts(case) for case in cases}


def day_of(case: Case) -> date:
    """The day on which a case is judged: today, or the day it closed."""
    return timezone.localdate(case.closed_at) if case.closed_at else timezone.localdate()


class _Read:
    """The rows behind the facts, each table read once."""

    def __init__(self, cases: Sequence[Case]) -> None:
        space = cases[0].space_id
        ids, buildings = [case.pk for case in cases], {case.building_id for case in cases}
        self.grades = _last(GradeRecord.objects.filter(case__in=ids).order_by("at", "pk"))
        self.needs = _last(HouseholdNeed.objects.filter(case__in=ids).order_by("on", "pk"))
        self.flags: dict[tuple[int, str], CaseFlag] = {
            (row.case_id, row.kind): row for row in CaseFlag.objects.filter(case__in=ids).order_by("at", "pk")
        }
        seen = Observation.objects.filter(sheet__case__in=ids, set_aside_at=None, item__measure=Measure.CLUTTER)
        self.clutter = dict(seen.order_by().values_list("sheet__case").annotate(Max("measure")))
        self.assignments = _by(Assignment.objects.filter(case__in=ids).order_by("pk"), "case_id")
        self.orders = _by(Order.objects.filter(case__in=ids).order_by("pk"), "case_id")
        refused = Visit.objects.filter(case__in=ids, state=VisitState.REFUSED)
        self.refused = dict(refused.order_by().values_list("case").annotate(Count("pk")))
        self.neighbours = _by(
            Case.objects.filter(space=space, building__in=buildings).order_by("known_at", "pk"), "building_id"
        )
        told = Report.objects.filter(space=space, building__in=buildings).exclude(state=ReportState.SET_ASIDE)
        self.reports = _by(told.order_by("received_at", "pk"), "building_id")
        homes = Dwelling.objects.filter(building__in=buildings)
        self.homes = dict(homes.order_by().values_list("building").annotate(Count("pk")))
        self._owners(space, buildings)

    def _owners(self, space: int, buildings: set[int]) -> None:
        """For each building, its owners; for each owner, the buildings that have open cases."""
        rows = Ownership.objects.filter(space=space, owner__buildings__building__in=buildings).distinct()
        self.ownerships = list(rows.select_related("owner").order_by("pk"))
        elsewhere = {row.building_id for row in self.ownerships}
        open_cases = Case.objects.filter(space=space, building__in=elsewhere).exclude(state=CaseState.CLOSED)
        self.active = set(open_cases.order_by().values_list("building_id", flat=True))

    def facts(self, case: Case) -> CaseFacts:
        day = day_of(case)
        grade, need = self.grades.get(case.pk), self.needs.get(case.pk)
        known: dict[str, Span] = {
            "dwellings": Span.of(case.building.dwellings, low=max(1, self.homes.get(case.building_id, 0))),
            "mandates": Span.of(len({row.organisation_id for row in self._taken(case)})),
            "missed_deadlines": Span.of(self._missed(case, day)),
            "refused_visits": Span.of(self.refused.get(case.pk, 0)),
            "days_open": Span.of((day - timezone.localdate(case.known_at)).days),
            **self._owner(case, day),
        }
        if grade is not None and grade.level is not None:
            known["grade"] = Span.of(grade.level)
        if need is not None:
            known["need"] = Span.of(int(need.need[1:]))
        if self.clutter.get(case.pk) is not None:
            known["clutter"] = Span.of(int(self.clutter[case.pk]))
        if case.household is not None and case.household.children is not None:
            known["children"] = Span.of(case.household.children)
        known |= self._answers(case, need)
        return CaseFacts(known, tuple(self._reported(case, day)), tuple(self._back(case)))

    def _taken(self, case: Case) -> list[Assignment]:
        return [row for row in self.assignments[case.pk] if row.state in NEEDS_MANDATE]

    def _missed(self, case: Case, day: date) -> int:
        """Deadlines of partners and of orders that passed without what was asked."""
        late = 0
        for row in self.assignments[case.pk]:
            unanswered = row.state == AssignmentState.NEW and row.answer_by is not None and row.answer_by < day
            late += unanswered or (row.state in WAITING and row.due_on is not None and row.due_on < day)
        for order in self.orders[case.pk]:
            passed = order.state == OrderState.OPEN and order.due_on is not None and order.due_on < day
            late += passed or order.state == OrderState.NOT_COMPLIED
        return late

    def _owner(self, case: Case, day: date) -> dict[str, Span]:
        owners = {
            row.owner_id: row.owner
            for row in self.ownerships
            if row.building_id == case.building_id and _holds(row, day)
        }
        if not owners:
            return {}
        theirs = {row.building_id for row in self.ownerships if row.owner_id in owners and _holds(row, day)}
        known = {"owner_buildings": Span.of(len(theirs & self.active))}
        reachable = [owner.reachable for owner in owners.values() if owner.reachable is not None]
        if reachable:
            known["owner_unreachable"] = Span.of(not any(reachable))
        return known

    def _answers(self, case: Case, need: HouseholdNeed | None) -> dict[str, Span]:
        """What people answered; « we do not know » takes back what an owner's card said."""
        known = {}
        if need is not None and Vulnerability.REPRISALS in need.vulnerabilities:
            known[FlagKind.REPRISALS.value] = Span.of(1)
        for kind in FlagKind:
            flag = self.flags.get((case.pk, kind))
            if flag is not None:
                known[kind.value] = ANSWERS.get(FlagValue(flag.value), unknown(kind.value))
        return known

    def _reported(self, case: Case, day: date) -> Iterable[Dated]:
        """What was reported in the building until that day: its cases, and the reports that no case holds yet."""
        for other in self.neighbours[case.building_id]:
            yield from _dated(day, timezone.localdate(other.known_at), other.dwelling_id)
        for report in self.reports[case.building_id]:
            if report.case_id is None or report.dwelling_id is not None:
                yield from _dated(day, timezone.localdate(report.received_at), report.dwelling_id)

    def _back(self, case: Case) -> Iterable[Dated]:
        """The same problem coming back: reopenings, and earlier cases of the dwelling, from their closing to this one."""
        yield from (Dated(0) for __ in range(case.reopened_count))
        for other in self.neighbours[case.building_id]:
            if other.pk == case.pk or other.closed_at is None or other.closed_at > case.known_at:
                continue
            if other.outcome in NOT_REALLY or (
                other.dwelling_id and case.dwelling_id and other.dwelling_id != case.dwelling_id
            ):
                continue
            sure = bool(case.dwelling_id and other.dwelling_id)
            yield Dated((case.known_at - other.closed_at).days, sure=sure)


def _dated(day: date, on: date, dwelling: int | None) -> Iterable[Dated]:
    if on <= day:
        yield Dated((day - on).days, str(dwelling or ""))


def _holds(row: Ownership, day: date) -> bool:
    return (row.since is None or row.since <= day) and (row.until is None or row.until >= day)


def _last(rows: Iterable[Any]) -> dict[int, Any]:
    """The last row of each case."""
    return {row.case_id: row for row in rows}


def _by(rows: Iterable[Any], key: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found


def open_cases_of(space_id: int, *, building: int | None = None) -> list[Case]:
    """Cases that are still judged, with what the facts need."""
    rows = Case.objects.filter(~Q(state=CaseState.CLOSED), space=space_id)
    if building is not None:
        rows = rows.filter(building=building)
    return list(rows.select_related("building", "household").order_by("pk"))
