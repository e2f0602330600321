"""The list of interventions: one's own, or the team's for its lead; filters, totals, files."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from concertoit.field.logbook.exports.entries import as_csv, as_xlsx
from concertoit.field.logbook.forms.entries import FilterForm
from concertoit.field.logbook.models import Entry
from concertoit.field.logbook.queries import entries as queries
from concertoit.field.logbook.queries.lists import lists_of
from concertoit.field.logbook.views.entries import line_of
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.core.media import CSV, EXCEL
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.pages import render_page

SIZE = 40


def _asked(request: SpaceRequest) -> tuple[QuerySet[Entry], FilterForm, bool, bool]:
    """The entries asked for, the filters, whether the team's are shown, and whether the reader leads one."""
    viewer = request.viewer
    leads = queries.leads(viewer)
    team = leads and request.GET.get("qui") == "equipe"
    form = FilterForm(request.GET, space_id=viewer.space.pk)
    rows = queries.visible(viewer).filter(deleted_at=None) if team else queries.mine(viewer)
    return form.narrow(rows).order_by("-on", "-pk"), form, team, leads


@in_space("logbook.write")
def entries(request: SpaceRequest) -> HttpResponse:
    """Interventions, newest first, with what they add up to."""
    rows, form, team, leads = _asked(request)
    page = Paginator(rows.select_related("site", "worker__membership__person"), SIZE).get_page(request.GET.get("page"))
    lists = lists_of(request.viewer.space.pk)
    context: dict[str, Any] = {
        "page": page, "lines": [line_of(row, lists) for row in page], "filters": form, "team": team, "leads": leads,
        "totals": queries.totals(rows), "asked": request.GET.urlencode(),
    }  # fmt: skip
    return render_page(request, "logbook/entries.html", context, fragments={"interventions": "list"})


@in_space("logbook.write")
def entries_file(request: SpaceRequest, extension: str) -> HttpResponseBase:
    """The same interventions as a file, without notes nor names."""
    rows, _form, _team, _leads = _asked(request)
    lists = lists_of(request.viewer.space.pk)
    if extension == "csv":
        response: HttpResponseBase = StreamingHttpResponse(as_csv(rows, lists), content_type=CSV)
    elif extension == "xlsx":
        response = FileResponse(as_xlsx(rows, lists), content_type=EXCEL)
    else:
        raise NotVisible("")
    response.headers["Content-Disposition"] = f'attachment; filename="interventions.{extension}"'
    return response
