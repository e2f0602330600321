"""What came out of a prioritisation: bands, list, picture, families; the proof; the files."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from concertoit.ground.core.errors import NotVisible, must_exist
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt
from concertoit.ground.ui import toasts
from concertoit.ground.ui.pages import redirect, render
from concertoit.together.decisions.enums import FAMILY_LABELS, CountKind, PrioritisationState
from concertoit.together.decisions.forms.prioritisation import ShortListForm
from concertoit.together.decisions.models import CountResult, Prioritisation
from concertoit.together.decisions.queries.prioritisation import (
    Counted,
    found,
    latest,
    options_of,
    papers_of,
    read,
    results_of,
    turnouts,
)
from concertoit.together.decisions.rules.prioritisation import THRESHOLDS
from concertoit.together.decisions.rules.prioritisation_count import count_grades
from concertoit.together.decisions.services import prioritisation_counting as counting
from concertoit.together.decisions.services.prioritisation import is_open
from concertoit.together.decisions.views.prioritisation import url_of
from concertoit.together.decisions.views.prioritisation_show import (
    bands_of,
    hides_everything,
    shown_of,
    tabs_of,
)

VIEWS = ("bandes", "image", "familles", "tableau")
FIRST = VIEWS[0]


def counted_of(request: SpaceRequest, row: Prioritisation) -> Counted | None:
    """The frozen count; while open, a passing one where that was announced to the coco. Raises ``NotVisible``."""
    if row.state == PrioritisationState.CLOSED:
        return latest(row, CountKind.GRADES)
    if not (row.live and is_open(row) and request.viewer.can("prioritisation.analyse")) or counting.is_slow(row):
        raise NotVisible("")
    settings = counting.settings_of(row, CountKind.GRADES)
    passing = CountResult(prioritisation=row, kind=CountKind.GRADES, computed_at=timezone.now())
    return Counted(passing, settings, count_grades(settings, papers_of(row)))


@in_space("prioritisation.view")
def prioritisation_results(request: SpaceRequest, pk: int) -> HttpResponse:
    """Priorities by band; the same as a picture, by family, as a table."""
    row = found(request.viewer, pk)
    counted = counted_of(request, row)
    options = options_of(row)
    axes = {one.axis_number: one.axis_title for one in options}
    chosen = request.GET.get("axe", "")
    axis = int(chosen) if chosen.isascii() and chosen.isdigit() and int(chosen) in axes else None
    view = request.GET.get("vue", FIRST)
    hidden = counted is not None and hides_everything(row, counted.outcome["voices"], THRESHOLDS.group)
    context: dict[str, Any] = {
        "row": row,
        "tabs": tabs_of(request.viewer, row, "results"),
        "counted": counted,
        "hidden": hidden,
        "bands": bands_of(counted, options, axis) if counted and not hidden else [],
        "axes": sorted(axes.items()),
        "axis": axis,
        "view": view if view in VIEWS else FIRST,
        "turnout": turnouts([row.pk]).get(row.pk),
        "families": [(str(FAMILY_LABELS[name]), size) for name, size in counted.outcome["families"].items()]
        if counted
        else [],
        "thresholds": THRESHOLDS,
        "passing": row.state == PrioritisationState.OPEN,
    }
    return render(request, "decisions/prioritisation_results.html", context)


@in_space("prioritisation.analyse")
@require_http_methods(["GET", "POST"])
def prioritisation_short_list(request: SpaceRequest, pk: int) -> HttpResponse:
    """Order a few actions between themselves, when a band holds too many."""
    row = found(request.viewer, pk)
    counted = must_exist(latest(row, CountKind.GRADES))
    options = options_of(row)
    lines = shown_of(counted, options)
    first = [str(one.option.key) for one in lines if one.band == lines[0].band][: counting.SHORT_LIST_MOST]
    choices = [(str(one.option.key), f"{one.option} ({one.median})") for one in lines]
    form = ShortListForm(request.POST if request.method == "POST" else None, options=choices, chosen=first)

    def save() -> None:
        counting.short_list(viewer=request.viewer, pk=pk, keys=form.keys())

    if request.method == "POST" and attempt(form, save):
        toasts.done(request, _("La courte liste est comptée."))
        return redirect(request, url_of(request, "prioritisation_short_list", pk=pk))
    last = latest(row, CountKind.SHORT_LIST)
    context = {
        "row": row, "tabs": tabs_of(request.viewer, row, "results"), "form": form, "last": last,
        "names": {str(one.key): str(one) for one in options}, "most": counting.SHORT_LIST_MOST,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "decisions/prioritisation_short_list.html", context, status=status)


@in_space("prioritisation.view")
def prioritisation_proof(request: SpaceRequest, pk: int) -> HttpResponse:
    """Every count as it was frozen: rule, options, digests, version of the code."""
    row = found(request.viewer, pk)
    if row.state != PrioritisationState.CLOSED:
        raise NotVisible("")
    results = [read(one) for one in results_of(row)]
    return _proof(request, row, results, [])


@in_space("prioritisation.view")
@require_POST
def prioritisation_verify(request: SpaceRequest, pk: int) -> HttpResponse:
    """Count everything again and say whether it is the same; writes nothing."""
    row = found(request.viewer, pk)
    if row.state != PrioritisationState.CLOSED:
        raise NotVisible("")
    rows = results_of(row)
    verified = [counting.verify(viewer=request.viewer, pk=pk, result_id=one.pk) for one in rows]
    return _proof(request, row, [read(one) for one in rows], verified)


def _proof(
    request: SpaceRequest, row: Prioritisation, results: list[Counted], verified: list[counting.Verified]
) -> HttpResponse:
    context = {
        "row": row,
        "tabs": tabs_of(request.viewer, row, "proof"),
        "results": results,
        "verified": {one.result.pk: one for one in verified},
        "analyses": request.viewer.can("prioritisation.analyse"),
    }
    return render(request, "decisions/prioritisation_proof.html", context)
