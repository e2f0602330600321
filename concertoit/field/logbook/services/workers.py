"""Who gives community support, where, in which team (S4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.logbook.enums import WorkerRole
from concertoit.field.logbook.models import Site, Team, TeamSeat, Worker
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError
from concertoit.ground.identity.models import Organisation
from concertoit.ground.places.models import Municipality
from concertoit.ground.places.services import find_or_create_place
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import FIELD_TEAM, Viewer


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """A building served. ``address`` may stay empty for an ensemble that people call by one name."""

    name: str
    municipality: Municipality
    sector: str
    address: str = ""
    provider: Organisation | None = None
    dwellings: int | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class WorkerFacts:
    """A worker's post. ``hours`` are weekly hours given to community support, empty when unknown."""

    full_time: bool = True
    hours: Decimal | None = None
    within_other_job: bool = False
    roles: Sequence[str] = ()
    sites: Sequence[Site] = ()


@transaction.atomic
def save_site(*, viewer: Viewer, facts: SiteFacts, site: Site | None = None) -> Site:
    """Add a building served, or change it. Entries keep the sector and the place they had.

    Raises ``NotAllowed``; ``DomainError`` for an address that cannot be read or a name already used.
    """
    viewer.must("logbook.setup")
    namesakes = Site.objects.filter(space=viewer.space, name=facts.name)
    if (namesakes.exclude(pk=site.pk) if site else namesakes).exists():
        raise DomainError(_("Un immeuble desservi porte déjà ce nom."), field="name")
    building = None
    if facts.address.strip():
        place = find_or_create_place(municipality=facts.municipality, written=facts.address, dwellings=facts.dwellings)
        building = place.building
    row, new = site or Site(space=viewer.space), site is None
    row.name, row.municipality, row.sector, row.building = facts.name, facts.municipality, facts.sector, building
    row.provider, row.dwellings, row.closed_on = facts.provider, facts.dwellings, facts.closed_on
    row.save()
    record_row(row, row.name, actor=viewer.user, verb="logbook.site_added" if new else "logbook.site_changed")
    return row


@transaction.atomic
def save_worker(*, viewer: Viewer, membership: Membership, facts: WorkerFacts) -> Worker:
    """Say what post somebody of the field team holds. Raises ``DomainError`` for who is not of the team."""
    viewer.must("logbook.setup")
    if membership.space_id != viewer.space.pk or membership.role not in FIELD_TEAM:
        raise DomainError(_("Choisissez une personne de l’équipe de terrain."), field="membership")
    row, new = Worker.objects.get_or_create(membership=membership, defaults={"space": viewer.space})
    row.full_time, row.hours, row.within_other_job = facts.full_time, facts.hours, facts.within_other_job
    row.roles = [role for role in WorkerRole.values if role in facts.roles]
    row.save()
    row.sites.set([site for site in facts.sites if site.space_id == viewer.space.pk])
    record_row(row, membership, actor=viewer.user, verb="logbook.worker_added" if new else "logbook.worker_changed")
    return row


@transaction.atomic
def add_team(*, viewer: Viewer, name: str) -> Team:
    """Open a team. Raises ``DomainError`` for a name already used."""
    viewer.must("logbook.setup")
    if Team.objects.filter(space=viewer.space, name__iexact=name.strip()).exists():
        raise DomainError(_("Une équipe porte déjà ce nom."), field="name")
    row = Team.objects.create(space=viewer.space, name=name.strip())
    record_row(row, row.name, actor=viewer.user, verb="logbook.team_added")
    return row


@transaction.atomic
def seat(
    *, viewer: Viewer, team: Team, worker: Worker, starts_on: date, is_lead: bool = False, ends_on: date | None = None
) -> TeamSeat:
    """Give a worker a place in a team, between two dates. Raises ``DomainError`` for dates that overlap another."""
    viewer.must("logbook.setup")
    if team.space_id != viewer.space.pk or worker.space_id != viewer.space.pk:
        raise DomainError(_("Choisissez une personne de la démarche."), field="worker")
    if ends_on and ends_on < starts_on:
        raise DomainError(_("La fin vient avant le début."), field="ends_on")
    for other in TeamSeat.objects.filter(team=team, worker=worker):
        if (other.ends_on is None or other.ends_on >= starts_on) and (ends_on is None or other.starts_on <= ends_on):
            raise DomainError(_("Cette personne est déjà dans l’équipe à ces dates."), field="starts_on")
    row = TeamSeat.objects.create(
        space=viewer.space, team=team, worker=worker, starts_on=starts_on, ends_on=ends_on, is_lead=is_lead
    )
    record_row(team, team.name, actor=viewer.user, verb="logbook.seat_added", note=worker.membership)
    return row


@transaction.atomic
def leave(*, viewer: Viewer, place: TeamSeat) -> TeamSeat:
    """End a place in a team today; the lead keeps reading the days before."""
    viewer.must("logbook.setup")
    if place.ends_on is not None:
        raise DomainError(_("Cette place est déjà terminée."))
    place.ends_on = max(timezone.localdate(), place.starts_on)
    place.save(update_fields=["ends_on", "updated_at"])
    record_row(place.team, place.team.name, actor=viewer.user, verb="logbook.seat_ended", note=place.worker.membership)
    return place
