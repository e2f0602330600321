"""Holding a meeting: which point is current, how long each took, notes saved as one types."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings import workflow
from concertoit.together.meetings.enums import ItemState
from concertoit.together.meetings.models import AgendaItem, Meeting
from concertoit.together.meetings.policies import must_hold
from concertoit.together.meetings.queries.room import stops_of
from concertoit.together.meetings.rules import clock
from concertoit.together.meetings.services import indexing
from concertoit.together.meetings.services.finding import held_meeting, item_in, journal

NOTE_MAX = 20_000


class WrittenMeanwhile(DomainError):
    """Somebody else wrote the same note since; ``theirs`` is what they wrote."""

    def __init__(self, theirs: str) -> None:
        super().__init__(
            _("Quelqu’un d’autre a écrit ici entre-temps. Son texte est au-dessus du vôtre : gardez ce qui convient."),
            field="record",
        )
        self.theirs = theirs


def stamp(text: str) -> str:
    """A short mark of a text: what one saw when one began to write."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def running(viewer: Viewer, meeting_id: int) -> Meeting:
    """A meeting being held, locked, by somebody who may hold it. Raises ``DomainError`` when it is not open."""
    meeting = held_meeting(viewer, meeting_id, "meetings.view")
    must_hold(viewer, meeting)
    if meeting.state != workflow.OPEN:
        raise DomainError(_("Cette rencontre n’est pas ouverte."))
    return meeting


def _leave(meeting: Meeting, state: str = ItemState.DONE) -> None:
    """Close the current point, counting the time it took."""
    now = timezone.now()
    for row in meeting.items.select_for_update().filter(state=ItemState.CURRENT):
        begun = row.started_at or now
        row.spent_seconds += max(0, int((now - begun).total_seconds()))
        row.state, row.done_at = state, now
        row.save(update_fields=["state", "done_at", "spent_seconds", "updated_at"])


def _enter(row: AgendaItem) -> None:
    row.state, row.started_at, row.done_at = ItemState.CURRENT, timezone.now(), None
    row.save(update_fields=["state", "started_at", "done_at", "updated_at"])


@transaction.atomic
def go_to(*, viewer: Viewer, meeting_id: int, item_id: int) -> AgendaItem:
    """Take up a point; the one that was current is over. Raises ``NotVisible`` for a point of another meeting."""
    meeting = running(viewer, meeting_id)
    row = item_in(meeting, item_id)
    if row.removed_at is not None:
        raise DomainError(_("Ce point est retiré de l’ordre du jour."))
    if row.state != ItemState.CURRENT:
        _leave(meeting)
        _enter(row)
    return row


@transaction.atomic
def step(*, viewer: Viewer, meeting_id: int, forward: bool = True) -> AgendaItem | None:
    """Go to the next point, or back to the one before. After the last one nothing is current."""
    meeting = running(viewer, meeting_id)
    stops = stops_of(meeting)
    current = next((one.pk for one in stops if one.state == clock.CURRENT), None)
    wanted = clock.beside(stops, current, forward=forward)
    if wanted is None and not forward:
        raise DomainError(_("C’est le premier point."))
    _leave(meeting)
    if wanted is None:
        return None
    row = item_in(meeting, wanted)
    _enter(row)
    return row


@transaction.atomic
def put_off(*, viewer: Viewer, meeting_id: int, item_id: int) -> AgendaItem:
    """Postpone a point: closing the meeting keeps it for the next one. The next point follows where it was current."""
    meeting = running(viewer, meeting_id)
    row = item_in(meeting, item_id)
    stops = stops_of(meeting)
    if row.state == ItemState.CURRENT:
        _leave(meeting, ItemState.DEFERRED)
        wanted = clock.beside(stops, row.pk, forward=True)
        if wanted is not None:
            _enter(item_in(meeting, wanted))
        row.refresh_from_db()
    else:
        row.state = ItemState.DEFERRED
        row.save(update_fields=["state", "updated_at"])
    journal(viewer, "meeting.item_put_off", meeting, after={"title": row.title})
    return row


@transaction.atomic
def write_note(*, viewer: Viewer, meeting_id: int, text: str, item_id: int | None = None, seen: str = "") -> str:
    """Save the notes of a point, or of the whole meeting without one; answers the mark of what is saved.

    ``seen`` is the mark of what the writer started from: raises ``WrittenMeanwhile`` when somebody else changed it since.
    Notes may still be completed once the meeting is closed, until its minutes are written from them.
    """
    meeting = held_meeting(viewer, meeting_id, "meetings.view")
    must_hold(viewer, meeting)
    if meeting.state not in (workflow.OPEN, workflow.CLOSED):
        raise DomainError(_("Les notes se prennent pendant la rencontre, ou après."))
    row = item_in(meeting, item_id) if item_id else meeting
    clean = text.replace("\r\n", "\n").strip()
    if len(clean) > NOTE_MAX:
        raise DomainError(_("Les notes sont trop longues."), field="record")
    if seen and seen != stamp(row.record) and clean != row.record:
        raise WrittenMeanwhile(row.record)
    if clean != row.record:
        row.record = clean
        row.save(update_fields=["record", "updated_at"])
        indexing.meeting_changed(meeting)
    return stamp(clean)
