"""A building as the team sees it: its cases, visits, orders, owners and their other buildings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from concertoit.field.cases.enums import CaseState
from concertoit.field.cases.enums.work import VisitKind, VisitState
from concertoit.field.cases.models import Case, Order, Owner, Ownership, Visit
from concertoit.field.cases.policies import SUPPORTING, competences_of, is_lead
from concertoit.ground.core.errors import NotVisible, must_exist
from concertoit.ground.places.models import Building
from concertoit.ground.spaces.policies import Viewer

SHOWN = 100


@dataclass(frozen=True, slots=True)
class OtherBuilding:
    """Another building of an owner, and how many open cases it has."""

    building: Building
    open_cases: int


@dataclass(slots=True)
class BuildingView:
    """Everything of one building."""

    building: Building
    cases: list[Case] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    ownerships: list[Ownership] = field(default_factory=list)
    others: dict[int, list[OtherBuilding]] = field(default_factory=dict)

    @property
    def open_cases(self) -> int:
        return sum(case.is_open for case in self.cases)

    @property
    def dwellings_reported(self) -> int:
        """Dwellings with a case in the last twelve months."""
        since = timezone.now() - timedelta(days=365)
        return len({case.dwelling_id for case in self.cases if case.dwelling_id and case.known_at >= since})

    @property
    def refused(self) -> int:
        return sum(visit.state == VisitState.REFUSED for visit in self.visits)


def building_for(viewer: Viewer, building_id: int) -> Building:
    """A building that has a case or an owner in the démarche. Raises ``NotVisible`` for another."""
    viewer.must("cases.work")
    row = Building.objects.filter(pk=building_id).select_related("municipality").first()
    known = row is not None and (
        Case.objects.filter(space=viewer.space, building=row).exists()
        or Ownership.objects.filter(space=viewer.space, building=row).exists()
    )
    if row is None or not known:
        raise NotVisible("")
    return row


def building_view(viewer: Viewer, building: Building) -> BuildingView:
    """Five queries, whatever the number of cases."""
    of = {"space": viewer.space}
    cases = Case.objects.filter(building=building, **of).select_related("dwelling", "follower__person")
    visits = Visit.objects.filter(case__building=building, **of).select_related(
        "case", "member__person", "organisation"
    )
    if not is_lead(viewer) and not competences_of(viewer) & SUPPORTING:
        visits = visits.exclude(kind=VisitKind.SUPPORT)
    orders = Order.objects.filter(case__building=building, **of).select_related("case", "issuer")
    ownerships = Ownership.objects.filter(building=building, **of).select_related("owner")
    found = BuildingView(
        building,
        list(cases.order_by("-known_at", "-pk")[:SHOWN]),
        list(visits.order_by("-planned_at", "-pk")[:SHOWN]),
        list(orders.order_by("-issued_on", "-pk")[:SHOWN]),
        list(ownerships.order_by("until", "-since", "pk")),
    )
    found.others = others_of(viewer, [row.owner_id for row in found.ownerships if row.until is None], building)
    return found


def others_of(viewer: Viewer, owner_ids: list[int], but: Building | None = None) -> dict[int, list[OtherBuilding]]:
    """The other buildings of owners, by owner, with their open cases; two queries."""
    rows = Ownership.objects.filter(space=viewer.space, owner__in=owner_ids, until=None)
    rows = rows.exclude(building=but) if but else rows
    held = list(rows.select_related("building__municipality").order_by("building__street", "building__low", "pk"))
    open_cases = dict(
        Case.objects.filter(
            ~Q(state=CaseState.CLOSED), space=viewer.space, building__in=[one.building_id for one in held]
        )
        .order_by("building_id")
        .values_list("building_id")
        .annotate(count=Count("pk"))
    )
    found: dict[int, list[OtherBuilding]] = defaultdict(list)
    for one in held:
        found[one.owner_id].append(OtherBuilding(one.building, open_cases.get(one.building_id, 0)))
    return found


def owner_for(viewer: Viewer, owner_id: int) -> Owner:
    """An owner of the démarche. Raises ``NotVisible`` for another."""
    viewer.must("cases.work")
    return must_exist(Owner.objects.filter(space=viewer.space, pk=owner_id).first())
