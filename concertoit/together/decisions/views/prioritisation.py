"""A prioritisation from its preparation to its closing: the page that says where it stands, and the forms before it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from concertoit.ground.core.errors import NotVisible
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import addresses_in, attempt, posted
from concertoit.ground.ui import toasts
from concertoit.ground.ui.pages import redirect, render
from concertoit.together.decisions.enums import CountKind, PrioritisationState
from concertoit.together.decisions.forms.prioritisation import OptionsForm, SettingsForm
from concertoit.together.decisions.models import Prioritisation
from concertoit.together.decisions.queries.money import recommendation_of
from concertoit.together.decisions.queries.prioritisation import (
    found,
    latest,
    money_of,
    options_of,
    turnouts,
)
from concertoit.together.decisions.queries.prioritisation_people import own_voices
from concertoit.together.decisions.queries.prioritisation_plan import versions_to_prioritise
from concertoit.together.decisions.services import prioritisation as services
from concertoit.together.decisions.services import prioritisation_counting as counting
from concertoit.together.decisions.services.prioritisation_voices import send_links
from concertoit.together.decisions.views.prioritisation_show import announced, bands_of, tabs_of

url_of = addresses_in("decisions")


@in_space("prioritisation.view")
def prioritisation(request: SpaceRequest, pk: int) -> HttpResponse:
    """Where it stands and what is expected of the reader."""
    viewer, row = request.viewer, found(request.viewer, pk)
    turnout = turnouts([row.pk]).get(row.pk)
    context: dict[str, Any] = {
        "row": row,
        "tabs": tabs_of(viewer, row, "overview"),
        "turnout": turnout,
        "announced": announced(row),
        "is_open": services.is_open(row),
        "mine": own_voices(viewer, row) if row.state == PrioritisationState.OPEN else [],
        "prepares": viewer.can("prioritisation.prepare"),
        "options": row.options.count(),
    }
    if row.state == PrioritisationState.PREPARING:
        context |= {"missing": services.missing(row), "money": money_of(row)}
    if row.state == PrioritisationState.CLOSED:
        counted = latest(row, CountKind.GRADES)
        context |= {
            "bands": bands_of(counted, options_of(row)) if counted else [],
            "counted": counted,
            "recommendation": recommendation_of(row),
        }
    return render(request, "decisions/prioritisation.html", context)


@in_space("prioritisation.prepare")
@require_http_methods(["GET", "POST"])
def prioritisation_edit(request: SpaceRequest, pk: int = 0) -> HttpResponse:
    """Prepare a form, or change what is announced."""
    viewer = request.viewer
    row = found(viewer, pk) if pk else None
    if row is not None and row.state == PrioritisationState.CLOSED:
        raise NotVisible("")
    form = SettingsForm(posted(request), versions=[] if row else versions_to_prioritise(viewer), row=row)
    saved: list[Prioritisation] = []

    def save() -> None:
        if row is None:
            version = form.versions[form.cleaned_data["version"]]
            saved.append(services.create(viewer=viewer, version=version, **form.settings()))
        else:
            saved.append(services.write_settings(viewer=viewer, pk=row.pk, **form.settings()))

    if request.method == "POST" and attempt(form, save):
        toasts.done(request, _("C’est enregistré."))
        return redirect(request, url_of(request, "prioritisation", pk=saved[0].pk))
    status = 422 if form.errors else 200
    return render(request, "decisions/prioritisation_form.html", {"form": form, "row": row}, status=status)


@in_space("prioritisation.prepare")
@require_http_methods(["GET", "POST"])
def prioritisation_options(request: SpaceRequest, pk: int) -> HttpResponse:
    """Keep some actions of the plan on the form, take others off."""
    row = found(request.viewer, pk)
    if row.state != PrioritisationState.PREPARING:
        raise NotVisible("")
    form = OptionsForm(posted(request), options=options_of(row))

    def save() -> None:
        services.choose_options(viewer=request.viewer, pk=row.pk, keys=form.keys())

    if request.method == "POST" and attempt(form, save):
        toasts.done(request, _("Le formulaire ne porte plus que sur ces actions."))
        return redirect(request, url_of(request, "prioritisation", pk=row.pk))
    status = 422 if form.errors else 200
    return render(request, "decisions/prioritisation_options.html", {"form": form, "row": row}, status=status)


@in_space("prioritisation.prepare")
@require_POST
def prioritisation_state(request: SpaceRequest, pk: int) -> HttpResponse:
    """Open, close, or throw away a form that was never opened."""
    viewer, what = request.viewer, request.POST.get("quoi", "")
    row = found(viewer, pk)
    if what == "ouvrir":
        services.open_form(viewer=viewer, pk=pk)
        sent = send_links(row=found(viewer, pk))
        text = ngettext("C’est ouvert : %(n)s invitation part.", "C’est ouvert : %(n)s invitations partent.", sent)
        toasts.done(request, text % {"n": sent})
    elif what == "fermer":
        job = counting.close(viewer=viewer, pk=pk)
        if job is not None:
            return redirect(request, reverse("core:job", kwargs={"uid": job.uid}))
        toasts.done(request, _("C’est fermé et compté."))
    elif what == "retirer":
        services.remove(viewer=viewer, pk=pk)
        toasts.done(request, _("« %(title)s » est retirée.") % {"title": row.title})
        return redirect(request, url_of(request, "home"))
    return redirect(request, url_of(request, "prioritisation", pk=pk))
