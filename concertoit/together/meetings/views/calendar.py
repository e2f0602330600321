"""One meeting as a calendar file."""

from django.http import HttpResponse

from concertoit.ground.core.media import CALENDAR
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.downloads import attachment
from concertoit.together.meetings.exports import ics
from concertoit.together.meetings.queries.meetings import meeting_for


@in_space("meetings.view")
def one(request: SpaceRequest, meeting_id: int) -> HttpResponse:
    """The meeting, for a calendar that did not receive the invitation."""
    meeting = meeting_for(request.viewer, meeting_id)
    file = ics.calendar(meeting.title, [(meeting, ics.page_of(meeting))])
    return attachment(file, CALENDAR, f"rencontre-{meeting.pk}.ics")
