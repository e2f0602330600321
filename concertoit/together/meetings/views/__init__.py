"""Pages of meetings."""

from concertoit.together.meetings.views import (
    agenda,
    calendar,
    committees,
    meeting,
    minutes,
    news,
    outcomes,
    overview,
    people,
    room,
    series,
    welcome,
)

__all__ = [
    "agenda",
    "calendar",
    "committees",
    "meeting",
    "minutes",
    "news",
    "outcomes",
    "overview",
    "people",
    "room",
    "series",
    "welcome",
]
