"""Visits: planning, telling, the day's list on a phone, the worker's calendar."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums.work import VisitKind
from concertoit.field.cases.exports.visits import visits_ics
from concertoit.field.cases.forms.visits import VisitForm, VisitToldForm
from concertoit.field.cases.models import Visit
from concertoit.field.cases.policies import get_case, has_accepted, is_team
from concertoit.field.cases.queries.home import visits_of
from concertoit.field.cases.queries.page import visit_of
from concertoit.field.cases.services import visits as services
from concertoit.field.cases.views.pages import case_address, form_page
from concertoit.field.cases.views.sections import tabs_of
from concertoit.ground.core.errors import NotAllowed
from concertoit.ground.core.media import CALENDAR
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.pages import render

VISITS = "visites"


@in_space("cases.view")
def visit_new(request: SpaceRequest, reference: str) -> HttpResponse:
    """Plan a visit; competences decide who may go."""
    viewer = request.viewer
    case = get_case(viewer, reference)
    team = is_team(viewer)
    if not team and not has_accepted(viewer, case):
        raise NotAllowed("")
    initial = {"kind": request.GET.get("pour", VisitKind.OBSERVATION), "order": request.GET.get("document", "")}
    form = VisitForm(posted(request), viewer=viewer, case=case, team=team, initial=initial)
    return form_page(
        request, form, lambda: services.plan_visit(viewer=viewer, case=case, plan=form.plan()),
        title=_("Prévoir une visite"), back=case_address(request, reference, VISITS), said=_("La visite est prévue."),
        submit=_("Prévoir la visite"),
        lead=_("Qui y va doit avoir la compétence. Pour vérifier des travaux, une compétence technique."),
    )  # fmt: skip


@in_space("cases.view")
def visit_told(request: SpaceRequest, reference: str, visit_id: int) -> HttpResponse:
    """Say what came of a visit."""
    viewer = request.viewer
    case = get_case(viewer, reference)
    row = visit_of(viewer, case, visit_id)
    if not is_team(viewer) and row.organisation_id not in viewer.organisation_ids:
        raise NotAllowed("")
    initial = {"state": "done", "at": min(timezone.localtime(), timezone.localtime(row.planned_at)), "note": row.note}
    form = VisitToldForm(posted(request), initial=initial)
    return form_page(
        request, form, lambda: services.tell_visit(viewer=viewer, visit=row, **form.cleaned_data),
        title=_("Raconter la visite"), back=case_address(request, reference, VISITS),
        lead=_("Deux visites refusées comptent pour juger si le cas est complexe."),
    )  # fmt: skip


@in_space("cases.view")
def my_visits(request: SpaceRequest) -> HttpResponse:
    """« Mes visites » : day by day, for a phone in a stairwell."""
    rows = visits_of(request.viewer)

    def day_of(row: Visit) -> object:
        return timezone.localdate(row.planned_at)

    days = [(day, list(found)) for day, found in groupby(rows, key=day_of)]
    context = {"days": days, "today": timezone.localdate(), "tabs": tabs_of(request.viewer, "visits")}
    return render(request, "cases/case_my_visits.html", context)


@in_space("cases.view")
def my_visits_file(request: SpaceRequest) -> HttpResponse:
    """The visits to come as a calendar file: number and street, nobody."""
    file = visits_ics(visits_of(request.viewer), request.viewer.space)
    response = HttpResponse(file, content_type=CALENDAR)
    response.headers["Content-Disposition"] = 'inline; filename="visites.ics"'
    return response
