"""Households: what is kept of them, who looked, consents, corrections, and giving people what is kept of them (X2)."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.field.cases.enums.consents import TEXTS, VERSION, ConsentPurpose
from concertoit.field.cases.exports import own_data
from concertoit.field.cases.forms.intake_team import (
    ConsentForm,
    ExportForm,
    LivingForm,
    LookForm,
    PersonForm,
    initial_living,
)
from concertoit.field.cases.models import Case, Household
from concertoit.field.cases.policies import is_lead, is_team, may_see_identity
from concertoit.field.cases.queries import people as queries
from concertoit.field.cases.services import people as services
from concertoit.field.cases.services.handing import hand_over
from concertoit.field.cases.views.pages import address, case_address, form_page
from concertoit.field.cases.views.sections import Section
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.privacy.forms import IncidentForm
from concertoit.ground.privacy.models import Incident
from concertoit.ground.privacy.queries import incidents_of_space
from concertoit.ground.privacy.services import declare_incident
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done

PER_PAGE = 40


def household_section(viewer: Viewer, case: Case) -> Section | None:
    """Who lives there, without a name: numbers, consents, and the way to whom to reach."""
    if not (is_team(viewer) or may_see_identity(viewer, case)):
        return None
    rows = queries.households_of(case)
    named = queries.named_households(row.pk for row in rows)
    context = {
        "households": [(row, row.pk in named) for row in rows],
        "slug": viewer.space.slug,
        "reports": list(case.reports.select_related("dwelling").order_by("received_at", "pk")) if is_team(viewer) else [],
    }  # fmt: skip
    return Section("menage", str(_("Ménage et signalements")), "cases/people_section.html", context, order=30)


@in_space("cases.view")
def household(request: SpaceRequest, household_id: int) -> HttpResponse:
    """A household without its names: opening them asks why, and is written down."""
    return _page(request, queries.household_for(request.viewer, household_id))


def _page(request: SpaceRequest, row: Household, status: int = 200, **given: Any) -> HttpResponse:
    viewer = request.viewer
    case = queries.case_of(viewer, row)
    consents = queries.consents_of(row)
    context = {
        "household": row,
        "case": case,
        "back": case_address(request, case.reference, "menage") if case else address(request, "reports"),
        "report": row.reports.order_by("pk").first(),
        "team": is_team(viewer),
        "lead": is_lead(viewer),
        "may_look": queries.may_look(viewer, row),
        "shares": queries.shares(row),
        "has_contact": queries.has_contact(row),
        "consents": consents,
        "in_force": {one.purpose for one in consents if one.withdrawn_at is None},
        "texts": TEXTS,
        "version": VERSION,
        "looks": queries.looks_at(row) if is_lead(viewer) else [],
        "look": given.get("look") or LookForm(),
        "consent": given.get("consent") or ConsentForm(),
        "export": given.get("export") or ExportForm(),
        "identity": given.get("identity"),
    }
    return render(request, "cases/people_household.html", context, status=status)


@in_space("cases.view")
@require_POST
def identity(request: SpaceRequest, household_id: int) -> HttpResponse:
    """Open who lives there, saying why: the page shows it once, and the log keeps who looked."""
    row = queries.household_for(request.viewer, household_id)
    form = LookForm(posted(request))
    if not form.is_valid():
        return _page(request, row, 422, look=form)
    found = queries.look_at(viewer=request.viewer, household=row, why=form.cleaned_data["why"])
    response = _page(request, row, identity=found)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@in_space("cases.work")
def household_edit(request: SpaceRequest, household_id: int) -> HttpResponse:
    """What a visit must know."""
    row = queries.household_for(request.viewer, household_id)
    form = LivingForm(posted(request), initial=initial_living(row))
    return form_page(
        request, form,
        lambda: services.describe_household(viewer=request.viewer, household=row, living=form.living()),
        title=_("Qui vit là"), back=address(request, "household", household_id=row.pk),
        lead=_("Seulement ce que la visite doit savoir. Aucun nom, aucun diagnostic."),
    )  # fmt: skip


@in_space("cases.work")
def person_write(request: SpaceRequest, household_id: int) -> HttpResponse:
    """Add somebody of the household, or correct them (from the page where the look is written down)."""
    row = queries.household_for(request.viewer, household_id)
    form = PersonForm(posted(request), adults=queries.adults_of(row))
    person_id = read_id(request.POST.get("personne"))

    def save() -> None:
        services.write_person(
            viewer=request.viewer, household=row, role=form.cleaned_data["role"], contact=form.contact(),
            represented_by_id=form.cleaned_data["represented_by"], person_id=person_id,
        )  # fmt: skip

    return form_page(
        request, form, save, title=_("Qui joindre"), back=address(request, "household", household_id=row.pk),
        lead=_("Les noms sont gardés à part du dossier; chaque consultation est inscrite."),
    )  # fmt: skip


@in_space("cases.work")
@require_POST
def person_remove(request: SpaceRequest, household_id: int) -> HttpResponse:
    """Erase somebody of the household."""
    row = queries.household_for(request.viewer, household_id)
    services.remove_person(
        viewer=request.viewer, household=row, person_id=read_id(request.POST.get("personne")) or 0
    )  # fmt: skip
    done(request, _("La personne est effacée."))
    return redirect(request, address(request, "household", household_id=row.pk))


@in_space("cases.work")
@require_POST
def household_consent(request: SpaceRequest, household_id: int) -> HttpResponse:
    """Note a consent given to somebody of the team, or its withdrawal: what rests on it is destroyed."""
    row = queries.household_for(request.viewer, household_id)
    if request.POST.get("quoi") == "retirer":
        purpose = request.POST.get("purpose", "")
        if purpose not in ConsentPurpose.values:
            raise NotVisible("")
        services.withdraw_consent(actor=request.viewer.user, household=row, purpose=purpose)
        done(request, _("Le retrait est noté, et ce qui en dépendait est détruit."))
        return redirect(request, address(request, "household", household_id=row.pk))
    form = ConsentForm(posted(request))
    if not form.is_valid():
        return _page(request, row, 422, consent=form)
    services.give_consent(actor=request.viewer.user, household=row, **form.cleaned_data)
    done(request, _("L’accord est noté."))
    return redirect(request, address(request, "household", household_id=row.pk))


@in_space("cases.lead")
@require_POST
def household_export(request: SpaceRequest, household_id: int) -> HttpResponse:
    """Give a person what is kept of them, once their identity was checked."""
    row = queries.household_for(request.viewer, household_id)
    report = row.reports.order_by("pk").first()
    form = ExportForm(posted(request))
    if report is None or not form.is_valid():
        return _page(request, row, 422, export=form)
    hand_over(viewer=request.viewer, household=row, checked=form.cleaned_data["checked"])
    extension = "pdf" if request.POST.get("format") == "pdf" else "json"
    write, media_type = own_data.WRITERS[extension]
    return attachment(write(report), media_type, f"{report.reference}.{extension}")


@in_space("cases.lead")
def looks(request: SpaceRequest) -> HttpResponse:
    """Every look at a name in the démarche."""
    page = Paginator(queries.looks_of_space(request.viewer), PER_PAGE).get_page(request.GET.get("page"))
    ids = [row.household_id for row in page.object_list]
    return render(request, "cases/people_looks.html", {"page": page, "cases": queries.references_of(ids)})


@in_space("cases.lead")
def incidents(request: SpaceRequest) -> HttpResponse:
    """The confidentiality incidents that the démarche declared, and declaring one."""
    form = IncidentForm(posted(request), instance=Incident())
    if request.method == "POST" and form.is_valid():
        declare_incident(actor=request.viewer.user, incident=form.instance, space_id=request.viewer.space.pk)
        done(request, _("L’incident est inscrit au registre."))
        return redirect(request, address(request, "incidents"))
    context = {"form": form, "rows": incidents_of_space(request.viewer.space.pk)}
    return render(request, "cases/people_incidents.html", context, status=422 if form.errors else 200)
