"""« Décider »: the cycle of the démarche, what is open and what is expected of the reader."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.pages import render
from concertoit.together.decisions.enums import Stage
from concertoit.together.decisions.queries.home import StageView, stages


@in_space("decisions.view")
def home(request: SpaceRequest) -> HttpResponse:
    """The workshops, reviews, prioritisations and consent rounds of the démarche."""
    cycle = stages(request.viewer)
    expected = [entry for _stage, view in cycle for entry in view.entries if entry.expected]
    context = {"cycle": cycle, "expected": expected, "shown": [_step(stage, view) for stage, view in cycle]}
    return render(request, "decisions/home.html", context)


def _step(stage: Stage, view: StageView) -> dict[str, Any]:
    """A stage in the line of the cycle: going on now, done once at least, or still to come."""
    going = sum(entry.open for entry in view.entries)
    note = _("%(n)s à la fois") % {"n": going} if going > 1 else ""
    state = "now" if going else "done" if view.entries else "next"
    return {"label": stage.label, "state": state, "note": note, "href": f"#etape-{stage.value}"}
