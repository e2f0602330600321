"""« Décider »: the cycle of the démarche, what is open and what is expected of the reader."""

from django.http import HttpResponse

from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.pages import render
from concertoit.together.decisions.queries.home import stages


@in_space("decisions.view")
def home(request: SpaceRequest) -> HttpResponse:
    """The workshops, reviews, prioritisations and consent rounds of the démarche."""
    cycle = stages(request.viewer)
    expected = [entry for _stage, view in cycle for entry in view.entries if entry.expected]
    return render(request, "decisions/home.html", {"cycle": cycle, "expected": expected})
