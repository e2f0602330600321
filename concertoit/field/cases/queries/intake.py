"""Reads of reports: the inbox, what else is known of a building, where an address stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Q, QuerySet
from django.utils import timezone

from concertoit.field.cases.enums import CaseState
from concertoit.field.cases.enums.intake import ReportState
from concertoit.field.cases.models import Case, Report
from concertoit.field.cases.policies import is_team, visible_cases
from concertoit.field.cases.rules.intake import LOOK_BACK_DAYS, Band, band_of
from concertoit.ground.core.errors import must_exist
from concertoit.ground.places.models import Building, Door, Municipality
from concertoit.ground.places.queries import building_of
from concertoit.ground.places.rules import street_key, town_in
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer


def towns_of(space: Space) -> QuerySet[Municipality]:
    """The municipalities of the démarche's territory; every one where it names no territory."""
    covered = Space.mrcs.through.objects.filter(space_id=space.pk)
    rows = Municipality.objects.filter(Q(mrc__in=covered.values("mrc_id")) | ~Exists(covered))
    return rows.order_by("name", "code")


def place_of(space: Space, address: str, municipality: Municipality | None) -> Municipality | None:
    """The municipality of an address: the one given, the one named in the line, the only one there is."""
    if municipality is not None:
        return municipality
    towns = list(towns_of(space)[:400])
    if len(towns) == 1:
        return towns[0]
    by_name = {town.name: town for town in towns}
    named = town_in(address, by_name)
    return by_name[named] if named else None


def reports(space: Space, *, since: datetime | None = None, until: datetime | None = None) -> QuerySet[Report]:
    """All reports of a démarche with their place, the newest first: for machines of the same trust (Open311). Their
    description and their household are not for them to show."""
    rows = Report.objects.filter(space=space).select_related("building__municipality", "municipality", "case")
    if since:
        rows = rows.filter(received_at__gte=since)
    if until:
        rows = rows.filter(received_at__lte=until)
    return rows.order_by("-received_at", "-pk")


def visible_reports(viewer: Viewer) -> QuerySet[Report]:
    """The reports a viewer may open: all of them for the team, nobody else (a partner reads its cases)."""
    rows = Report.objects.filter(space=viewer.space)
    return rows if is_team(viewer) else rows.none()


def report_of(viewer: Viewer, reference: str) -> Report:
    """The report of a number. Raises ``NotVisible``."""
    rows = visible_reports(viewer).select_related(
        "building__municipality", "municipality", "dwelling", "household", "case", "taken_by", "space"
    )
    return must_exist(rows.filter(reference=reference).first())


def inbox(viewer: Viewer, *, state: str = "", search: str = "") -> QuerySet[Report]:
    """Reports for the inbox: those that wait first by danger, then the newest."""
    rows = visible_reports(viewer).select_related("building__municipality", "municipality", "dwelling", "case")
    if state:
        rows = rows.filter(state=state)
    if search:
        rows = rows.filter(
            Q(reference__icontains=search) | Q(address__icontains=search) | Q(building__street__icontains=search)
        )
    return rows.order_by("-received_at", "-pk")


def cases_here(viewer: Viewer, building: Building | None) -> list[Case]:
    """The cases of a building that the viewer may open, the open ones first."""
    if building is None:
        return []
    rows = visible_cases(viewer).filter(building=building).select_related("dwelling", "building__municipality")
    return sorted(rows.order_by("-known_at", "-pk")[:30], key=lambda case: not case.is_open)


def reports_here(viewer: Viewer, report: Report) -> list[Report]:
    """The other reports of the same building in the last year."""
    if report.building_id is None:
        return []
    since = timezone.now() - timedelta(days=LOOK_BACK_DAYS)
    rows = visible_reports(viewer).filter(building_id=report.building_id, received_at__gte=since)
    return list(rows.exclude(pk=report.pk).select_related("dwelling", "case").order_by("-received_at", "-pk")[:30])


def band_at(space: Space, municipality: Municipality, address: str) -> Band:
    """How many others reported in this building in the last year, as a band that never tells of a few: for the public."""
    building = building_of(municipality, address)
    if building is None:
        return Band.SILENT
    since = timezone.now() - timedelta(days=LOOK_BACK_DAYS)
    rows = Report.objects.filter(space=space, building=building, received_at__gte=since)
    return band_of(rows.exclude(state=ReportState.SET_ASIDE).count())


def counts(viewer: Viewer) -> dict[str, int]:
    """How many reports stand in each state; ``""`` is all of them."""
    rows = visible_reports(viewer).order_by().values_list("state").annotate(n=Count("pk"))
    found = dict(rows)
    return {**found, "": sum(found.values())}


@dataclass(frozen=True, slots=True)
class KnownBuilding:
    """A building that the démarche knows, with what is there."""

    building: Building
    open_cases: int
    reports: int


def known_here(viewer: Viewer, municipality_id: int | None, typed: str) -> list[KnownBuilding]:
    """Buildings that the démarche already knows and whose address begins as what is typed: for the team only."""
    if not is_team(viewer):
        return []
    mine = Q(pk__in=Case.objects.filter(space=viewer.space).values("building_id")) | Q(
        pk__in=Report.objects.filter(space=viewer.space).values("building_id")
    )
    found = re.match(r"\D*(\d{1,6})?[\s,]*(.*)", typed)
    digits, words = (found[1], street_key(found[2]) if found[2] else "") if found else (None, "")
    if not digits and not words:
        return []
    rows = Building.objects.filter(mine)
    if municipality_id:
        rows = rows.filter(municipality_id=municipality_id)
    doors = Door.objects.filter(**({"number": int(digits)} if digits else {}), street_key__startswith=words)
    rows = (
        rows.filter(pk__in=doors.values("building_id")).select_related("municipality").order_by("street", "low", "pk")
    )
    buildings = list(rows[:6])
    ids = [row.pk for row in buildings]
    opened = _per_building(Case.objects.filter(space=viewer.space).exclude(state=CaseState.CLOSED), ids)
    told = _per_building(Report.objects.filter(space=viewer.space), ids)
    return [KnownBuilding(row, opened.get(row.pk, 0), told.get(row.pk, 0)) for row in buildings]


def _per_building(rows: QuerySet[Any], ids: list[int]) -> dict[int, int]:
    return dict(rows.filter(building_id__in=ids).order_by().values_list("building_id").annotate(n=Count("pk")))
