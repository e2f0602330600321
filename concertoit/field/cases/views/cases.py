"""The list of cases, and the page of one."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone

from concertoit.field.cases import filters
from concertoit.field.cases.enums import CaseState
from concertoit.field.cases.enums.intake import Problem
from concertoit.field.cases.enums.work import CLOCK_LABELS, DUE_LABELS, Partners
from concertoit.field.cases.exports.cases import csv_lines, workbook
from concertoit.field.cases.policies import get_case, has_accepted, is_lead, is_team
from concertoit.field.cases.queries.case_lines import lines
from concertoit.field.cases.queries.cases import PER_PAGE, cases_for, streamed
from concertoit.field.cases.queries.clocks import clocks_of, delays_of
from concertoit.field.cases.queries.page import assignments_on, may_see_inside
from concertoit.field.cases.views.expected import expected_of
from concertoit.field.cases.views.sections import sections_of, tabs_of
from concertoit.ground.audit.queries import history_url
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.core.media import CSV, EXCEL
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.downloads import streamed_attachment
from concertoit.ground.ui.pages import render, render_page

_FILES: dict[str, tuple[Any, str]] = {
    "csv": (csv_lines, CSV),
    "xlsx": (workbook, EXCEL),
}


@in_space("cases.view")
def case_list(request: SpaceRequest) -> HttpResponse:
    """« Dossiers » : what is open, narrowed by what one looks for; the address keeps the choice."""
    viewer = request.viewer
    chosen = filters.from_address(request.GET)
    page = Paginator(cases_for(viewer, chosen), PER_PAGE).get_page(request.GET.get("page"))
    rows = lines(viewer, cast("QuerySet[Any]", page.object_list))
    page.object_list = cast(Any, rows)  # the page counts them: it must not read the cases again
    context = {
        "page": page,
        "rows": rows,
        "chosen": chosen,
        "fields": partial(filters.fields_for, viewer),  # not asked for when only the lines change
        "attention": filters.ATTENTION,
        "states": CaseState.choices,
        "partners": Partners.choices,
        "team": is_team(viewer),
        "now": timezone.now(),
        "tabs": tabs_of(viewer, "list"),
    }
    return render_page(request, "cases/case_list.html", context, fragments={"dossiers": "results"})


@in_space("cases.view")
def case_file(request: SpaceRequest, extension: str) -> StreamingHttpResponse:
    """The list as it is narrowed, for a spreadsheet, streamed; nobody is named in it."""
    if extension not in _FILES:
        raise NotVisible("")
    write, media_type = _FILES[extension]
    rows = streamed(cases_for(request.viewer, filters.from_address(request.GET)))
    return streamed_attachment(write(rows), media_type, f"dossiers.{extension}")


@in_space("cases.view")
def case(request: SpaceRequest, reference: str) -> HttpResponse:
    """One case: what it is, where it stands, what is expected of me; then the sections of every part of the room."""
    viewer = request.viewer
    row = get_case(viewer, reference)
    team = is_team(viewer)
    assignments = assignments_on(viewer, row)
    clocks = clocks_of(row, delays_of(viewer.space)) if team or has_accepted(viewer, row) else []
    context = {
        "case": row,
        "team": team,
        "lead": is_lead(viewer),
        "inside": may_see_inside(viewer, row),
        "assignments": assignments,
        "clocks": clocks,
        "paused": team and row.pauses.filter(until=None).exists(),
        "clock_labels": CLOCK_LABELS,
        "due_labels": DUE_LABELS,
        "problems": [Problem(code).label for code in row.problems if code in Problem],
        "expected": expected_of(viewer, row, assignments, clocks),
        "sections": sections_of(viewer, row),
        "history": history_url(request.user, "cases.case", row.pk) if team else "",
    }
    return render(request, "cases/case.html", context)
