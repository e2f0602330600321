"""Visits as a calendar: stable identifiers, Québec time, the number of the case and its street; nobody is named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from concertoit.field.cases.models import Visit
from concertoit.ground.spaces.models import Space

_LASTS = timedelta(hours=1)


def visits_ics(visits: Iterable[Visit], space: Space) -> bytes:
    """The calendar of the visits to come."""
    calendar = Calendar()
    calendar.add("prodid", "-//Concertoit//Visites//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Visites : %(space)s") % {"space": space})
    for visit in visits:
        page = reverse("cases:case", kwargs={"slug": space.slug, "reference": visit.case.reference})
        event = Event()
        event.add("uid", f"visite-{visit.pk}@concertoit")
        event.add("dtstamp", visit.updated_at)
        event.add("dtstart", timezone.localtime(visit.planned_at))
        event.add("dtend", timezone.localtime(visit.planned_at) + _LASTS)
        event.add("summary", _("Visite du dossier %(number)s") % {"number": visit.case.reference})
        event.add("location", f"{visit.case.building.line}, {visit.case.building.municipality}")
        event.add("url", f"{settings.SITE_URL}{page}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
