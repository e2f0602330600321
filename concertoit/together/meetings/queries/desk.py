"""What meetings say to one person over all their démarches: four queries, whatever the number of démarches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from concertoit.ground.audit import queries as journal
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings import workflow
from concertoit.together.meetings.enums import Answer, OutcomeKind
from concertoit.together.meetings.models import Attendance, Meeting, Outcome
from concertoit.together.meetings.queries.calendar import concerning

AHEAD = timedelta(days=60)
# A meeting that is over asks to be closed for this long.
BEHIND = timedelta(days=45)
SINCE = timedelta(days=30)
READ = 12
KNOWN_TO = {
    "meeting.convened": "meetings.view",
    "meeting.moved": "meetings.view",
    "meeting.cancelled": "meetings.view",
    "meeting.closed": "meetings.view",
}


def meetings(viewers: Sequence[Viewer]) -> list[Meeting]:
    """Meetings that come, and those just past that nobody closed, as far as they concern the reader."""
    now = timezone.now()
    own = [pk for viewer in viewers for pk in viewer.membership_ids]
    coordinated = [viewer.space.pk for viewer in viewers if viewer.can("meetings.edit")]
    rows = Meeting.objects.filter(space__in=[viewer.space.pk for viewer in viewers], state__in=workflow.COMING)
    rows = rows.filter(starts_at__gt=now - BEHIND, starts_at__lt=now + AHEAD)
    return list(
        rows.filter(concerning(own, coordinated=coordinated)).select_related("series").order_by("starts_at", "pk")
    )


def unanswered(viewers: Sequence[Viewer]) -> list[Attendance]:
    """Invitations that wait for the reader's answer."""
    own = [pk for viewer in viewers if viewer.can("meetings.answer") for pk in viewer.membership_ids]
    if not own:
        return []
    rows = Attendance.objects.filter(membership__in=own, answer=Answer.NONE, withdrawn_at=None)
    coming = rows.filter(meeting__state=workflow.CONVENED, meeting__starts_at__gt=timezone.now())
    return list(coming.select_related("meeting").order_by("meeting__starts_at", "pk"))


def tasks(viewers: Sequence[Viewer]) -> list[Outcome]:
    """Follow-ups that the reader, or one of their organisations, took on and has not done."""
    mine = Q(pk__in=[])
    for viewer in viewers:
        here = Q(membership__in=sorted(viewer.membership_ids))
        here |= Q(membership=None, organisation__in=sorted(viewer.organisation_ids))
        mine |= Q(space=viewer.space.pk) & here
    rows = Outcome.objects.filter(mine, kind=OutcomeKind.FOLLOW_UP, done_at=None, withdrawn_at=None)
    return list(rows.select_related("meeting").order_by("due_on", "pk"))


def moved(viewers: Sequence[Viewer], user: Any) -> list[Any]:
    """Lines of the journal about meetings that the reader may know of, what they did themselves apart."""
    allowed: dict[frozenset[str], list[int]] = {}
    for viewer in viewers:
        verbs = frozenset(verb for verb, needed in KNOWN_TO.items() if viewer.can(needed))
        allowed.setdefault(verbs, []).append(viewer.space.pk)
    return list(journal.recent(allowed, since=timezone.now() - SINCE, apart=user.pk)[:READ])
