"""Pages of meetings."""

from concertoit.together.meetings.views import agenda, calendar, meeting, overview, people, series

__all__ = ["agenda", "calendar", "meeting", "overview", "people", "series"]
