"""Series, meetings, agendas, people, outcomes, minutes, news, welcome."""

from concertoit.together.meetings.models.meeting import AgendaItem, KeptItem, Meeting
from concertoit.together.meetings.models.minutes import MinutesVersion, Outcome
from concertoit.together.meetings.models.news import News, NewsReceived, WelcomePack
from concertoit.together.meetings.models.people import Attendance
from concertoit.together.meetings.models.series import USUAL_MINUTES, Series, StandingItem
from concertoit.together.meetings.models.welcome import Welcome

__all__ = [
    "USUAL_MINUTES",
    "AgendaItem",
    "Attendance",
    "KeptItem",
    "Meeting",
    "MinutesVersion",
    "News",
    "NewsReceived",
    "Outcome",
    "Series",
    "StandingItem",
    "Welcome",
    "WelcomePack",
]
