"""Minutes: what a meeting gives to write them from, the versions that somebody may read, what waits for approval."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from concertoit.ground.core.errors import NotVisible, must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings import workflow
from concertoit.together.meetings.enums import MinutesState, OutcomeKind
from concertoit.together.meetings.models import AgendaItem, Attendance, Meeting, MinutesVersion, Outcome
from concertoit.together.meetings.policies import may_hold
from concertoit.together.meetings.queries.agenda import agenda_of
from concertoit.together.meetings.queries.meetings import next_of
from concertoit.together.meetings.queries.people import people_of
from concertoit.together.meetings.queries.room import outcomes_of
from concertoit.together.meetings.rules import minutes as rules

READABLE = (MinutesState.SENT, MinutesState.APPROVED, MinutesState.REPLACED)


def content_of(meeting: Meeting) -> dict[str, Any]:
    """The minutes that a meeting gives by itself: agenda, notes, presences, outcomes; as ``rules.minutes`` describes."""
    outcomes: dict[int | None, list[dict[str, Any]]] = {}
    for one in outcomes_of(meeting):
        outcomes.setdefault(one.item_id, []).append(_outcome(one))
    agenda = agenda_of(meeting)
    points = []
    for section in agenda.sections:
        lines = [_point(row, outcomes) for row in section.lines]
        points.append({**_point(section.item, outcomes), "number": section.number, "lines": lines})
    following = next_of(meeting)
    return {
        "form": rules.FORM,
        "title": meeting.title,
        "space": meeting.space.name,
        "table": meeting.place_of.name,
        "starts_at": (meeting.opened_at or meeting.starts_at).isoformat(),
        "ended_at": (meeting.closed_at or meeting.ends_at).isoformat(),
        "place": meeting.place,
        "facilitator": str(meeting.facilitator.person) if meeting.facilitator else "",
        "secretary": str(meeting.secretary.person) if meeting.secretary else "",
        "record": meeting.record,
        "quorum": {"state": meeting.quorum_state, "present": meeting.quorum_present, "needed": meeting.quorum_needed},
        "people": _people(meeting),
        "points": points,
        "other": [one for key in list(outcomes) for one in outcomes[key]],
        "next": {"title": following.title, "starts_at": following.starts_at.isoformat()} if following else None,
    }


def _point(row: AgendaItem, outcomes: dict[int | None, list[dict[str, Any]]]) -> dict[str, Any]:
    return {
        "id": row.pk, "title": row.title, "state": row.state, "record": row.record, "outcomes": outcomes.pop(row.pk, []),
    }  # fmt: skip


def _outcome(row: Outcome) -> dict[str, Any]:
    from_person = row.membership.person or row.membership.organisation if row.membership else None
    who = str(from_person or row.organisation or row.who_written or "")
    due = row.due_on.isoformat() if row.due_on else None
    return {"id": row.pk, "kind": row.kind, "text": row.text, "who": who, "due_on": due, "change": row.change}


def _people(meeting: Meeting) -> list[dict[str, Any]]:
    found = people_of(meeting)
    return [
        {
            "name": group.name,
            "presence": group.presence,
            "persons": [_person(row) for row in group.people],
        }
        for group in found.groups
    ]


def _person(row: Attendance) -> dict[str, Any]:
    """Who was there or not; ``for``: whose place they took."""
    other = row.name if row.substitute_name else ""
    return {"name": row.substitute_name or row.name, "presence": row.presence, "for": other}


def versions_of(viewer: Viewer, meeting: Meeting) -> list[MinutesVersion]:
    """The versions of a meeting's minutes that the viewer may read, the last one first; one query."""
    if not viewer.can("meetings.minutes"):
        return []
    rows = MinutesVersion.objects.filter(meeting=meeting).select_related("written_by", "approved_in")
    if not may_hold(viewer, meeting):
        rows = rows.filter(state__in=READABLE)
    return list(rows.order_by("-number"))


@dataclass(slots=True)
class MinutesPage:
    """A version of the minutes with its neighbours, and what stands in it."""

    meeting: Meeting
    version: MinutesVersion
    versions: list[MinutesVersion]
    content: dict[str, Any]
    before: MinutesVersion | None = None
    held: list[Meeting] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        """Whether the frozen text is still the one whose SHA-256 was kept."""
        return rules.digest(self.version.snapshot) == self.version.sha256

    @property
    def last(self) -> bool:
        return self.version.pk == self.versions[0].pk


def minutes_page(viewer: Viewer, meeting: Meeting, number: int) -> MinutesPage:
    """One version. Raises ``NotAllowed`` for who only looks on, ``NotVisible`` for a version the viewer may not read."""
    viewer.must("meetings.minutes")
    versions = versions_of(viewer, meeting)
    version = must_exist(next((one for one in versions if one.number == number), None))
    version.meeting = meeting
    before = next((one for one in versions if one.number < number), None)
    page = MinutesPage(meeting, version, versions, json.loads(version.snapshot), before)
    if may_hold(viewer, meeting):
        page.held = list(held_after(meeting))
    return page


def held_after(meeting: Meeting) -> QuerySet[Meeting]:
    """Meetings of the same table, later, that could approve these minutes: being held, or held."""
    rows = Meeting.objects.filter(_same(meeting), state__in=[workflow.OPEN, workflow.CLOSED])
    return rows.filter(starts_at__gt=meeting.starts_at).order_by("starts_at", "pk")[:12]


def _same(meeting: Meeting, prefix: str = "") -> Q:
    """Meetings of the same body or committee."""
    return Q(**{f"{prefix}space": meeting.space_id, f"{prefix}body": meeting.body_id,
                f"{prefix}committee": meeting.committee_id})  # fmt: skip


def to_approve(meeting: Meeting) -> list[MinutesVersion]:
    """Minutes of earlier meetings of the same table that were sent and wait for approval, the oldest first."""
    rows = MinutesVersion.objects.filter(_same(meeting, "meeting__"), state=MinutesState.SENT)
    rows = rows.filter(meeting__starts_at__lt=meeting.starts_at).select_related("meeting__space")
    return list(rows.order_by("meeting__starts_at", "pk"))


def open_follow_ups(meeting: Meeting) -> list[Outcome]:
    """Follow-ups of earlier meetings of the same table that nobody has finished, the most pressing first."""
    rows = Outcome.objects.filter(
        _same(meeting, "meeting__"), kind=OutcomeKind.FOLLOW_UP, done_at=None, withdrawn_at=None
    )
    rows = rows.filter(meeting__starts_at__lt=meeting.starts_at)
    return list(
        rows.select_related("meeting", "membership__person", "membership__organisation", "organisation").order_by(
            "due_on", "pk"
        )
    )


def version_of_link(row: Attendance, number: int) -> tuple[MinutesVersion, dict[str, Any]]:
    """A version that was sent to the holder of a personal link, with its content. Raises ``NotVisible`` for another."""
    versions = MinutesVersion.objects.filter(meeting=row.meeting_id, number=number, state__in=READABLE)
    found = versions.select_related("meeting__space", "approved_in").first()
    if found is None or row.pk not in found.sent_to:
        raise NotVisible("")
    return found, json.loads(found.snapshot)
