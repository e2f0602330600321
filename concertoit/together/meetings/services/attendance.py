"""Who came, and whether the table may decide."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings import workflow
from concertoit.together.meetings.enums import Presence, QuorumRule, QuorumState
from concertoit.together.meetings.models import Attendance, Meeting
from concertoit.together.meetings.queries.people import invited, people_of
from concertoit.together.meetings.services.finding import held_meeting, journal


@transaction.atomic
def note_presences(*, viewer: Viewer, meeting_id: int, presences: Mapping[int, str]) -> Meeting:
    """Note who is there, person by person. Raises ``NotVisible`` for somebody not invited to this meeting."""
    meeting = held_meeting(viewer, meeting_id)
    if meeting.state == workflow.CANCELLED:
        raise DomainError(_("Cette rencontre est annulée."))
    rows = {row.pk: row for row in invited(meeting)}
    if not set(presences) <= set(rows):
        raise NotVisible("")
    changed, now = [], timezone.now()
    for pk, value in presences.items():
        if rows[pk].presence != Presence(value):
            rows[pk].presence, rows[pk].presence_at = Presence(value).value, now
            changed.append(rows[pk])
    Attendance.objects.bulk_update(changed, ["presence", "presence_at"])
    if changed:
        there = sum(row.presence == Presence.PRESENT for row in rows.values())
        journal(viewer, "meeting.presences", meeting, after={"people": there})
    return meeting


@transaction.atomic
def add_present(*, viewer: Viewer, meeting_id: int, name: str, organisation_id: int | None = None) -> Attendance:
    """Note somebody who came without being invited. They count for no quorum unless their organisation was convened."""
    meeting = held_meeting(viewer, meeting_id)
    who = " ".join(name.split())
    if not who:
        raise DomainError(_("Écrivez le nom de la personne."), field="name")
    row = Attendance.objects.create(
        space_id=meeting.space_id, meeting=meeting, name=who, organisation_id=organisation_id, counts=False,
        presence=Presence.PRESENT, presence_at=timezone.now(),
    )  # fmt: skip
    journal(viewer, "meeting.presences", meeting, after={"who": who})
    return row


@transaction.atomic
def record_quorum(*, viewer: Viewer, meeting_id: int, note: str = "") -> Meeting:
    """Record the quorum as it is now, with the rule and the figures of the day. Raises ``DomainError`` without a rule."""
    meeting = held_meeting(viewer, meeting_id)
    if meeting.quorum_rule == QuorumRule.NONE:
        raise DomainError(_("Cette instance n’a pas de quorum."))
    people = people_of(meeting)
    meeting.quorum_state = QuorumState.REACHED if people.reached else QuorumState.MISSED
    meeting.quorum_present, meeting.quorum_needed = people.there, people.needed
    meeting.quorum_at, meeting.quorum_note = timezone.now(), note.strip()[:300]
    meeting.save(
        update_fields=[
            "quorum_state", "quorum_present", "quorum_needed", "quorum_at", "quorum_note", "updated_at",
        ]
    )  # fmt: skip
    after = {"present": people.there, "needed": people.needed, "state": str(meeting.get_quorum_state_display())}
    journal(viewer, "meeting.quorum", meeting, after=after)
    return meeting
