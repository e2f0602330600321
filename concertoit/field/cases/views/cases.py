"""The page of a case."""

from __future__ import annotations

from django.http import HttpResponse

from concertoit.field.cases.policies import get_case, is_lead, is_team
from concertoit.field.cases.views.sections import sections_of
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.pages import render


@in_space("cases.view")
def case(request: SpaceRequest, reference: str) -> HttpResponse:
    """One case: what it is, where it stands, what is expected of me; then the sections of every part of the room."""
    viewer = request.viewer
    row = get_case(viewer, reference)
    context = {
        "case": row,
        "sections": sections_of(viewer, row),
        "team": is_team(viewer),
        "lead": is_lead(viewer),
    }
    return render(request, "cases/case.html", context)
