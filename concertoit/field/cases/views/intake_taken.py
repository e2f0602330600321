"""A report that somebody of the team takes for a person, on the phone or at a door."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from concertoit.field.cases.forms.intake_team import TakenForm, initial_taken
from concertoit.field.cases.models import Report
from concertoit.field.cases.queries import intake as queries
from concertoit.field.cases.services import inbox
from concertoit.field.cases.services.intake import receive_report
from concertoit.field.cases.views.pages import address, case_address
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt
from concertoit.ground.ui.pages import redirect, render_page
from concertoit.ground.ui.toasts import done


@in_space("cases.work")
def taken(request: SpaceRequest) -> HttpResponse:
    """Write what a person says; while typing, the building appears if it is known, with its cases."""
    viewer = request.viewer
    towns = queries.towns_of(viewer.space)
    if request.method == "POST":
        form = TakenForm(request.POST, request.FILES, towns=towns)
    else:
        form = TakenForm(towns=towns, initial=initial_taken())
    saved: list[Report] = []
    if request.method == "POST" and attempt(form, lambda: saved.append(_receive(request, form))):
        return _after(request, saved[0])
    town = read_id(request.GET.get("municipality"))
    typed = request.GET.get("address", "").strip()[:200]
    context: dict[str, Any] = {
        "form": form,
        "known": queries.known_here(viewer, town, typed) if typed and not request.POST else [],
        "typed": typed,
        "kind": "report",
    }
    status = 422 if form.errors else 200
    return render_page(
        request, "cases/intake_taken.html", context, fragments={"immeubles-connus": "known"}, status=status
    )


def _receive(request: SpaceRequest, form: TakenForm) -> Report:
    values = form.cleaned_data
    return receive_report(
        space=request.viewer.space, channel=values["channel"], told=form.told(), contact=form.contact(),
        living=form.living(), consents=form.consents(), means=values["means"], photos=values["photos"],
        client_id=values["client_id"], actor=request.viewer.user, sender=values["sender"],
    )  # fmt: skip


def _after(request: SpaceRequest, row: Report) -> HttpResponse:
    """The queue of a phone wants no page; a person goes to the report, or to the case they asked for."""
    if request.headers.get("X-Queue"):
        return HttpResponse(status=204)
    if request.POST.get("ensuite") == "ouvrir" and row.waits and row.building_id:
        case = inbox.open_from(viewer=request.viewer, report=row)
        done(request, _("Le dossier %(number)s est ouvert.") % {"number": case.reference})
        return redirect(request, case_address(request, case.reference))
    done(request, _("Le signalement %(number)s est reçu.") % {"number": row.reference})
    return redirect(request, address(request, "report", reference=row.reference))
