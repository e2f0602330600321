"""The register of workers, the buildings served, the teams (S4)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from concertoit.field.logbook.enums import WorkerRole
from concertoit.field.logbook.models import Site, Team, TeamSeat, Worker
from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.policies import FIELD_TEAM, Viewer, in_force


def field_people(space: Space) -> QuerySet[Membership]:
    """Who is of the field team today."""
    rows = Membership.objects.filter(in_force(), space=space, role__in=FIELD_TEAM, person__isnull=False)
    return rows.select_related("person", "organisation").order_by("organisation__name", "person__family_name", "pk")


def register(space: Space) -> list[dict[str, Any]]:
    """One line for each person of the field team: their post, when somebody wrote it. Four queries."""
    found = Worker.objects.filter(space=space).prefetch_related(Prefetch("sites", Site.objects.order_by("name", "pk")))
    posts = {worker.membership_id: worker for worker in found}
    labels = dict(WorkerRole.choices)
    return [
        {
            "membership": one, "post": posts.get(one.pk),
            "roles": [labels[role] for role in posts[one.pk].roles if role in labels] if one.pk in posts else [],
        }
        for one in field_people(space)
    ]  # fmt: skip


def teams(space: Space, today: date) -> list[Team]:
    """Teams with their places of today and of before, the lead first."""
    seats = TeamSeat.objects.select_related("worker__membership__person", "worker__membership__organisation").order_by(
        "-is_lead", "starts_on", "pk"
    )
    rows = Team.objects.filter(space=space).order_by("name", "pk").prefetch_related(Prefetch("seats", seats))
    return list(rows.annotate(now=Count("seats", filter=Q(seats__ends_on=None) | Q(seats__ends_on__gte=today))))


def sites(space: Space) -> QuerySet[Site]:
    """Buildings served, those that still are first."""
    rows = Site.objects.filter(space=space).select_related("municipality", "provider", "building")
    return rows.order_by("closed_on", "name", "pk")


def member_of(viewer: Viewer, membership_id: int) -> Membership:
    """Somebody of the field team. Raises ``NotVisible`` for anybody else."""
    return must_exist(field_people(viewer.space).filter(pk=membership_id).first())


def site_of(viewer: Viewer, site_id: int) -> Site:
    """A building of the démarche. Raises ``NotVisible`` for another."""
    return must_exist(sites(viewer.space).filter(pk=site_id).first())


def team_of(viewer: Viewer, team_id: int) -> Team:
    """A team of the démarche. Raises ``NotVisible`` for another."""
    return must_exist(Team.objects.filter(space=viewer.space, pk=team_id).first())


def seat_of(viewer: Viewer, seat_id: int) -> TeamSeat:
    """A place in a team of the démarche. Raises ``NotVisible`` for another."""
    rows = TeamSeat.objects.select_related("team", "worker__membership__person", "worker__membership__organisation")
    return must_exist(rows.filter(space=viewer.space, pk=seat_id).first())
