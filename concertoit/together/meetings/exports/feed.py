"""Meetings in the calendars people subscribe to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from icalendar import Event

from concertoit.ground.spaces.models import Membership, Space
from concertoit.together.meetings.exports import ics
from concertoit.together.meetings.queries.calendar import in_calendar

# A subscription brings what comes, and what was not long ago.
PAST = timedelta(days=90)


def events_of(space: Space, membership: Membership | None = None) -> Iterator[Event]:
    """The meetings of a démarche, convened or held; those of one membership when it is somebody's own calendar."""
    for meeting in in_calendar(space, membership, since=timezone.now() - PAST):
        yield ics.entry(meeting, url=ics.page_of(meeting))
