"""One meeting as a calendar file."""

from django.http import HttpResponse

from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.together.meetings.exports import ics
from concertoit.together.meetings.queries.meetings import meeting_for


@in_space("meetings.view")
def one(request: SpaceRequest, meeting_id: int) -> HttpResponse:
    """The meeting, for a calendar that did not receive the invitation."""
    meeting = meeting_for(request.viewer, meeting_id)
    file = ics.calendar(meeting.title, [(meeting, ics.page_of(meeting))])
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="rencontre-{meeting.pk}.ics"'
    return response
