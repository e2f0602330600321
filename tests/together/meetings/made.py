"""What tests and the permission table need of meetings."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from concertoit.together.meetings.enums import OutcomeKind, QuorumRule
from concertoit.together.meetings.models import (
    AgendaItem,
    Attendance,
    KeptItem,
    Meeting,
    MinutesVersion,
    Outcome,
    Series,
)
from concertoit.together.meetings.rules.recurrence import ZONE
from concertoit.together.meetings.services import agenda, attendance, inviting, keeping, minutes, outcomes, running
from concertoit.together.meetings.services.agenda_items import ItemFacts, add_item
from concertoit.together.meetings.services.meetings import (
    MeetingFacts,
    add_meeting,
    cancel,
    close_meeting,
    open_meeting,
)
from concertoit.together.meetings.services.series import SeriesFacts, save_series
from tests.personas import Table


def facts(table: Table, **fields: Any) -> SeriesFacts:
    """A monthly series of the coordination committee."""
    values: dict[str, Any] = {
        "name": "Coco", "place_of": table.coco, "starts_on": timezone.localdate() + timedelta(days=1),
        "time": time(9, 30), "interval": 2, "place": "Salle des Érables", "quorum_rule": QuorumRule.MAJORITY,
    }  # fmt: skip
    return SeriesFacts(**{**values, **fields})


def series_of(table: Table, **fields: Any) -> Series:
    """A series with its template and its coming meetings (made once)."""
    known = Series.objects.filter(space=table.space).first()
    return known or save_series(viewer=table.viewer("coordinator"), facts=facts(table, **fields))


def meeting_of(table: Table) -> Meeting:
    """The next meeting of the series, in preparation."""
    return series_of(table).meetings.select_related("space").order_by("starts_at")[0]


def soon(days: int = 10) -> datetime:
    """A day to come at half past nine, on the wall."""
    return datetime.combine(timezone.localdate() + timedelta(days=days), time(9, 30), tzinfo=ZONE)


def extra_of(table: Table, **fields: Any) -> Meeting:
    """A meeting by itself, of the coordination committee."""
    values: dict[str, Any] = {"title": "Rencontre spéciale", "starts_at": soon(), **fields}
    return add_meeting(viewer=table.viewer("coordinator"), facts=MeetingFacts(**values), place_of=table.coco)


def built(table: Table) -> Meeting:
    """The next meeting, with its agenda."""
    return agenda.build(viewer=table.viewer("coordinator"), meeting_id=meeting_of(table).pk)


def convened(table: Table) -> Meeting:
    """A convened meeting, with everybody of the table invited."""
    meeting = extra_of(table)
    members = [table.membership(key).pk for key in ("coordinator", "coco", "partner", "contributor", "elected")]
    return inviting.convene(viewer=table.viewer("coordinator"), meeting_id=meeting.pk, members=members)[0]


def invitation(table: Table, key: str = "partner") -> Attendance:
    """The invitation of one persona to a convened meeting."""
    return Attendance.objects.get(meeting=convened(table), membership=table.membership(key))


def standing_of(table: Table) -> Any:
    """A standing item of the series."""
    return series_of(table).standing.order_by("position")[0]


def item_of(table: Table) -> AgendaItem:
    """A point written by hand."""
    meeting = meeting_of(table)
    return add_item(viewer=table.viewer("coordinator"), meeting_id=meeting.pk, facts=ItemFacts("Un point", 10))


def kept_of(table: Table) -> KeptItem:
    """A point kept for the next meeting."""
    return keeping.propose(viewer=table.viewer("partner"), series_id=series_of(table).pk, title="À reprendre")


def day_of(meeting: Meeting) -> date:
    """The day of a meeting on the wall."""
    return meeting.starts_at.astimezone(ZONE).date()


def cancelled(table: Table) -> Meeting:
    """A meeting that was cancelled."""
    return cancel(viewer=table.viewer("coordinator"), meeting_id=extra_of(table).pk, reason="Tempête.")[0]


def opened(table: Table) -> Meeting:
    """A meeting being held."""
    return open_meeting(viewer=table.viewer("coordinator"), meeting_id=extra_of(table).pk)


def point_held(table: Table) -> AgendaItem:
    """A point of a meeting being held."""
    meeting = extra_of(table)
    row = add_item(viewer=table.viewer("coordinator"), meeting_id=meeting.pk, facts=ItemFacts("Budget", 10))
    open_meeting(viewer=table.viewer("coordinator"), meeting_id=meeting.pk)
    return row


def task_of(table: Table, key: str = "partner", **fields: Any) -> Outcome:
    """A follow-up that somebody took on at a meeting being held."""
    values: dict[str, Any] = {"membership": table.membership(key), **fields}
    return outcomes.add_outcome(
        viewer=table.viewer("coordinator"), meeting_id=opened(table).pk,
        facts=outcomes.OutcomeFacts(OutcomeKind.FOLLOW_UP, "Écrire à la MRC", **values),
    )  # fmt: skip


def closed(table: Table) -> Meeting:
    """A meeting that was held, with who came: the partner was excused, the contributor absent."""
    coordinator = table.viewer("coordinator")
    meeting = convened(table)
    row = add_item(viewer=coordinator, meeting_id=meeting.pk, facts=ItemFacts("Budget", 10))
    open_meeting(viewer=coordinator, meeting_id=meeting.pk)
    running.go_to(viewer=coordinator, meeting_id=meeting.pk, item_id=row.pk)
    running.write_note(viewer=coordinator, meeting_id=meeting.pk, item_id=row.pk, text="On regarde les montants.")
    outcomes.add_outcome(
        viewer=coordinator, meeting_id=meeting.pk, item_id=row.pk,
        facts=outcomes.OutcomeFacts(OutcomeKind.DECISION, "Le budget est proposé"),
    )  # fmt: skip
    came = {"coordinator": "present", "coco": "present", "partner": "excused", "contributor": "absent"}
    rows = {row.membership_id: row.pk for row in meeting.people.all()}
    noted = {rows[table.membership(key).pk]: presence for key, presence in came.items()}
    attendance.note_presences(viewer=coordinator, meeting_id=meeting.pk, presences=noted)
    return close_meeting(viewer=coordinator, meeting_id=meeting.pk)


def minutes_draft(table: Table) -> MinutesVersion:
    """Minutes written and not sent."""
    return minutes.write(viewer=table.viewer("coordinator"), meeting_id=closed(table).pk)


def minutes_sent(table: Table) -> MinutesVersion:
    """Minutes sent to the absent."""
    row = minutes_draft(table)
    return minutes.send(viewer=table.viewer("coordinator"), meeting_id=row.meeting_id, number=row.number)[0]


def minutes_corrected(table: Table) -> MinutesVersion:
    """A second version, sent."""
    first, coordinator = minutes_sent(table), table.viewer("coordinator")
    row = minutes.correct(viewer=coordinator, meeting_id=first.meeting_id, number=1)
    minutes.edit(
        viewer=coordinator, meeting_id=row.meeting_id, number=2, texts={"record": "Une précision."}, note="Précision"
    )
    return minutes.send(viewer=coordinator, meeting_id=row.meeting_id, number=2)[0]
