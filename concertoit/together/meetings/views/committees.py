"""Working committees: their overview, and what meetings and the plan bring to the page of one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from concertoit.ground.spaces.models import Committee
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.pages import render
from concertoit.ground.ui.panels import Panel
from concertoit.together.meetings.queries.committees import committee_view, committees_page


@in_space("meetings.view")
def committees(request: SpaceRequest) -> HttpResponse:
    """Every committee with its people, what the plan gives it, and its meetings."""
    return render(request, "meetings/committees.html", {"page": committees_page(request.viewer)})


def committee_panel(viewer: Any, subject: Any) -> Panel | None:
    """Members by capacity and the elements of the plan that name the committee, on its page."""
    if not isinstance(viewer, Viewer) or not isinstance(subject, Committee) or not viewer.can("meetings.view"):
        return None
    view = committee_view(viewer, subject)
    return Panel("meetings.committee", "meetings/_committee_panel.html", {"view": view}, order=10)


def side_links(viewer: Any, subject: Any) -> Panel | None:
    """Beside the calendar of meetings: committees, news, welcome."""
    if not isinstance(viewer, Viewer) or not viewer.can("meetings.view"):
        return None
    return Panel("meetings.around", "meetings/_committee_around.html", {}, order=60)
