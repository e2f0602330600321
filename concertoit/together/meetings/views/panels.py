"""Panels that meetings bring to pages of other rooms."""

from typing import Any

from concertoit.ground.spaces.models import Committee, GoverningBody
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.panels import Panel
from concertoit.together.meetings.queries.meetings import overview
from concertoit.together.meetings.queries.spoken_of import spoken_of
from concertoit.together.meetings.views.overview import WORDS
from concertoit.together.plans.models import PlanItem


def plan_item(viewer: Any, subject: Any) -> Panel | None:
    """« Rencontres où on en a parlé », on the page of an element of the plan."""
    if not isinstance(viewer, Viewer) or not isinstance(subject, PlanItem) or not viewer.can("meetings.view"):
        return None
    found = spoken_of(viewer, subject)
    if not (found.coming or found.held):
        return None
    return Panel("meetings.spoken_of", "meetings/_plan_item_panel.html", {"found": found, **WORDS}, order=40)


def table(viewer: Any, subject: Any) -> Panel | None:
    """The meetings of a body or of a committee, on its page."""
    if not isinstance(viewer, Viewer) or not viewer.can("meetings.view"):
        return None
    if not isinstance(subject, GoverningBody | Committee):
        return None
    kind = "body" if isinstance(subject, GoverningBody) else "committee"
    found = overview(viewer, months=12, place=(kind, subject.pk))
    context = {"found": found, "kind": kind, "place": subject, **WORDS}
    return Panel("meetings.table", "meetings/_table_panel.html", context, order=20)
