"""Invitations as they leave: a personal link, a calendar entry inside the message, a number that rises."""

from __future__ import annotations

from collections.abc import Iterable
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from concertoit.ground.core import personal_links
from concertoit.together.meetings import notifications
from concertoit.together.meetings.enums import Answer
from concertoit.together.meetings.exports import ics
from concertoit.together.meetings.models import AgendaItem, Attendance, Meeting


def token_of(row: Attendance) -> str:
    """The secret of a personal link, made again from the installation's key."""
    return personal_links.token_of("meetings.answer", row, row.email)


def send(*, meeting: Meeting, rows: Iterable[Attendance], what: str) -> int:
    """Write to these people; answers how many have an address. Called in a transaction, after the meeting is saved."""
    agenda = titles(meeting)
    sent, now = [], timezone.now()
    for row in rows:
        if not row.email:
            continue
        row.meeting = meeting
        token = token_of(row)
        row.token_digest, row.sent_sequence, row.sent_at = personal_links.digest_of(token), meeting.sequence, now
        _write(row, what, agenda, token)
        sent.append(row)
    Attendance.objects.bulk_update(sent, ["token_digest", "sent_sequence", "sent_at"], batch_size=200)
    return len(sent)


def _write(row: Attendance, what: str, agenda: list[str], token: str) -> None:
    """One message to who is invited, and one to who replaces them."""
    link = reverse("meetings:answer_link", kwargs={"token": token})
    _one(row.meeting, (row.name, row.email, row.answer), what, agenda, link)
    if row.substitute_email:
        send_to_substitute(row, what=what, agenda=agenda)


def send_to_substitute(row: Attendance, *, what: str = notifications.INVITED, agenda: list[str] | None = None) -> None:
    """Write to who comes in somebody's place: everything but the link, which answers for another person."""
    who = (row.substitute_name, row.substitute_email, Answer.YES.value)
    _one(row.meeting, who, what, titles(row.meeting) if agenda is None else agenda, "")


def _one(meeting: Meeting, who: tuple[str, str, str], what: str, agenda: list[str], link: str) -> None:
    name, email, answer = who
    body = notifications.body_of(meeting, what, agenda, answers=bool(link))
    file = ics.invitation(
        meeting, name=name, email=email, answer=answer, organiser=_organiser(meeting), text=body,
        url=f"{settings.SITE_URL}{link}" if link else ics.page_of(meeting),
        cancelled=what == notifications.CANCELLED,
    )  # fmt: skip
    notifications.letter(
        meeting=meeting, to=email, what=what, body=body, url=link, calendar=file,
        reply_to=meeting.convened_by.email if meeting.convened_by else "",
    )  # fmt: skip


def titles(meeting: Meeting) -> list[str]:
    """The points of an agenda, for the text of a message."""
    rows = AgendaItem.objects.filter(meeting=meeting, section=None, removed_at=None)
    return list(rows.order_by("position", "pk").values_list("title", flat=True))


def _organiser(meeting: Meeting) -> tuple[str, str]:
    """Who convened, the same from the first invitation to the last; else the installation, for the démarche."""
    user = meeting.convened_by
    return (str(user), user.email) if user else (str(meeting.space), parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
