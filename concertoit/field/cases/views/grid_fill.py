"""Filling the grid, dimension by dimension; a phone may send later what it kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases import policies
from concertoit.field.cases.enums import Competence
from concertoit.field.cases.enums.grid import COMPETENCE_OF, UNITS, Extent, Mandate, Observed, Proof
from concertoit.field.cases.forms.grid import PointForm, SittingForm
from concertoit.field.cases.models import Case, Observation, Sheet
from concertoit.field.cases.queries import observations as read
from concertoit.field.cases.queries.grids import Grid, grid_in_use
from concertoit.field.cases.rules.grid_document import Dimension, Item
from concertoit.field.cases.services.observing import Said, observe
from concertoit.field.cases.views.grid_shown import mandates_said, scope_said
from concertoit.field.cases.views.pages import address
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui import offline
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done


@dataclass(frozen=True)
class PointLine:
    """A point as the page asks it: what is already said, what others say, what is wrong with what was typed."""

    item: Item
    scope: str
    mandates: str
    unit: str
    values: dict[str, Any]
    others: list[str]
    error: str = ""


@dataclass(frozen=True)
class DimensionPart:
    """A dimension of the page. The phone gives its form an id, so that it is written once."""

    dimension: Dimension
    points: list[PointLine]
    open: bool

    @property
    def said(self) -> int:
        return sum(bool(point.values.get("state")) for point in self.points)


@in_space("cases.view")
def fill(request: SpaceRequest, reference: str) -> HttpResponse:
    """The grid of a case to fill. POST writes one dimension: 204 to a phone's queue, else the next dimension."""
    viewer, case = request.viewer, policies.get_case(request.viewer, reference)
    competences = policies.observes_as(viewer, case)
    if not competences:
        raise NotAllowed("")
    grid = grid_in_use(viewer.space)
    queued = offline.is_queued(request)
    if request.method == "POST":
        form = _sitting(request, case, competences, request.POST)
        points = _points(request, grid, request.POST.get("dimension", ""))
        refusal, errors = _write(request, case, form, points)
        if not refusal:
            if queued:
                return offline.kept()
            return _onwards(request, case, grid)
        if queued:
            return offline.refused(refusal)
        return _page(request, case, grid, form, refusal=refusal, errors=errors, posted=points)
    form = _sitting(request, case, competences, None)
    return _page(request, case, grid, form)


def _sitting(request: SpaceRequest, case: Case, competences: Iterable[str], data: Any) -> SittingForm:
    chosen = request.GET
    known = [code for code in Competence.values if code in set(competences)]
    initial = {
        "competence": chosen.get("titre") if chosen.get("titre") in known else known[0],
        "on": chosen.get("date") or timezone.localdate().isoformat(),
        "place": "told" if chosen.get("lieu") == "told" else "site",
        "visit": chosen.get("visite") or "",
    }
    return SittingForm(data, initial=initial, competences=known, visits=case.visits.order_by("-planned_at", "-pk"))


def _points(request: SpaceRequest, grid: Grid, dimension: str) -> dict[str, PointForm]:
    """The forms of the points that were sent. Any known point may be: a phone may have kept an older page."""
    named = {name.rsplit("-", 1)[0] for name in [*request.POST, *request.FILES] if "-" in name}
    order = {one.code: at for at, one in enumerate(grid.document.items)}
    codes = sorted(named, key=lambda code: (order.get(code, len(order)), code))
    return {code: PointForm(request.POST, request.FILES, prefix=code) for code in codes}


def _write(
    request: SpaceRequest, case: Case, form: SittingForm, points: dict[str, PointForm]
) -> tuple[str, dict[str, str]]:
    """Write what was sent; answers why it was refused (empty when it was kept), and the errors by point."""
    errors = {
        code: " ".join(str(text) for texts in point.errors.values() for text in texts)
        for code, point in points.items()
        if not point.is_valid()
    }
    if not form.is_valid() or errors:
        sentences = [*(str(text) for texts in form.errors.values() for text in texts), *errors.values()]
        return " ".join(dict.fromkeys(sentences)), errors
    said: list[Said] = [one for one in (point.said() for point in points.values()) if one]
    if not said:
        return _("Choisissez au moins un état dans cette dimension."), {}
    try:
        observe(viewer=request.viewer, case=case, sitting=form.sitting(), said=said)
    except (NotAllowed, NotVisible):
        raise
    except DomainError as refusal:
        return str(refusal), {refusal.field: str(refusal)} if refusal.field else {}
    return "", {}


def _onwards(request: SpaceRequest, case: Case, grid: Grid) -> HttpResponse:
    """To the dimension that follows, with what heads the sheet kept; after the last one, to the grade."""
    codes = [one.code for one in grid.document.dimensions]
    here = request.POST.get("dimension", "")
    at = codes.index(here) + 1 if here in codes else len(codes)
    done(request, _("Gardé."))
    if at >= len(codes):
        return redirect(request, address(request, "grid", reference=case.reference))
    kept = {
        "titre": request.POST.get("competence", ""), "date": request.POST.get("on", ""),
        "lieu": request.POST.get("place", ""), "visite": request.POST.get("visit", ""),
        "mandat": request.POST.get("mandat", ""), "d": codes[at],
    }  # fmt: skip
    query = "&".join(f"{name}={value}" for name, value in kept.items() if value.isascii() and value)
    return redirect(request, f"{address(request, 'grid_fill', reference=case.reference)}?{query}#{codes[at]}")


def _page(
    request: SpaceRequest,
    case: Case,
    grid: Grid,
    form: SittingForm,
    *,
    refusal: str = "",
    errors: dict[str, str] | None = None,
    posted: dict[str, PointForm] | None = None,
) -> HttpResponse:
    head = {name: form[name].value() or "" for name in ("competence", "on", "place", "visit")}
    mandate = request.POST.get("mandat") or request.GET.get("mandat", "")
    chosen = mandate if mandate in Mandate.values else ""
    parts = _parts(request, case, grid, head, chosen, posted or {}, errors or {})
    asked = [point for part in parts for point in part.points]
    context = {
        "case": case, "form": form, "head": head, "parts": parts, "refusal": refusal, "mandate": chosen,
        "filters": _filters(grid, chosen), "asked": len(asked), "today": timezone.localdate().isoformat(),
        "said": sum(bool(point.values.get("state")) for point in asked), "states": Observed.choices,
        "extents": Extent.choices, "proofs": Proof.choices, "visits": form.visits,
        "alert": any(point.values.get("danger") for point in asked),
    }  # fmt: skip
    page = render(request, "cases/grid_fill.html", context, status=422 if refusal else 200)
    return page if refusal else offline.offline_page(page, request.user)


def _filters(grid: Grid, chosen: str) -> list[dict[str, Any]]:
    """One chip for each mandate that has points, with how many."""
    counts = {code: sum(code in one.mandates for one in grid.items) for code in Mandate.values}
    rows = [{"code": "", "label": _("Tous les points"), "count": len(grid.items), "current": not chosen}]
    rows += [
        {"code": code, "label": _mandate_label(code), "count": counts[code], "current": chosen == code}
        for code in Mandate.values
        if counts[code]
    ]
    return rows


def _mandate_label(code: str) -> str:
    """« Ville (inspection de bâtiments) »: whose mandate, and which trade looks."""
    competence = str(COMPETENCE_OF[Mandate(code)].label)
    return f"{Mandate(code).label} ({competence[0].lower()}{competence[1:]})"


def _parts(
    request: SpaceRequest, case: Case, grid: Grid, head: dict[str, Any], mandate: str, posted: dict[str, PointForm],
    errors: dict[str, str],
) -> list[DimensionPart]:  # fmt: skip
    mine, others = _known(request, case, head)
    opened = request.POST.get("dimension") or request.GET.get("d", "")
    shown = [one for one in grid.items if not mandate or mandate in one.mandates]
    first = shown[0].dimension if shown else ""
    parts = []
    for dimension in grid.document.dimensions:
        points = [
            _line(one, mine.get(one.code), others.get(one.code, []), posted.get(one.code), errors.get(one.code, ""))
            for one in shown
            if one.dimension == dimension.code
        ]
        if points:
            parts.append(DimensionPart(dimension, points, dimension.code == (opened or first)))
    return parts


def _known(
    request: SpaceRequest, case: Case, head: dict[str, Any]
) -> tuple[dict[str, Observation], dict[str, list[str]]]:
    """What I already said in the open sheet of that day, and the last word of the others on each point."""
    mine: dict[str, Observation] = {}
    others: dict[str, dict[str, str]] = {}
    for one in read.observations_of(case):
        if _is_mine(request, one.sheet, head):
            mine[one.code] = one
        elif one.set_aside_at is None and one.state != "nv":
            words = f"{Observed(one.state).label} ({read.voice_label(one.sheet)}, {one.sheet.on.isoformat()})"
            others.setdefault(one.code, {})[read.voice_of(one.sheet)] = words
    return mine, {code: list(words.values()) for code, words in others.items()}


def _is_mine(request: SpaceRequest, sheet: Sheet, head: dict[str, Any]) -> bool:
    same = sheet.author_id == request.user.pk and sheet.competence == head["competence"]
    return same and sheet.finished_at is None and sheet.on.isoformat() == str(head["on"])


def _line(item: Item, row: Observation | None, others: list[str], posted: PointForm | None, error: str) -> PointLine:
    if posted is not None:
        values: dict[str, Any] = {name: posted[name].value() or "" for name in posted.fields}
    elif row:
        measure = str(row.measure).rstrip("0").rstrip(".").replace(".", ",") if row.measure is not None else ""
        values = {
            "state": row.state, "extent": row.extent, "danger": row.danger, "proof": row.proof, "measure": measure,
            "note": row.note,
        }  # fmt: skip
    else:
        values = {"state": "", "extent": "", "danger": False, "proof": "", "measure": "", "note": ""}
    return PointLine(
        item, scope_said(item.scope), mandates_said(item.mandates, together=item.together), UNITS.get(item.measure, ""),
        values, others, error,
    )  # fmt: skip
