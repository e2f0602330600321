"""A session as an iCalendar invitation (RFC 5545, 5546): its identity stays, its sequence rises at each change."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from concertoit.together.events.models import Registration, Session


def session_event(session: Session) -> Event:
    """The entry of a session in a calendar."""
    start = timezone.localtime(session.starts_at)
    entry = Event()
    entry.add("uid", f"{session.uid}@{urlsplit(settings.SITE_URL).hostname or 'concertoit'}")
    entry.add("sequence", session.sequence)
    entry.add("dtstamp", session.updated_at)
    entry.add("dtstart", start)
    entry.add("dtend", start + timedelta(minutes=session.minutes))
    entry.add("summary", session.event.title)
    entry.add("location", " · ".join(filter(None, [session.place, session.video_link])))
    slug = session.event.space.slug
    entry.add("url", settings.SITE_URL + reverse("events:event", kwargs={"slug": slug, "event_id": session.event_id}))
    entry.add("status", "CANCELLED" if session.cancelled_on else "CONFIRMED")
    return entry


def session_calendar(session: Session, registration: Registration, method: str) -> str:
    """A message for one person: ``method`` is REQUEST or CANCEL."""
    calendar = Calendar()
    calendar.add("prodid", "-//Concertoit//Activités//FR")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    entry = session_event(session)
    organiser = vCalAddress(f"MAILTO:{settings.DEFAULT_FROM_EMAIL.rsplit('<', 1)[-1].rstrip('>')}")
    organiser.params["cn"] = vText(session.event.space.name)
    entry["organizer"] = organiser
    attendee = vCalAddress(f"MAILTO:{registration.email}")
    attendee.params["cn"] = vText(registration.name)
    attendee.params["partstat"] = vText("ACCEPTED")
    entry.add("attendee", attendee, encode=False)
    calendar.add_component(entry)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical()).decode()
