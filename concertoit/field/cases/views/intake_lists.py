"""Bringing in a list of existing cases: the file, every line with what is wrong, then the confirmation (I3)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.field.cases.enums.intake import ListState
from concertoit.field.cases.exports.case_list import template
from concertoit.field.cases.forms.intake_team import ListForm
from concertoit.field.cases.models import CaseList
from concertoit.field.cases.rules.intake import LIST_DAYS
from concertoit.field.cases.services import bringing, importing
from concertoit.field.cases.views.pages import address
from concertoit.ground.core.errors import must_exist
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.core.media import EXCEL
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done

CHOICES = (importing.NEW, importing.JOIN, importing.SKIP)


@in_space("cases.work")
def lists(request: SpaceRequest) -> HttpResponse:
    """Choose a file; the lists brought before."""
    form = ListForm(request.POST or None, request.FILES or None)
    saved: list[CaseList] = []

    def read() -> None:
        upload = form.cleaned_data["file"]
        saved.append(importing.read_list(viewer=request.viewer, content=upload.read(), name=upload.name or ""))

    if request.method == "POST" and attempt(form, read):
        return redirect(request, address(request, "case_list_preview", list_id=saved[0].pk))
    rows = CaseList.objects.filter(space=request.viewer.space).defer("rows").select_related("made_by")
    context = {"form": form, "rows": list(rows.order_by("-created_at", "-pk")[:30]), "days": LIST_DAYS}
    return render(request, "cases/intake_lists.html", context, status=422 if form.errors else 200)


@in_space("cases.work")
def list_template(request: SpaceRequest) -> HttpResponse:
    """The template to fill."""
    return attachment(template(), EXCEL, "modele-liste-de-cas.xlsx")


def _list(request: SpaceRequest, list_id: int) -> CaseList:
    return must_exist(CaseList.objects.filter(pk=list_id, space=request.viewer.space).select_related("space").first())


@in_space("cases.work")
def list_preview(request: SpaceRequest, list_id: int) -> HttpResponse:
    """Every line: what will be done with it, what is wrong, what is already there."""
    row = _list(request, list_id)
    lines, unknown = importing.preview(row)
    context = {
        "row": row,
        "lines": lines,
        "wrong": [line for line in lines if line.errors],
        "twins": [line for line in lines if not line.errors and (line.twin or line.same_line)],
        "clean": [line for line in lines if not line.errors and not line.twin and not line.same_line],
        "unknown": unknown,
        "open": row.state == ListState.READ,
    }
    return render(request, "cases/intake_list.html", context)


@in_space("cases.work")
@require_POST
def list_confirm(request: SpaceRequest, list_id: int) -> HttpResponse:
    """Bring the lines in as chosen, or give the list up."""
    row = _list(request, list_id)
    if request.POST.get("quoi") == "abandonner":
        importing.discard(viewer=request.viewer, brought=row)
        done(request, _("La liste est abandonnée et ses lignes sont détruites."))
        return redirect(request, address(request, "case_lists"))
    found = (
        (read_id(key.removeprefix("ligne-")), value) for key, value in request.POST.items() if key.startswith("ligne-")
    )
    choices = {number: value for number, value in found if number and value in CHOICES}
    given: dict[str, Any] = {"viewer": request.viewer, "brought": row, "choices": choices}
    if row.line_count > bringing.AT_ONCE:
        return redirect(request, reverse("core:job", kwargs={"uid": bringing.confirm_later(**given).uid}))
    done(request, bringing.said_of(bringing.confirm(**given)))
    return redirect(request, address(request, "case_list_preview", list_id=row.pk))
