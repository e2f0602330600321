"""Emergency cells: the list, activation in three taps, the page of a cell, calling and standing down (I6)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from concertoit.field.cases.enums.cell import CellAnswer, CellReason, CellRole
from concertoit.field.cases.forms.cell import ActivationForm, CallForm, LineForm, StandDownForm, TaskForm
from concertoit.field.cases.models import Case, CellMember, RapidResponse
from concertoit.field.cases.policies import (
    get_case,
    get_cell,
    is_team,
    may_run,
    member_of,
    visible_cases,
    visible_cells,
)
from concertoit.field.cases.queries import cell as queries
from concertoit.field.cases.queries.cell_words import duration
from concertoit.field.cases.services import cell as services
from concertoit.field.cases.services.cell import Activation
from concertoit.field.cases.views.pages import address, form_page
from concertoit.field.cases.views.sections import Section
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.places.models import Building
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.views import SpaceRequest, attempt, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.offline import offline_page
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done

EVERY = 15  # seconds between two questions of a page that is open


@in_space("cells.view")
def cells(request: SpaceRequest) -> HttpResponse:
    """Cells under way, then all of them with how long each took; medians without the exercises."""
    rows = list(visible_cells(request.viewer).order_by("-activated_at", "-pk")[:200])
    context = {
        "active": [row for row in rows if row.is_active],
        "lines": [{"cell": row, "times": queries.times_of(row)} for row in rows],
        "figures": queries.figures_of(rows), "duration": duration, "activates": request.viewer.can("cells.activate"),
    }  # fmt: skip
    return render(request, "cases/cell_list.html", context)


@in_space("cells.activate")
def cell_new(request: SpaceRequest) -> HttpResponse:
    """Activate a cell: from a case, a building, or nothing. One reason to tap, people proposed."""
    viewer = request.viewer
    case = get_case(viewer, request.GET["dossier"]) if request.GET.get("dossier") else None
    building = case.building if case else _building(viewer, request.GET.get("immeuble"))
    candidates = queries.candidates(viewer)
    initial = {"exercise": request.GET.get("exercice") == "1"}
    form = ActivationForm(posted(request), candidates=candidates, placed=building is not None, initial=initial)
    opened: list[RapidResponse] = []
    if request.method == "POST" and attempt(
        form, lambda: opened.append(services.activate(viewer=viewer, said=_said(form, case, building)))
    ):
        done(request, _("La cellule est activée. Tout le monde est averti."))
        return redirect(request, address(request, "cell", reference=opened[0].reference))
    context = {"form": form, "candidates": candidates, "case": case, "building": building}
    return render(request, "cases/cell_new.html", context, status=422 if form.errors else 200)


def _building(viewer: Viewer, written: str | None) -> Building | None:
    """A building where the démarche has a case; nothing for another's."""
    pk = read_id(written)
    if pk is None:
        return None
    known = visible_cases(viewer).filter(building=pk)
    return Building.objects.select_related("municipality").filter(pk=pk, pk__in=known.values("building")).first()


def _said(form: ActivationForm, case: Case | None, building: Building | None) -> Activation:
    values = form.cleaned_data
    return Activation(
        CellReason(values["reason"]), title=values.get("title", ""), detail=values["detail"], case=case,
        building=building, exercise=values["exercise"], called=form.people(),
    )  # fmt: skip


def page_context(cell: RapidResponse, member: CellMember | None, *, runs: bool, token: str = "") -> dict[str, Any]:
    """What the page of a cell and its live part share, with an account or (``token``) a personal link."""

    where = {"token": token} if token else {"slug": cell.space.slug, "reference": cell.reference}
    view = "cases:cell_link" if token else "cases:cell"

    def act(what: str) -> str:
        return reverse(f"{view}_act", kwargs={**where, "act": what})

    return {
        "board": queries.board_of(cell), "cell": cell, "member": member, "runs": runs, "answers": CellAnswer.choices,
        "roles": CellRole.choices, "every": EVERY, "act": act, "by_link": bool(token),
        "here": reverse(view, kwargs=where),
        "duration": duration,
    }  # fmt: skip


@in_space("cells.view")
def cell(request: SpaceRequest, reference: str) -> HttpResponse:
    """One cell: what is asked of me, who comes, what is done, what happened."""
    viewer = request.viewer
    row = get_cell(viewer, reference)
    member = member_of(viewer, row)
    context = page_context(row, member, runs=may_run(viewer, row, member)) | {
        "line_form": LineForm(),
        "task_form": TaskForm(cell_id=row.pk),
        "case": _case_of(viewer, row),
        "live": address(request, "cell_live", reference=reference),
        "reviews": viewer.can("cells.activate"),
    }
    return offline_page(render(request, "cases/cell.html", context), request.user)


def _case_of(viewer: Viewer, row: RapidResponse) -> Case | None:
    """The case behind a cell, for who may open it anyway."""
    if row.case is None or is_team(viewer):  # read with the cell; the team opens every case
        return row.case
    return visible_cases(viewer).filter(pk=row.case.pk).first()


@in_space("cells.view")
@require_GET
def cell_live(request: SpaceRequest, reference: str) -> HttpResponse:
    """The moving part of the page; 304 while nothing happened."""
    viewer = request.viewer
    row = get_cell(viewer, reference)
    member = member_of(viewer, row)
    return if_changed(request, row, member, runs=may_run(viewer, row, member))


def if_changed(
    request: Any, row: RapidResponse, member: CellMember | None, *, runs: bool, token: str = ""
) -> HttpResponse:
    """Draw the moving part unless the reader already has this revision of it."""
    etag = f'"cellule-{row.pk}-{row.revision}-{member.pk if member else 0}-{int(runs)}-{get_language()}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = render(request, "cases/cell_live.html", page_context(row, member, runs=runs, token=token))
        response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-store"
    return response


@in_space("cells.view")
@require_POST
def cell_role(request: SpaceRequest, reference: str, member_id: int) -> HttpResponse:
    """Give a role to a member."""
    row = get_cell(request.viewer, reference)
    role = request.POST.get("role", "")
    if role in CellRole.values:
        services.give_role(viewer=request.viewer, cell=row, member_id=member_id, role=CellRole(role))
        done(request, _("Le rôle est donné."))
    return redirect(request, address(request, "cell", reference=reference) + "#equipe")


@in_space("cells.view")
def cell_call(request: SpaceRequest, reference: str) -> HttpResponse:
    """Call somebody more."""
    viewer = request.viewer
    row = get_cell(viewer, reference)
    services.must_run(viewer, row)
    form = CallForm(posted(request), candidates=queries.candidates(viewer))
    return form_page(
        request, form, lambda: services.call(viewer=viewer, cell=row, one=form.called()),
        title=_("Appeler quelqu’un"), lead=str(row), submit=_("Appeler"), said=_("L’appel est lancé."),
        back=address(request, "cell", reference=reference) + "#equipe",
    )  # fmt: skip


@in_space("cells.view")
def cell_stand_down(request: SpaceRequest, reference: str) -> HttpResponse:
    """Stand the cell down."""
    viewer = request.viewer
    row = get_cell(viewer, reference)
    services.must_run(viewer, row)
    form = StandDownForm(posted(request))
    return form_page(
        request, form, lambda: services.stand_down(viewer=viewer, cell=row, why=form.cleaned_data["why"]),
        title=_("Lever la cellule"), lead=str(row), submit=_("Lever la cellule"), danger=True,
        said=_("La cellule est levée. Faites le retour pendant que c’est frais."),
        back=address(request, "cell", reference=reference),
    )  # fmt: skip


def section_of(viewer: Viewer, case: Case) -> Section | None:
    """Cells of a case on its page, and the way to activate one; emergency numbers first."""
    rows = list(visible_cells(viewer).filter(case=case).order_by("-activated_at", "-pk"))
    if not rows and not is_team(viewer):
        return None
    context = {
        "rows": rows, "slug": viewer.space.slug, "activates": viewer.can("cells.activate") and case.is_open,
        "query": f"dossier={case.reference}",
    }  # fmt: skip
    note = _("active") if any(row.is_active for row in rows) else ""
    return Section("cellule", _("Cellule d’urgence"), "cases/cell_section.html", context, 36, note)


def building_section_of(viewer: Viewer, building: Building) -> Section | None:
    """Cells of a building on its page."""
    rows = list(visible_cells(viewer).filter(building=building).order_by("-activated_at", "-pk"))
    if not rows and not is_team(viewer):
        return None
    context = {
        "rows": rows, "slug": viewer.space.slug, "activates": viewer.can("cells.activate"),
        "query": f"immeuble={building.pk}",
    }  # fmt: skip
    return Section("cellule", _("Cellule d’urgence"), "cases/cell_section.html", context, 36)
