"""What happens by itself: the days of series put in the calendar, reminders to those who have not answered."""

from typing import Any

from concertoit.ground.core.jobs import Run, daily, job, periodic
from concertoit.together.meetings.services.inviting import remind_all
from concertoit.together.meetings.services.series import put_all_in_calendar


@job("meetings.calendar")
def calendar(run: Run) -> dict[str, Any]:
    """Keep a year of meetings ahead."""
    return {"made": put_all_in_calendar()}


@job("meetings.reminders")
def reminders(run: Run) -> dict[str, Any]:
    """Remind those who have not answered, once."""
    return {"told": remind_all()}


periodic("meetings.calendar", daily(4, 20))
periodic("meetings.reminders", daily(8, 10))
