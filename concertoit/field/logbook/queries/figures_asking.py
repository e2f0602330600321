"""Whose figures may be asked for, by whom, and how each choice is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from concertoit.field.logbook.enums import Sector
from concertoit.field.logbook.models import FiguresReport, Site, Team, Worker
from concertoit.field.logbook.queries.figures import Reach
from concertoit.field.logbook.queries.figures_document import Asked
from concertoit.field.logbook.rules import periods
from concertoit.ground.core.errors import must_exist
from concertoit.ground.privacy.rules.masking import SMALLEST
from concertoit.ground.spaces.policies import Viewer


class Freedom(StrEnum):
    """What a viewer may ask, so that figures read one after the other do not give back what each one masks.

    ``TEAM``: anything, unmasked: those who write the logbook. ``PUBLISHER``: whole months, territories and sectors,
    masked: those who choose what is published. ``READER``: years that are over, masked: everybody else.
    """

    TEAM = "team"
    PUBLISHER = "publisher"
    READER = "reader"


def freedom_of(viewer: Viewer) -> Freedom:
    if viewer.can("logbook.write"):
        return Freedom.TEAM
    return Freedom.PUBLISHER if viewer.can("logbook.publish") else Freedom.READER


def allowed(viewer: Viewer, asked: Asked, today: date) -> Asked:
    """What the viewer is shown for what they asked: the period widened or the choice dropped as their freedom says."""
    freedom = freedom_of(viewer)
    if freedom is Freedom.TEAM:
        return asked
    if freedom is Freedom.PUBLISHER:
        reach = replace(asked.reach, team=None, employer=None)
        return Asked(periods.whole_months(asked.period), reach, SMALLEST)
    return Asked(periods.whole_years(asked.period, today), Reach(), SMALLEST)


@dataclass(frozen=True, slots=True)
class Territories:
    """MRC and municipalities of the places served, by id."""

    mrcs: Mapping[int, str]
    municipalities: Mapping[int, str]

    def names(self, reach: Reach) -> Mapping[int, str]:
        """Names of the parts into which figures are told: municipalities inside a MRC, else MRC."""
        return self.municipalities if reach.mrc or reach.municipality else self.mrcs


def territories(space_id: int) -> Territories:
    """Where the démarche gives support. One query."""
    rows = Site.objects.filter(space=space_id).order_by("municipality__mrc__name", "municipality__name").distinct()
    mrcs: dict[int, str] = {}
    municipalities: dict[int, str] = {}
    columns = ("municipality_id", "municipality__name", "municipality__mrc_id", "municipality__mrc__name")
    for municipality, name, mrc, mrc_name in rows.values_list(*columns):
        municipalities[municipality] = name
        if mrc:
            mrcs[mrc] = mrc_name
    return Territories(mrcs, municipalities)


@dataclass(frozen=True, slots=True)
class Groups:
    """Teams and employers of workers, by id."""

    teams: Mapping[int, str]
    employers: Mapping[int, str]


def groups(space_id: int) -> Groups:
    """Groups of workers. Two queries."""
    teams = dict(Team.objects.filter(space=space_id).order_by("name", "pk").values_list("pk", "name"))
    employers = (
        Worker.objects.filter(space=space_id, membership__organisation__isnull=False)
        .order_by("membership__organisation__name")
        .values_list("membership__organisation_id", "membership__organisation__name")
        .distinct()
    )
    return Groups(teams, dict(employers))


def scope_of(reach: Reach, places: Territories, workers: Groups | None) -> list[str]:
    """What narrows the figures, in words."""
    said = [
        (_("MRC"), places.mrcs.get(reach.mrc or 0)),
        (_("Municipalité"), places.municipalities.get(reach.municipality or 0)),
        (_("Secteur"), str(Sector(reach.sector).label) if reach.sector else None),
    ]
    if workers is not None:
        said.append((_("Équipe"), workers.teams.get(reach.team or 0)))
        said.append((_("Employeur"), workers.employers.get(reach.employer or 0)))
    return [f"{label}\u00a0: {name}" for label, name in said if name]


def reports_of(viewer: Viewer) -> QuerySet[FiguresReport]:
    """Published reports of the démarche, the last one first, without their text."""
    rows = FiguresReport.objects.filter(space=viewer.space).defer("snapshot").select_related("published_by")
    return rows.order_by("-published_at", "-pk")


def report_of(viewer: Viewer, number: int) -> FiguresReport:
    """One published report. Raises ``NotVisible``."""
    return must_exist(
        FiguresReport.objects.filter(space=viewer.space, number=number).select_related("published_by").first()
    )


def overlapping(viewer: Viewer, period: periods.Period) -> list[FiguresReport]:
    """Reports already published for some of these days: together they may say more than each alone."""
    return [one for one in reports_of(viewer) if periods.overlap((one.starts_on, one.ends_on), period)]
