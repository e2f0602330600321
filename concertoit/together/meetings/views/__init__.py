"""Pages of meetings."""

from concertoit.together.meetings.views import (
    agenda,
    calendar,
    meeting,
    minutes,
    outcomes,
    overview,
    people,
    room,
    series,
)

__all__ = ["agenda", "calendar", "meeting", "minutes", "outcomes", "overview", "people", "room", "series"]
