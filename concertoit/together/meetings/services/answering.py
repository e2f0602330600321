"""Answers to an invitation: in the application, or through a personal link without an account; and substitutes."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError, NotAllowed, must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings import notifications, workflow
from concertoit.together.meetings.enums import Answer
from concertoit.together.meetings.models import Attendance
from concertoit.together.meetings.policies import may_answer
from concertoit.together.meetings.queries.people import coordination
from concertoit.together.meetings.services import sending
from concertoit.together.meetings.services.finding import MEETING

NOTE_MAX = 300


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as a person gives it; who does not come may name somebody in their place."""

    answer: Answer
    note: str = ""
    substitute_name: str = ""
    substitute_email: str = ""


def find(token: str, *, lock: bool = False) -> Attendance:
    """The invitation behind a personal link. Raises ``NotVisible`` for a link that is none of ours, or taken back."""
    rows = Attendance.objects.select_related("meeting__space", "meeting__convened_by", "organisation")
    if lock:
        rows = rows.select_for_update(of=("self",))
    return must_exist(rows.filter(token_digest=personal_links.digest_of(token), withdrawn_at=None).first())


def is_open(row: Attendance) -> bool:
    """Whether an answer still makes sense: until the meeting is over."""
    meeting = row.meeting
    return meeting.state in (workflow.CONVENED, workflow.OPEN) and meeting.ends_at > timezone.now()


@transaction.atomic
def answer_link(*, token: str, said: Said) -> Attendance:
    """Answer through a personal link. Raises ``DomainError`` when it is too late."""
    row = find(token, lock=True)
    _answer(row, said, None)
    return row


@transaction.atomic
def answer(*, viewer: Viewer, row_id: int, said: Said) -> Attendance:
    """Answer one's own invitation. Raises ``NotVisible`` for another démarche's, ``NotAllowed`` for another person's."""
    rows = Attendance.objects.select_for_update(of=("self",)).select_related("meeting__space", "meeting__convened_by")
    row = must_exist(rows.filter(pk=row_id, space=viewer.space, withdrawn_at=None).first())
    if not may_answer(viewer, row):
        raise NotAllowed("")
    _answer(row, said, viewer)
    return row


def _answer(row: Attendance, said: Said, viewer: Viewer | None) -> None:
    if not is_open(row):
        raise DomainError(_("Il est trop tard pour répondre à cette invitation."))
    name, email = _substitute(said)
    before = (row.answer, row.substitute_email)
    row.answer, row.answer_note, row.answered_at = said.answer, said.note.strip()[:NOTE_MAX], timezone.now()
    row.substitute_name, row.substitute_email = name, email
    row.save()
    if email and before[1] != email:
        sending.send_to_substitute(row)
    label = str(Answer(said.answer).label)
    record(
        actor=viewer.user if viewer else None,
        verb="meeting.answered",
        object_type=MEETING,
        object_id=row.meeting_id,
        object_label=row.meeting.title,
        space_id=row.space_id,
        after={"who": row.name, "answer": label},
        note=f"{row.name}, {label.lower()}",
    )
    if said.answer == Answer.NO and before[0] != Answer.NO:
        actor = viewer.user if viewer else None
        notifications.answered(row=row, users=coordination(row.space_id), actor=actor)


def _substitute(said: Said) -> tuple[str, str]:
    """Who comes in their place, for somebody who does not come."""
    name, email = " ".join(said.substitute_name.split()), said.substitute_email.strip().lower()
    if said.answer != Answer.NO:
        return "", ""
    if email and not name:
        raise DomainError(_("Écrivez aussi le nom de la personne qui vous remplace."), field="substitute_name")
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise DomainError(_("Cette adresse de courriel n’est pas complète."), field="substitute_email") from None
    return name, email
