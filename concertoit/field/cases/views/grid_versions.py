"""The grid itself: its versions, the draft and its editor, files in and out, the paper form."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.field.cases.enums.grid import (
    CAUSE_LABELS,
    THRESHOLD_LABELS,
    Extent,
    Measure,
    Observed,
    Proof,
    SensitiveGroup,
)
from concertoit.field.cases.exports.grid import grid_csv, grid_xlsform
from concertoit.field.cases.forms.grid import AdoptForm, DimensionForm, GridFileForm, ItemForm, ThresholdsForm
from concertoit.field.cases.importers.grid import read_grid
from concertoit.field.cases.models import GridVersion
from concertoit.field.cases.queries import grids as read
from concertoit.field.cases.queries.grids import Grid
from concertoit.field.cases.rules.grid_document import Change, GridDocument, Item, Reading, Refused, differences
from concertoit.field.cases.services import grids
from concertoit.field.cases.services.grid_import import CANDIDATE, take
from concertoit.field.cases.views.grid_shown import mandates_said, scope_said
from concertoit.field.cases.views.pages import address, form_page
from concertoit.field.cases.views.sections import tabs_of
from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.core.media import CSV, EXCEL
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done


@in_space("cases.grid")
def versions(request: SpaceRequest) -> HttpResponse:
    """The version in use, and those before it."""
    viewer = request.viewer
    rows = [one for one in read.versions(viewer) if not one.is_draft or viewer.can("cases.setup")]
    return _version_page(request, read.grid_in_use(viewer.space), rows=rows)


@in_space("cases.grid")
def version(request: SpaceRequest, number: int) -> HttpResponse:
    """One version, and what it changes."""
    return _version_page(request, read.get_grid(request.viewer, number), rows=None)


def _version_page(request: SpaceRequest, grid: Grid, *, rows: list[GridVersion] | None) -> HttpResponse:
    viewer, row = request.viewer, grid.version
    based_on = row.based_on if row else None
    changes = differences(read.document_of(based_on), grid.document) if based_on else []
    context = {
        "grid": grid, "version": row, "rows": rows, "number": row.number if row else 0,
        "edits": bool(row and row.is_draft and viewer.can("cases.setup")), "manages": viewer.can("cases.setup"),
        "draft": next((one for one in rows or [] if one.is_draft), None), "changes": _changes_said(changes),
        "parts": parts_of(grid.document), "groups": dict(SensitiveGroup.choices),
        "thresholds": [(THRESHOLD_LABELS[name], value) for name, value in asdict(grid.thresholds).items()],
        "tabs": tabs_of(viewer, "grid") if rows is not None else [],
    }  # fmt: skip
    return render(request, "cases/grid_version.html", context)


def parts_of(document: GridDocument) -> list[dict[str, Any]]:
    """Dimensions with their points, in words."""
    return [
        {
            "dimension": dimension,
            "points": [_point(one) for one in document.items if one.dimension == dimension.code],
        }
        for dimension in document.dimensions
    ]


def _point(item: Item) -> dict[str, Any]:
    return {
        "item": item,
        "scope": scope_said(item.scope),
        "mandates": mandates_said(item.mandates, together=item.together),
        "measure": str(Measure(item.measure).label) if item.measure else "",
    }


_SENSES = {
    "added": ("ok", "plus-lg"), "gone": ("late", "trash"), "retired": ("sun", "archive"), "back": ("ok", "arrow-repeat"),
    "changed": ("sky", "pencil"),
}  # fmt: skip


def _changes_said(changes: list[Change]) -> list[dict[str, Any]]:
    words = {
        "added": _("ajouté"), "gone": _("enlevé"), "retired": _("retiré"), "back": _("remis"), "changed": _("modifié"),
    }  # fmt: skip
    return [
        {
            "code": one.code, "sense": words[one.sense], "look": _SENSES[one.sense],
            "title": _title(one.after) or _title(one.before),
            "was": _title(one.before) if "label" in one.names or "title" in one.names else "",
        }
        for one in changes
    ]  # fmt: skip


def _title(side: object) -> str:
    return str(getattr(side, "label", "") or getattr(side, "title", ""))


@require_POST
@in_space("cases.setup")
def draft(request: SpaceRequest) -> HttpResponse:
    """Open the draft, or come back to it."""
    row = grids.open_draft(viewer=request.viewer)
    return redirect(request, address(request, "grid_version", number=row.number))


@in_space("cases.setup")
def item(request: SpaceRequest, number: int, code: str = "") -> HttpResponse:
    """Write a point of the draft."""
    grid = read.get_draft(request.viewer, number)
    known = next((one for one in grid.document.items if one.code == code), None)
    if code and known is None:
        raise NotVisible("")
    initial = {"dimension": request.GET.get("dimension", "")}
    form = ItemForm(posted(request), dimensions=grid.document.dimensions, item=known, initial=initial)

    def save() -> None:
        facts = form.facts()
        grids.change_draft(
            viewer=request.viewer, draft=_row(grid), change=lambda one: grids.with_item(one, facts, was=code)
        )

    return form_page(
        request, form, save, title=_("Point de la grille"), back=address(request, "grid_version", number=number),
        then=f"{address(request, 'grid_version', number=number)}#{request.POST.get('dimension', '')}",
    )  # fmt: skip


@in_space("cases.setup")
def dimension(request: SpaceRequest, number: int, code: str = "") -> HttpResponse:
    """Write a dimension of the draft, and whom it harms more."""
    grid = read.get_draft(request.viewer, number)
    known = next((one for one in grid.document.dimensions if one.code == code), None)
    if code and known is None:
        raise NotVisible("")
    initial = {"code": known.code, "title": known.title, "sensitive": list(known.sensitive)} if known else {}
    form = DimensionForm(posted(request), initial=initial)

    def save() -> None:
        facts = form.facts()
        grids.change_draft(
            viewer=request.viewer, draft=_row(grid), change=lambda one: grids.with_dimension(one, facts, was=code)
        )

    return form_page(
        request, form, save, title=_("Dimension de la grille"), back=address(request, "grid_version", number=number)
    )


def _row(grid: Grid) -> GridVersion:
    return must_exist(grid.version)


@in_space("cases.setup")
def thresholds(request: SpaceRequest, number: int) -> HttpResponse:
    """Write how many points each level takes."""
    grid = read.get_draft(request.viewer, number)
    form = ThresholdsForm(posted(request), initial=asdict(grid.thresholds))

    def save() -> None:
        grids.set_thresholds(viewer=request.viewer, draft=_row(grid), values=form.cleaned_data)

    return form_page(
        request, form, save, title=_("Seuils de la cote"), back=address(request, "grid_version", number=number),
        lead=_("Combien de points d’une dimension il faut pour chaque niveau. 0 éteint la règle. Un danger coché mène "
               "toujours à N4."),
    )  # fmt: skip


@in_space("cases.setup")
def adopt(request: SpaceRequest, number: int) -> HttpResponse:
    """Freeze the draft and put it in use."""
    grid = read.get_draft(request.viewer, number)
    form = AdoptForm(posted(request))

    def save() -> None:
        grids.adopt(viewer=request.viewer, draft=_row(grid), **form.cleaned_data)

    return form_page(
        request, form, save, title=_("Mettre la version %(number)s en usage") % {"number": number},
        back=address(request, "grid_version", number=number), then=address(request, "grid_versions"),
        lead=_("Une fois adoptée, une version ne change plus. Les cotes déjà notées ne sont pas refaites."),
        submit=_("Mettre en usage"), said=_("La grille est en usage."),
    )  # fmt: skip


@require_POST
@in_space("cases.setup")
def discard(request: SpaceRequest, number: int) -> HttpResponse:
    """Throw the draft away."""
    grids.discard_draft(viewer=request.viewer, draft=_row(read.get_draft(request.viewer, number)))
    done(request, _("Le brouillon est jeté."))
    return redirect(request, address(request, "grid_versions"))


@in_space("cases.setup")
def load(request: SpaceRequest, number: int) -> HttpResponse:
    """Read a file, show everything it changes and everything it loses, then write it in the draft."""
    grid = read.get_draft(request.viewer, number)
    context: dict[str, Any] = {
        "number": number, "form": GridFileForm(), "reading": None, "refusal": "", "causes": CAUSE_LABELS,
    }  # fmt: skip
    if request.method == "POST" and "document" in request.POST:
        try:
            take(
                viewer=request.viewer, draft=_row(grid), text=request.POST["document"],
                candidates=request.POST.getlist("garder"),
            )  # fmt: skip
        except DomainError as refusal:
            return render(request, "cases/grid_import.html", context | {"refusal": str(refusal)}, status=422)
        done(request, _("Le brouillon dit maintenant ce que dit le fichier."))
        return redirect(request, address(request, "grid_version", number=number))
    if request.method == "POST":
        return _preview(request, grid, context)
    return render(request, "cases/grid_import.html", context)


def _preview(request: SpaceRequest, grid: Grid, context: dict[str, Any]) -> HttpResponse:
    form = GridFileForm(request.POST, request.FILES)
    context["form"] = form
    reading: Reading | None = None
    if form.is_valid():
        upload: UploadedFile[Any] = form.cleaned_data["file"]
        try:
            reading = read_grid(upload.name or "", upload.read(), grid.document)
        except Refused as refusal:
            form.add_error("file", _refusal(str(refusal)))
    if reading is None:
        return render(request, "cases/grid_import.html", context, status=422)
    # The whole that would be written goes to the page and comes back with the person's choices: nothing is kept between.
    whole = GridDocument(
        reading.document.title,
        reading.document.dimensions,
        (*reading.document.items, *(replace(one, code=CANDIDATE + one.code) for one in reading.candidates)),
    )
    context |= {
        "reading": reading, "document": grid_csv(whole).decode("utf-8-sig"),
        "changes": _changes_said(differences(grid.document, reading.document)), "parts": parts_of(reading.document),
    }  # fmt: skip
    return render(request, "cases/grid_import.html", context)


def _refusal(code: str) -> str:
    return {
        "unreadable": _("Ce fichier ne se lit pas. Acceptés : .csv, .md, .xls, .xlsx."),
        "too_long": _("Ce fichier est trop long pour une grille."),
        "not_a_form": _("Ce fichier n’est ni une grille ni un XLSForm : il y manque la feuille « survey »."),
        "not_a_grid": _("Il manque les colonnes « code », « dimension » et « libelle »."),
    }[code]


@in_space("cases.grid")
def file(request: SpaceRequest, number: int, extension: str) -> HttpResponse:
    """The grid as CSV or XLSForm."""
    grid = read.get_grid(request.viewer, number)
    name = f"grille-{request.viewer.space.slug}-v{number}"
    if extension == "csv":
        content, media_type = grid_csv(grid.document), CSV
    elif extension == "xlsx":
        content, media_type = grid_xlsform(grid.document, "grille_concertee", str(number)), EXCEL
    else:
        raise NotVisible("")
    return attachment(content, media_type, f"{name}.{extension}")


@in_space("cases.grid")
def paper(request: SpaceRequest, number: int) -> HttpResponse:
    """The grid to print and fill by hand."""
    grid = read.get_grid(request.viewer, number)
    context = {
        "grid": grid, "number": number, "states": Observed.choices, "extents": Extent.choices, "proofs": Proof.choices,
        "parts": [
            {**part, "points": [one for one in part["points"] if not one["item"].retired]}
            for part in parts_of(grid.document)
        ],
    }  # fmt: skip
    return render(request, "cases/grid_paper.html", context)
