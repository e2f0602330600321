"""What a démarche says on « Ma table » of the people who make it: two queries for all the démarches of a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from concertoit.ground.audit import queries as journal
from concertoit.ground.spaces.models import Invitation
from concertoit.ground.spaces.policies import Viewer

# An invitation that expires within this time, or has expired since no longer than that, asks for something.
SOON = timedelta(days=4)
FORGOTTEN = timedelta(days=30)
SINCE = timedelta(days=30)
READ = 20
# What one must be able to do to know of it.
KNOWN_TO = {
    "invitation.accepted": "people.view",
    "membership.added": "people.view",
    "committee.created": "space.view",
    "committee.active": "space.view",
    "committee.closed": "space.view",
    "body.created": "space.view",
}


@dataclass(frozen=True, slots=True)
class Invited:
    """Invitations without answer in a démarche: how many still open, expiring soon, and lately expired."""

    space_id: int
    open: int
    expiring: int
    expired: int
    first_end: datetime | None


def invited(viewers: Sequence[Viewer]) -> list[Invited]:
    """Invitations that wait, where the reader looks after them."""
    spaces = [viewer.space.pk for viewer in viewers if viewer.can("people.manage")]
    if not spaces:
        return []
    now = timezone.now()
    still = Q(expires_at__gt=now)
    rows = (
        Invitation.objects.filter(
            space__in=spaces, accepted_at=None, withdrawn_at=None, expires_at__gt=now - FORGOTTEN
        )
        .order_by("space_id")
        .values_list("space_id")
        .annotate(
            open=Count("pk", filter=still),
            expiring=Count("pk", filter=still & Q(expires_at__lte=now + SOON)),
            expired=Count("pk", filter=~still),
            first_end=Min("expires_at", filter=still),
        )
    )
    return [Invited(*row) for row in rows]


def moved(viewers: Sequence[Viewer], user: Any) -> list[Any]:
    """Lines of the journal about people and bodies that the reader may know of, what they did themselves apart."""
    allowed: dict[frozenset[str], list[int]] = {}
    for viewer in viewers:
        verbs = frozenset(verb for verb, needed in KNOWN_TO.items() if viewer.can(needed))
        allowed.setdefault(verbs, []).append(viewer.space.pk)
    return list(journal.recent(allowed, since=timezone.now() - SINCE, apart=user.pk)[:READ])
