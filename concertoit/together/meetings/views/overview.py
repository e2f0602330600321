"""The landing page of meetings: what comes, what was held, the series; and the calendar of a year."""

from __future__ import annotations

from calendar import Calendar
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from concertoit.ground.core.errors import NotVisible
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.pages import render
from concertoit.together.meetings.models import Meeting
from concertoit.together.meetings.queries import meetings as queries
from concertoit.together.meetings.queries.words import length_of, month_of, rhythm_of
from concertoit.together.meetings.rules.recurrence import ZONE

# Years that a calendar shows: a plan lasts three.
AROUND = 10


def local(meeting: Meeting) -> Any:
    """When a meeting starts, on the wall."""
    return meeting.starts_at.astimezone(ZONE)


WORDS = {"local": local, "length_of": length_of, "month_of": month_of, "rhythm_of": rhythm_of}


@in_space("meetings.view")
def overview(request: SpaceRequest) -> HttpResponse:
    """What comes, by month; what was held; the series and their rhythm."""
    found = queries.overview(request.viewer)
    months: dict[date, list[Meeting]] = {}
    for meeting in found.coming:
        months.setdefault(local(meeting).date().replace(day=1), []).append(meeting)
    context = {"found": found, "months": list(months.items()), "now": timezone.now(), **WORDS}
    return render(request, "meetings/overview.html", context)


@in_space("meetings.view")
def year(request: SpaceRequest) -> HttpResponse:
    """Twelve months with the meetings of the year, and the same as a list."""
    today = timezone.localdate()
    text = request.GET.get("annee", "")
    chosen = int(text) if text.isdigit() else today.year
    if abs(chosen - today.year) > AROUND:
        raise NotVisible("")
    rows = queries.in_year(request.viewer, chosen)
    by_day: dict[date, list[Meeting]] = {}
    for meeting in rows:
        by_day.setdefault(local(meeting).date(), []).append(meeting)
    weeks = Calendar(firstweekday=6)
    months = [(date(chosen, month, 1), weeks.monthdatescalendar(chosen, month)) for month in range(1, 13)]
    context = {"year": chosen, "months": months, "by_day": by_day, "rows": rows, "today": today, **WORDS}
    return render(request, "meetings/year.html", context)
