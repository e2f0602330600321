"""Meetings as iCalendar: invitations and cancellations (RFC 5545, RFC 5546), entries of a calendar people subscribe to.

The identity of a meeting never changes; its number rises each time people are told again; hours are those of
America/Toronto, with the definition of the zone in the file (facts, section 4).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from concertoit.together.meetings.enums import Answer, MeetingState
from concertoit.together.meetings.models import Meeting
from concertoit.together.meetings.rules.recurrence import ZONE

REQUEST, CANCEL = "REQUEST", "CANCEL"
PARTSTAT = {
    Answer.NONE: "NEEDS-ACTION",
    Answer.YES: "ACCEPTED",
    Answer.NO: "DECLINED",
    Answer.TENTATIVE: "TENTATIVE",
}


def invitation(
    meeting: Meeting, *, name: str, email: str, answer: str, organiser: tuple[str, str], url: str, text: str,
    cancelled: bool = False,
) -> str:  # fmt: skip
    """The invitation of one person, or its cancellation: nobody sees the address of anybody else.

    ``organiser``: (name, address) to which a calendar program answers; ``url``: the whole address where one answers.
    """
    file = _file(CANCEL if cancelled else REQUEST)
    event = entry(meeting, url=url, text=text)
    event["organizer"] = _address(*organiser)
    attendee = _address(name, email)
    attendee.params["CUTYPE"] = vText("INDIVIDUAL")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText(PARTSTAT[Answer(answer)])
    attendee.params["RSVP"] = vText("FALSE" if cancelled else "TRUE")
    event.add("attendee", attendee, encode=False)
    if cancelled:
        event["status"] = vText("CANCELLED")
    file.add_component(event)
    file.add_missing_timezones()
    return bytes(file.to_ical()).decode()


def calendar(name: str, meetings: Iterable[tuple[Meeting, str]]) -> bytes:
    """A file of meetings, each with the whole address of its page."""
    file = _file("PUBLISH")
    file.add("x-wr-calname", name)
    for meeting, url in meetings:
        file.add_component(entry(meeting, url=url))
    file.add_missing_timezones()
    return bytes(file.to_ical())


def _file(method: str) -> Calendar:
    file = Calendar()
    file.add("prodid", "-//Concertoit//Rencontres//FR")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", method)
    return file


def _address(name: str, email: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = vText(name)
    return address


def entry(meeting: Meeting, *, url: str, text: str = "") -> Event:
    """One meeting of a calendar, as it stands now."""
    event = Event()
    event.add("uid", f"{meeting.uid}@concertoit")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.updated_at or timezone.now())
    event.add("dtstart", _wall(meeting.starts_at))
    event.add("dtend", _wall(meeting.starts_at + timedelta(minutes=meeting.length_minutes)))
    event.add("summary", _summary(meeting))
    where = " · ".join(part for part in (meeting.place, meeting.video_url) if part)
    if where:
        event.add("location", where)
    if text:
        event.add("description", text)
    event.add("url", url)
    event.add("status", _status(meeting))
    return event


def _summary(meeting: Meeting) -> str:
    if meeting.state == MeetingState.CANCELLED:
        return _("Annulée : %(title)s") % {"title": meeting.title}
    return meeting.title


def _status(meeting: Meeting) -> str:
    if meeting.state == MeetingState.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if meeting.state == MeetingState.PREPARED else "CONFIRMED"


def _wall(moment: datetime) -> datetime:
    """The hour on the wall, named with its zone."""
    return moment.astimezone(ZONE)


def page_of(meeting: Meeting) -> str:
    """The whole address of a meeting's page."""
    page = reverse("meetings:meeting", kwargs={"slug": meeting.space.slug, "meeting_id": meeting.pk})
    return f"{settings.SITE_URL}{page}"
