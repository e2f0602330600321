"""What the page of a case reads: assignments, visits, orders, the log, each as the viewer may see it."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from concertoit.field.cases.enums import AssignmentState
from concertoit.field.cases.enums.work import MoveKind, OrderState, VisitKind
from concertoit.field.cases.models import Assignment, Case, CaseMove, Order, Owner, Visit
from concertoit.field.cases.policies import has_accepted, is_team, may_see_support
from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.policies import Viewer


def may_see_inside(viewer: Viewer, case: Case) -> bool:
    """Whether the viewer reads what people wrote of a case: the team, and partners that accepted. Before, a partner sees
    the number, the building and what is asked of it: words may always hold a name.
    """
    return is_team(viewer) or has_accepted(viewer, case)


def assignments_on(viewer: Viewer, case: Case) -> list[Assignment]:
    """The partners of a case: all for the team, with their reasons; for a partner that accepted, who else works there;
    before, its own only.
    """
    rows = case.assignments.select_related("organisation").order_by("pk")
    if is_team(viewer):
        return list(rows)
    rows = rows.exclude(state=AssignmentState.CANCELLED)
    if has_accepted(viewer, case):
        return list(rows.filter(Q(organisation_id__in=viewer.organisation_ids) | Q(state=AssignmentState.IN_PROGRESS)))
    return list(rows.filter(organisation_id__in=viewer.organisation_ids))


def visits_on(viewer: Viewer, case: Case) -> list[Visit]:
    """The visits of a case; those of accompaniment only for who reads that track."""
    if not may_see_inside(viewer, case):
        return []
    rows = case.visits.select_related("member__person", "organisation", "order").order_by("-planned_at", "-pk")
    return list(rows if may_see_support(viewer, case) else rows.exclude(kind=VisitKind.SUPPORT))


def orders_on(viewer: Viewer, case: Case) -> list[Order]:
    """The orders and documents of a case: all for the team; for a partner, its own and those that are communicated."""
    if not may_see_inside(viewer, case):
        return []
    rows = case.orders.select_related("issuer").order_by("-issued_on", "-pk")
    if is_team(viewer):
        return list(rows)
    return list(rows.filter(Q(issuer_id__in=viewer.organisation_ids) | _released()))


def released_orders(case: Case) -> list[Order]:
    """What a tenant's page may show: documents that are communicated."""
    rows = case.orders.filter(_released()).exclude(state=OrderState.WITHDRAWN)
    return list(rows.select_related("issuer").order_by("-issued_on", "-pk"))


def _released() -> Q:
    return Q(released_on__lte=timezone.localdate())


def moves_on(viewer: Viewer, case: Case) -> QuerySet[CaseMove]:
    """The log of a case: all for the team; for a partner that accepted, the states of the case and its own part."""
    rows = case.moves.select_related("user", "assignment__organisation").order_by("-at", "-pk")
    if is_team(viewer):
        return rows
    if not has_accepted(viewer, case):
        return rows.none()
    return rows.filter(
        Q(kind=MoveKind.CASE) | Q(kind=MoveKind.ASSIGNMENT, assignment__organisation_id__in=viewer.organisation_ids)
    )


def assignment_of(viewer: Viewer, case: Case, assignment_id: int) -> Assignment:
    """One assignment of a case, as the viewer may see it. Raises ``NotVisible``."""
    return must_exist(next((row for row in assignments_on(viewer, case) if row.pk == assignment_id), None))


def visit_of(viewer: Viewer, case: Case, visit_id: int) -> Visit:
    """One visit of a case, as the viewer may see it. Raises ``NotVisible``."""
    return must_exist(next((row for row in visits_on(viewer, case) if row.pk == visit_id), None))


def order_of(viewer: Viewer, case: Case, order_id: int) -> Order:
    """One document of a case, as the viewer may see it. Raises ``NotVisible``."""
    return must_exist(next((row for row in orders_on(viewer, case) if row.pk == order_id), None))


def owners_on(viewer: Viewer, building_id: int) -> list[Owner]:
    """Who owns a building now, for the team only."""
    if not is_team(viewer):
        return []
    rows = Owner.objects.filter(space=viewer.space, buildings__building_id=building_id, buildings__until=None)
    return list(rows.order_by("name", "pk"))


def before_on(viewer: Viewer, case: Case) -> list[Case]:
    """Other cases of the same dwelling (of the building, when no dwelling is named): what comes back is seen."""
    if not is_team(viewer):
        return []
    same = Q(dwelling=case.dwelling_id) if case.dwelling_id else Q(building=case.building_id)
    rows = Case.objects.filter(same, space=viewer.space).exclude(pk=case.pk)
    return list(rows.order_by("-known_at", "-pk")[:10])
