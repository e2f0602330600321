"""A meeting from its place in the calendar to its closing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.core.spoken import date_short
from concertoit.ground.spaces.models import Committee, GoverningBody, Membership
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings import notifications, workflow
from concertoit.together.meetings.models import USUAL_MINUTES, AgendaItem, KeptItem, Meeting, Series
from concertoit.together.meetings.queries.people import accounts, invited
from concertoit.together.meetings.rules import carrying
from concertoit.together.meetings.services import indexing, news, sending
from concertoit.together.meetings.services.finding import held_meeting, journal, move_to

# Keys of points that their own room brings again as long as they wait.
BROUGHT_AGAIN = ("consent:", "support:")
# What people must be told again when it changes.
TOLD = ("starts_at", "length_minutes", "place", "video_url", "title")


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting as a person describes it."""

    title: str
    starts_at: datetime
    length_minutes: int = USUAL_MINUTES
    place: str = ""
    video_url: str = ""
    note: str = ""
    facilitator: Membership | None = None
    secretary: Membership | None = None


def _check(viewer: Viewer, facts: MeetingFacts) -> None:
    if not facts.title.strip():
        raise DomainError(_("Donnez un titre à la rencontre."), field="title")
    if not 0 < facts.length_minutes <= 24 * 60:
        raise DomainError(_("Écrivez une durée d’une minute à 24 heures."), field="length")
    for one in (facts.facilitator, facts.secretary):
        if one is not None and one.space_id != viewer.space.pk:
            raise NotVisible("")


def _fill(row: Meeting, facts: MeetingFacts) -> None:
    row.title = " ".join(facts.title.split())
    for name in ("starts_at", "length_minutes", "place", "video_url", "note", "facilitator", "secretary"):
        setattr(row, name, getattr(facts, name))


def _told(row: Meeting) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in (*TOLD, "note")}
    return {**values, "starts_at": row.starts_at.isoformat()}


@transaction.atomic
def add_meeting(
    *, viewer: Viewer, facts: MeetingFacts, place_of: GoverningBody | Committee, series: Series | None = None
) -> Meeting:
    """Put one more meeting in the calendar: of a series, or by itself."""
    viewer.must("meetings.edit")
    if place_of.space_id != viewer.space.pk or (series is not None and series.space_id != viewer.space.pk):
        raise NotVisible("")
    _check(viewer, facts)
    row = Meeting(space=viewer.space, series=series)
    row.body = place_of if isinstance(place_of, GoverningBody) else None
    row.committee = place_of if isinstance(place_of, Committee) else None
    if series is not None:
        row.quorum_rule, row.quorum_number = series.quorum_rule, series.quorum_number
    _fill(row, facts)
    row.save()
    journal(viewer, "meeting.created", row, after=_told(row))
    return row


@transaction.atomic
def edit_meeting(*, viewer: Viewer, meeting_id: int, facts: MeetingFacts) -> tuple[Meeting, int]:
    """Change a meeting; answers it and how many people were written to.

    When it is convened and its hour, place or title changes, its number rises and everybody is told. Raises
    ``DomainError`` for one that is held or cancelled.
    """
    row = held_meeting(viewer, meeting_id)
    if row.state not in workflow.COMING:
        raise DomainError(_("Une rencontre tenue ou annulée ne change plus."))
    _check(viewer, facts)
    before = _told(row)
    _fill(row, facts)
    after = _told(row)
    tell = row.state == workflow.CONVENED and any(before[name] != after[name] for name in TOLD)
    if tell:
        row.sequence += 1
    row.save()
    if before != after:
        verb = "meeting.moved" if before["starts_at"] != after["starts_at"] else "meeting.edited"
        journal(viewer, verb, row, before=before, after=after)
    indexing.meeting_changed(row)
    return row, _tell(viewer, row, notifications.UPDATED) if tell else 0


def _tell(viewer: Viewer, row: Meeting, what: str) -> int:
    people = list(invited(row))
    sent = sending.send(meeting=row, rows=people, what=what)
    notifications.told(meeting=row, users=accounts(people), actor=viewer.user, what=what)
    return sent


@transaction.atomic
def cancel(*, viewer: Viewer, meeting_id: int, reason: str) -> tuple[Meeting, int]:
    """Cancel a meeting; people invited are told why, and their calendars too. Raises ``DomainError`` without reason."""
    row = held_meeting(viewer, meeting_id)
    if not reason.strip():
        raise DomainError(_("Dites pourquoi : les personnes invitées le liront."), field="reason")
    convened = row.state == workflow.CONVENED
    move_to(row, workflow.CANCELLED)
    row.cancelled_at, row.cancel_reason = timezone.now(), reason.strip()
    row.sequence += convened
    row.save()
    KeptItem.objects.filter(placed__meeting=row).update(placed=None)
    journal(viewer, "meeting.cancelled", row, after={"reason": row.cancel_reason})
    indexing.meeting_changed(row)
    return row, _tell(viewer, row, notifications.CANCELLED) if convened else 0


@transaction.atomic
def restore(*, viewer: Viewer, meeting_id: int) -> Meeting:
    """Take a cancelled meeting up again; it is convened anew when one wishes."""
    row = held_meeting(viewer, meeting_id)
    move_to(row, workflow.PREPARED)
    row.cancelled_at, row.cancel_reason, row.convened_at = None, "", None
    row.save()
    journal(viewer, "meeting.restored", row)
    indexing.meeting_changed(row)
    return row


@transaction.atomic
def open_meeting(*, viewer: Viewer, meeting_id: int) -> Meeting:
    """Open a meeting: its agenda is no longer made again."""
    row = held_meeting(viewer, meeting_id)
    again = row.state == workflow.CLOSED
    move_to(row, workflow.OPEN)
    row.opened_at, row.closed_at = row.opened_at or timezone.now(), None
    row.save(update_fields=["state", "opened_at", "closed_at", "updated_at"])
    journal(viewer, "meeting.reopened" if again else "meeting.opened", row)
    return row


def to_carry(meeting: Meeting) -> list[AgendaItem]:
    """Points that closing a meeting keeps for the next one, unless somebody says otherwise."""
    rows = list(meeting.items.filter(removed_at=None).order_by("position", "pk"))
    rows = [row for row in rows if not row.key.startswith(BROUGHT_AGAIN)]
    held = [carrying.Held(row.pk, row.kind, row.state, row.section_id) for row in rows]
    chosen = set(carrying.carried(held))
    return [row for row in rows if row.pk in chosen]


@transaction.atomic
def close_meeting(*, viewer: Viewer, meeting_id: int, carry: set[int] | None = None) -> Meeting:
    """Close a meeting. ``carry``: ids of the points kept for the next one; by default what ``to_carry`` answers.

    Where the meeting has no series there is no next one: nothing is kept.
    """
    row = held_meeting(viewer, meeting_id)
    move_to(row, workflow.CLOSED)
    row.closed_at = timezone.now()
    row.save(update_fields=["state", "closed_at", "updated_at"])
    news.note_told(row)
    kept = []
    if row.series_id:
        items = (
            to_carry(row)
            if carry is None
            else list(row.items.filter(pk__in=carry, removed_at=None).order_by("position"))
        )
        known = set(KeptItem.objects.filter(source__in=items, dropped_at=None).values_list("source_id", flat=True))
        kept = [_keep(row, item) for item in items if item.pk not in known]
        KeptItem.objects.bulk_create(kept)
    journal(viewer, "meeting.closed", row, after={"points": len(kept)})
    indexing.meeting_changed(row)
    return row


def _keep(meeting: Meeting, item: AgendaItem) -> KeptItem:
    return KeptItem(
        space_id=meeting.space_id, series_id=meeting.series_id or 0, source=item, title=item.title, note=item.note,
        minutes=item.minutes or carrying.USUAL_MINUTES, plan_item_id=item.plan_item_id,
    )  # fmt: skip


@transaction.atomic
def remove_meeting(*, viewer: Viewer, meeting_id: int) -> None:
    """Take out of the calendar a meeting in preparation that nobody was told of.

    One that a rhythm gave is cancelled rather than removed: it would come back by itself.
    """
    row = held_meeting(viewer, meeting_id)
    if row.state != workflow.PREPARED or row.occurrence_on is not None:
        raise DomainError(_("Cette rencontre s’annule; elle ne se retire pas du calendrier."))
    KeptItem.objects.filter(placed__meeting=row).update(placed=None)
    journal(viewer, "meeting.removed", row, before={**_told(row), "title": f"{row.title}, {_day(row)}"})
    indexing.meetings_gone([row.pk])
    row.delete()


def _day(row: Meeting) -> str:
    return date_short(timezone.localtime(row.starts_at).date())
