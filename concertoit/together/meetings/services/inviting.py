"""Convening a meeting: whom, when it leaves, who is added or taken out afterwards."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings import notifications, workflow
from concertoit.together.meetings.enums import Answer
from concertoit.together.meetings.models import Attendance, Meeting
from concertoit.together.meetings.queries.people import ONLOOKERS, accounts, addresses, invited, members_of
from concertoit.together.meetings.services import indexing, sending
from concertoit.together.meetings.services.finding import held_meeting, journal, move_to

# Those who have not answered are reminded this long before the meeting, once: a parameter of ours.
REMIND_BEFORE = timedelta(days=3)


@transaction.atomic
def convene(*, viewer: Viewer, meeting_id: int, members: Iterable[int], note: str = "") -> tuple[Meeting, int]:
    """Invite these participations and send the invitations; answers the meeting and how many messages left.

    Raises ``DomainError`` when nobody is invited, or when the meeting is past.
    """
    meeting = held_meeting(viewer, meeting_id)
    if meeting.starts_at <= timezone.now():
        raise DomainError(_("Cette rencontre est passée : changez d’abord sa date."))
    again = meeting.convened_at is not None or meeting.sequence > 0
    move_to(meeting, workflow.CONVENED)
    _set_members(meeting, set(members))
    if not invited(meeting).exists():
        raise DomainError(_("Choisissez au moins une personne à inviter."), field="members")
    meeting.convened_at, meeting.note = timezone.now(), note.strip()
    meeting.convened_by = meeting.convened_by or viewer.user
    # Calendars that saw it cancelled only believe a higher number.
    meeting.sequence += again
    meeting.save(update_fields=["state", "convened_at", "convened_by", "note", "sequence", "updated_at"])
    people = list(invited(meeting))
    sent = sending.send(meeting=meeting, rows=people, what=notifications.INVITED)
    notifications.told(meeting=meeting, users=accounts(people), actor=viewer.user, what=notifications.INVITED)
    journal(viewer, "meeting.convened", meeting, after={"people": len(people)})
    indexing.meeting_changed(meeting)
    return meeting, sent


def _set_members(meeting: Meeting, wanted: set[int]) -> None:
    """Invite who is wanted, take out who no longer is; who answered keeps their answer."""
    people = [one for one in members_of(meeting) if one.pk in wanted]
    if len(people) != len(wanted):
        raise NotVisible("")
    rows = {row.membership_id: row for row in Attendance.objects.filter(meeting=meeting).exclude(membership=None)}
    emails = addresses(people)
    new = [_row(meeting, one, emails.get(one.pk, "")) for one in people if one.pk not in rows]
    Attendance.objects.bulk_create(new)
    for membership_id, row in rows.items():
        row.withdrawn_at = None if membership_id in wanted else row.withdrawn_at or timezone.now()
        row.email = emails.get(membership_id or 0, row.email)
    Attendance.objects.bulk_update(rows.values(), ["withdrawn_at", "email"])


def _row(meeting: Meeting, one: Membership, email: str) -> Attendance:
    return Attendance(
        space_id=meeting.space_id, meeting=meeting, membership=one, organisation=one.organisation,
        name=str(one.person), email=email, counts=one.role not in ONLOOKERS,
    )  # fmt: skip


@transaction.atomic
def invite(
    *, viewer: Viewer, meeting_id: int, membership: Membership | None = None, name: str = "", email: str = "",
) -> Attendance:  # fmt: skip
    """Invite one more person: a participation, or a guest by name and address. Told at once when it is convened.

    Raises ``DomainError`` for somebody already invited, or a guest without name or with a wrong address.
    """
    meeting = held_meeting(viewer, meeting_id)
    if meeting.state not in workflow.COMING:
        raise DomainError(_("On n’invite plus à une rencontre tenue ou annulée."))
    row = _member(meeting, membership) if membership else _guest(meeting, name, email)
    row.withdrawn_at = None
    row.save()
    if meeting.state == workflow.CONVENED:
        sending.send(meeting=meeting, rows=[row], what=notifications.INVITED)
        notifications.told(meeting=meeting, users=accounts([row]), actor=viewer.user, what=notifications.INVITED)
    journal(viewer, "meeting.invited", meeting, after={"who": row.name})
    return row


def _member(meeting: Meeting, membership: Membership) -> Attendance:
    if membership.space_id != meeting.space_id:
        raise NotVisible("")
    row = Attendance.objects.filter(meeting=meeting, membership=membership).first()
    if row is not None and row.withdrawn_at is None:
        raise DomainError(_("Cette personne est déjà invitée."), field="membership")
    return row or _row(meeting, membership, addresses([membership]).get(membership.pk, ""))


def _guest(meeting: Meeting, name: str, email: str) -> Attendance:
    who, address = " ".join(name.split()), email.strip().lower()
    if not who:
        raise DomainError(_("Écrivez le nom de la personne."), field="name")
    _valid(address, "email")
    if Attendance.objects.filter(meeting=meeting, email__iexact=address, withdrawn_at=None).exists():
        raise DomainError(_("Cette personne est déjà invitée."), field="email")
    return Attendance(space_id=meeting.space_id, meeting=meeting, name=who, email=address, counts=False)


def _valid(address: str, field: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise DomainError(_("Cette adresse de courriel n’est pas complète."), field=field) from None


@transaction.atomic
def uninvite(*, viewer: Viewer, meeting_id: int, row_id: int) -> None:
    """Take an invitation back; their calendar is told when the invitation had left."""
    meeting = held_meeting(viewer, meeting_id)
    row = must_exist(
        Attendance.objects.select_for_update().filter(pk=row_id, meeting=meeting, withdrawn_at=None).first()
    )
    if meeting.state == workflow.CONVENED and row.sent_at:
        sending.send(meeting=meeting, rows=[row], what=notifications.CANCELLED)
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at", "updated_at"])
    journal(viewer, "meeting.uninvited", meeting, before={"who": row.name})


@transaction.atomic
def send_again(*, viewer: Viewer, meeting_id: int) -> int:
    """Send the invitation again, with the agenda as it is now; answers how many messages left."""
    meeting = held_meeting(viewer, meeting_id)
    if meeting.state != workflow.CONVENED:
        raise DomainError(_("Cette rencontre n’est pas convoquée."))
    meeting.sequence += 1
    meeting.save(update_fields=["sequence", "updated_at"])
    people = list(invited(meeting))
    sent = sending.send(meeting=meeting, rows=people, what=notifications.AGAIN)
    journal(viewer, "meeting.sent_again", meeting, after={"people": sent})
    return sent


def remind_all(now: Any = None) -> int:
    """Remind, once, those who have not answered and whose meeting is near; answers how many."""
    at = now or timezone.now()
    near = Meeting.objects.filter(state=workflow.CONVENED, starts_at__gt=at, starts_at__lte=at + REMIND_BEFORE)
    told = 0
    for meeting in near.filter(space__archived_at=None).select_related("space", "convened_by").order_by("pk"):
        with transaction.atomic():
            rows = list(invited(meeting).filter(answer=Answer.NONE, reminded_at=None).exclude(email=""))
            told += sending.send(meeting=meeting, rows=rows, what=notifications.REMINDER)
            Attendance.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=at)
    return told
