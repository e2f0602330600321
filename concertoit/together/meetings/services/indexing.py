"""Meetings in the search: found by their title, their place and what is on their agenda."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.spoken import date_short
from concertoit.ground.search.policies import Doc, Searchable, register
from concertoit.ground.search.services import index_many, remove
from concertoit.together.meetings.enums import MeetingState
from concertoit.together.meetings.models import AgendaItem, Meeting
from concertoit.together.meetings.rules.recurrence import ZONE

KIND = "meetings.meeting"


def declare() -> None:
    """Say what can be found: meetings, by whoever reads them."""
    register(Searchable(KIND, _("Rencontre"), "calendar-event", meeting_docs, verb="meetings.view"))


def meeting_changed(meeting: Meeting) -> None:
    """Keep a meeting, with its agenda."""
    index_many(kind=KIND, docs=meeting_docs(ids=[meeting.pk]))


def meetings_gone(ids: Iterable[int]) -> None:
    """Forget meetings taken out of the calendar."""
    remove(kind=KIND, object_ids=ids)


def meeting_docs(*, ids: list[int] | None = None) -> Iterator[Doc]:
    """Meetings that have something to be found by: an agenda, or people who were told; two queries."""
    rows = Meeting.objects.exclude(Q(state=MeetingState.PREPARED, built_at=None))
    items = AgendaItem.objects.filter(removed_at=None)
    if ids is not None:
        rows, items = rows.filter(pk__in=ids), items.filter(meeting__in=ids)
    words: dict[int, list[str]] = defaultdict(list)
    for meeting_id, title, note, record in items.order_by("meeting_id", "position", "pk").values_list(
        "meeting_id", "title", "note", "record"
    ):
        words[meeting_id] += [part for part in (title, note, record) if part]
    for row in rows.select_related("space").order_by("pk"):
        day = date_short(row.starts_at.astimezone(ZONE).date())
        body = " · ".join(part for part in (row.place, row.record, *words[row.pk]) if part)
        address = reverse("meetings:meeting", kwargs={"slug": row.space.slug, "meeting_id": row.pk})
        yield Doc(row.pk, f"{row.title}, {day}", address, body, row.space_id)
