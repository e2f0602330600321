"""Bringing in a table of interventions: the file, its columns, every line, then the confirmation and its undo (S5)."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from concertoit.field.logbook.enums.imports import ImportState
from concertoit.field.logbook.exports.imports import refused, template
from concertoit.field.logbook.forms.imports import ColumnsForm, TableForm
from concertoit.field.logbook.models import EntryImport, Site
from concertoit.field.logbook.queries import entries as entries_queries
from concertoit.field.logbook.queries import imports as queries
from concertoit.field.logbook.queries.lists import lists_of
from concertoit.field.logbook.services import import_lines
from concertoit.field.logbook.services import imports as services
from concertoit.field.logbook.views.entries import address, line_of
from concertoit.ground.core.media import CSV, EXCEL
from concertoit.ground.core.spoken import number
from concertoit.ground.spaces.views import SpaceRequest, attempt, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui import toasts
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render

SIZE = 60
STATES = (import_lines.NEW, import_lines.ALIKE, import_lines.THERE, import_lines.WRONG)


@in_space("logbook.write")
def imports(request: SpaceRequest) -> HttpResponse:
    """Choose a file; one's tables of before."""
    viewer = request.viewer
    form = TableForm(posted(request), request.FILES if request.method == "POST" else None)
    made: list[EntryImport] = []

    def read() -> None:
        brought = form.cleaned_data["file"]
        made.append(services.read(viewer=viewer, content=brought.read(), name=brought.name or ""))

    if request.method == "POST" and attempt(form, read):
        return redirect(request, address(request, "import", import_id=made[0].pk))
    rows = queries.imports_of(viewer).defer("rows")[:20]
    context = {
        "form": form, "rows": list(rows), "days": services.KEPT_DAYS, "leads": entries_queries.leads(viewer),
    }  # fmt: skip
    return render(request, "logbook/imports.html", context, status=422 if form.errors else 200)


@in_space("logbook.write")
def import_template(request: SpaceRequest) -> HttpResponse:
    """The template to fill."""
    site = Site.objects.filter(space=request.viewer.space, closed_on=None).order_by("name", "pk").first()
    return attachment(template(str(site or "")), EXCEL, "modele-interventions.xlsx")


@in_space("logbook.write")
def table(request: SpaceRequest, import_id: int) -> HttpResponse:
    """Every line: what it will write, what is there already, what is wrong and where; the columns may be changed."""
    viewer = request.viewer
    row = queries.import_of(viewer, import_id)
    form = ColumnsForm(posted(request), row=row)

    def rename() -> None:
        services.rename(
            viewer=viewer, import_id=row.pk, columns=form.columns(), with_notes=form.cleaned_data["with_notes"]
        )

    if request.method == "POST" and attempt(form, rename):
        return redirect(request, address(request, "import", import_id=row.pk))
    context = {"row": row, "form": form, "open": row.state == ImportState.READ, **_lines(request, row)}
    return render(request, "logbook/import.html", context, status=422 if form.errors else 200)


def _lines(request: SpaceRequest, row: EntryImport) -> dict[str, Any]:
    reading = import_lines.understand(request.viewer, row)
    counts = {state: len(reading.of(state)) for state in STATES}
    wanted = request.GET.get("montrer", import_lines.WRONG)
    if not counts.get(wanted):
        wanted = ""
    page = Paginator(reading.of(wanted) if wanted else reading.lines, SIZE).get_page(request.GET.get("page"))
    words = lists_of(row.space_id)
    told = [(line, line_of(line.entry, words) if line.entry else None) for line in page]
    confirmed = row.state == ImportState.CONFIRMED
    return {
        "reading": reading, "counts": counts, "wanted": wanted, "page": page, "lines": told,
        "may_undo": confirmed and not services.changed_since(row),
    }  # fmt: skip


@in_space("logbook.write")
def import_refused(request: SpaceRequest, import_id: int) -> HttpResponse:
    """The lines to correct, as a file."""
    row = queries.import_of(request.viewer, import_id)
    lines = import_lines.understand(request.viewer, row).of(import_lines.WRONG)
    wrong = [(line.number, [(fault.place, fault.text) for fault in line.faults]) for line in lines]
    return attachment(refused(row, wrong), CSV, "a-corriger.csv")


@in_space("logbook.write")
@require_POST
def import_settle(request: SpaceRequest, import_id: int) -> HttpResponse:
    """Write the sound lines, give the table up, or take back what it wrote."""
    viewer, act = request.viewer, request.POST.get("quoi", "")
    if act == "abandonner":
        services.discard(viewer=viewer, import_id=import_id)
        toasts.done(request, _("Le tableau est abandonné et ses lignes sont détruites."))
        return redirect(request, address(request, "imports"))
    if act == "defaire":
        count = services.undo(viewer=viewer, import_id=import_id)
        said = ngettext("%(count)s intervention défaite.", "%(count)s interventions défaites.", count)
    else:
        count = services.confirm(viewer=viewer, import_id=import_id, alike=request.POST.get("pareilles") == "1")
        said = ngettext("%(count)s intervention inscrite.", "%(count)s interventions inscrites.", count)
    toasts.done(request, said % {"count": number(count)})
    return redirect(request, address(request, "import", import_id=import_id))
