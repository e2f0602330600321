"""Meetings that concern somebody, for calendars and for « Ma table »."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from concertoit.ground.spaces.enums import BodyKind, Role
from concertoit.ground.spaces.models import BodyMembership, Membership, Space
from concertoit.ground.spaces.policies import in_force
from concertoit.together.meetings import workflow
from concertoit.together.meetings.models import Attendance, Meeting


def concerning(memberships: Iterable[int], *, coordinated: Iterable[int] = ()) -> Q:
    """Meetings where one of these memberships is invited; not convened yet, those of a table where it sits, and the
    plenaries. ``coordinated``: ids of démarches of which every meeting concerns the reader.
    """
    ids = list(memberships)
    here = Attendance.objects.filter(meeting=OuterRef("pk"), membership__in=ids, withdrawn_at=None)
    seats = BodyMembership.objects.filter(in_force(), membership__in=ids)
    seated = Q(body__in=seats.filter(committee=None).values("body")) | Q(
        committee__in=seats.filter(body=None).values("committee")
    )
    own = Membership.objects.filter(pk__in=ids).exclude(role__in=[Role.OBSERVER, Role.FUNDER])
    plenary = Q(body__kind=BodyKind.PLENARY, space__in=own.values("space"))
    return Q(Exists(here)) | Q(space__in=list(coordinated)) | (Q(state=workflow.PREPARED) & (seated | plenary))


def in_calendar(space: Space, membership: Membership | None, *, since: datetime) -> QuerySet[Meeting]:
    """Meetings of a démarche since a moment, cancelled ones included; those that concern one membership, if given."""
    rows = Meeting.objects.filter(space=space, starts_at__gte=since).select_related("space")
    if membership is not None and membership.role != Role.COORDINATION:
        rows = rows.filter(concerning([membership.pk]))
    return rows.order_by("starts_at", "pk")
