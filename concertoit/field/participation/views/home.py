"""The room's first page, its parameters, committees by capacity."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.participation import exports
from concertoit.field.participation.enums import PARAMETER_LABELS
from concertoit.field.participation.forms.associations import ParameterForm
from concertoit.field.participation.queries import associations, capacities, committee, elections
from concertoit.field.participation.queries.parameters import parameters_of, value_text
from concertoit.field.participation.rules.parameters import EDITION, Parameters
from concertoit.field.participation.services.associations import set_parameter
from concertoit.field.participation.views.pages import address, form_page
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.core.media import CSV
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import render


@in_space("participation.view")
def home(request: SpaceRequest) -> HttpResponse:
    """Where participation stands: the committee, associations, the election, what to correct."""
    viewer, today = request.viewer, timezone.localdate()
    parameters = parameters_of(viewer.space)
    whole = committee.composition(viewer.space, parameters, today)
    entries = associations.register(viewer, parameters, today)
    held = [row for row in elections.elections_of(viewer) if row.state != "annulled"]
    coming = [row for row in associations.assemblies_of(viewer) if row.on >= today and not row.cancelled]
    context = {
        "whole": whole,
        "entries": entries,
        "late": [one for one in entries if one.late],
        "election": held[0] if held else None,
        "elected": elections.elected(held[0]) if held and held[0].proclaimed_on else [],
        "coming": sorted(coming, key=lambda row: row.on),
        "dwellings": associations.office_dwellings(viewer.space),
        "waiting": [row for row in whole.requests if row.advice_on is None],
        "most": parameters.number("ccr.members_max"),
    }
    return render(request, "participation/home.html", context)


@in_space("participation.view")
def parameters(request: SpaceRequest) -> HttpResponse:
    """Every number of the room, with its source and since when it holds."""
    found = parameters_of(request.viewer.space)
    return render(request, "participation/parameters.html", {"lines": _lines(found), "edition": EDITION})


def _lines(found: Parameters) -> list[dict[str, Any]]:
    return [
        {
            "line": line,
            "label": PARAMETER_LABELS[line.code],
            "value": value_text(line.parameter.unit, line.value),
        }
        for line in found.lines
    ]


@in_space("participation.manage")
def parameter_edit(request: SpaceRequest, code: str) -> HttpResponse:
    """Write a value of one's own, with its source."""
    if code not in PARAMETER_LABELS:
        raise NotVisible("")
    form = ParameterForm(posted(request), initial={"since": timezone.localdate()})

    def save() -> None:
        values = form.cleaned_data
        set_parameter(
            viewer=request.viewer, code=code, text=values["value"], since=values["since"], source=values["source"]
        )

    return form_page(
        request, form, save, title=PARAMETER_LABELS[code], back=address(request, "parameters"),
        lead=_("La valeur de la table reste inscrite; celle-ci la remplace dans cette démarche, à partir de sa date."),
    )  # fmt: skip


@in_space("space.view")
def committees(request: SpaceRequest) -> HttpResponse:
    """Committees and their members by capacity (S7)."""
    return render(request, "participation/committees.html", {"summary": capacities.summary(request.viewer)})


@in_space("space.view")
def committees_file(request: SpaceRequest) -> HttpResponse:
    """The same for a spreadsheet."""
    content = exports.committees_csv(capacities.summary(request.viewer))
    return attachment(content, CSV, f"{request.viewer.space.slug}-comites.csv")
