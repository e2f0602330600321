"""The brigade and its partners' mandates; the delays of the démarche."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums.work import INTEGRATION_LABELS, PARAMETER_LABELS, UNIT_LABELS
from concertoit.field.cases.forms.brigade import AvailabilityForm, DelayForm, MandateForm, MemberForm
from concertoit.field.cases.models import BrigadeMember, PartnerMandate
from concertoit.field.cases.queries.brigade import competence_names, mandates_of, members_of, to_enrol
from concertoit.field.cases.queries.clocks import delays_of
from concertoit.field.cases.rules.parameters import BY_CODE
from concertoit.field.cases.services import brigade as services
from concertoit.field.cases.services.clocks import set_delay
from concertoit.field.cases.views.pages import address, form_page
from concertoit.field.cases.views.sections import tabs_of
from concertoit.ground.core.errors import NotAllowed, NotVisible, must_exist
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done


@in_space("space.view")
def brigade(request: SpaceRequest) -> HttpResponse:
    """Who is in the team, for what, who may be called now; the partners and their mandates."""
    viewer = request.viewer
    if not viewer.can("cases.work") and not viewer.can("cases.setup"):
        raise NotAllowed("")
    members = members_of(viewer.space)
    context = {
        "members": members,
        "mandates": mandates_of(viewer.space),
        "waiting": to_enrol(viewer.space) if viewer.can("cases.lead") else [],
        "mine": next((one for one in members if one.row.membership_id in viewer.membership_ids), None),
        "steps": INTEGRATION_LABELS,
        "names": competence_names,
        "tabs": tabs_of(viewer, "brigade"),
    }
    return render(request, "cases/case_brigade.html", context)


@in_space("cases.lead")
def member_edit(request: SpaceRequest, member_id: int | None = None) -> HttpResponse:
    """Add somebody to the brigade, or change what is known of them."""
    viewer = request.viewer
    row = get_object_or_404(BrigadeMember, pk=member_id, space=viewer.space) if member_id else None
    initial: dict[str, Any] = {"membership": request.GET.get("personne", "")}
    if row is not None:
        initial = {
            "membership": row.membership_id, "competences": row.competences, "languages": row.languages,
            "availability": row.availability, "on_call": row.on_call, "steps": list(row.integration),
        }  # fmt: skip
    form = MemberForm(posted(request), viewer=viewer, known=row.membership if row else None, initial=initial)
    return form_page(
        request, form,
        lambda: services.save_member(
            viewer=viewer, membership=form.cleaned_data["membership"], facts=form.facts()
        ),
        title=_("Membre de la brigade"), back=address(request, "brigade"),
        lead=_("Les compétences décident de qui peut visiter, et de qui lit l’accompagnement."),
    )  # fmt: skip


@in_space("cases.lead")
def member_remove(request: SpaceRequest, member_id: int) -> HttpResponse:
    """Take somebody out of the brigade."""
    row = get_object_or_404(BrigadeMember, pk=member_id, space=request.viewer.space)
    if request.method != "POST":
        return HttpResponse(status=405)
    services.remove_member(viewer=request.viewer, member=row)
    done(request, _("La personne n’est plus dans la brigade. Ce qu’elle a fait reste."))
    return redirect(request, address(request, "brigade"))


@in_space("cases.work")
def availability(request: SpaceRequest) -> HttpResponse:
    """A member says when they may go and whether they may be called."""
    viewer = request.viewer
    row = must_exist(BrigadeMember.objects.filter(space=viewer.space, membership__in=viewer.membership_ids).first())
    initial = {"languages": row.languages, "availability": row.availability, "on_call": row.on_call}
    form = AvailabilityForm(posted(request), initial=initial)
    return form_page(
        request, form, lambda: services.tell_availability(viewer=viewer, **form.cleaned_data),
        title=_("Mes disponibilités"), back=address(request, "brigade"),
    )  # fmt: skip


@in_space("cases.setup")
def mandate_edit(request: SpaceRequest, mandate_id: int | None = None) -> HttpResponse:
    """Say what a partner organisation is competent for."""
    viewer = request.viewer
    row = get_object_or_404(PartnerMandate, pk=mandate_id, space=viewer.space) if mandate_id else None
    initial = {}
    if row is not None:
        initial = {name: getattr(row, name) for name in ("organisation", "competences", "note", "ended_on")}
    form = MandateForm(posted(request), viewer=viewer, known=row.organisation if row else None, initial=initial)
    return form_page(
        request, form, lambda: services.save_mandate(viewer=viewer, **form.cleaned_data),
        title=_("Mandat d’un partenaire"), back=address(request, "brigade") + "#mandats",
        lead=_("Un dossier ne se demande qu’à un organisme qui a la compétence."),
    )  # fmt: skip


@in_space("space.view")
def delays(request: SpaceRequest) -> HttpResponse:
    """Every delay with its value, its source and its date."""
    viewer = request.viewer
    if not viewer.can("cases.view") and not viewer.can("cases.setup"):
        raise NotAllowed("")
    lines = [
        {"code": line.parameter.code, "label": PARAMETER_LABELS[line.parameter.code], "line": line,
         "unit": UNIT_LABELS[line.parameter.unit.value]}
        for line in delays_of(viewer.space).lines
    ]  # fmt: skip
    return render(request, "cases/case_delays.html", {"lines": lines, "tabs": tabs_of(viewer, "delays")})


@in_space("cases.setup")
def delay_edit(request: SpaceRequest, code: str) -> HttpResponse:
    """Write the delay that the démarche adopted."""
    if code not in BY_CODE:
        raise NotVisible("")
    viewer = request.viewer
    line = next(one for one in delays_of(viewer.space).lines if one.parameter.code == code)
    form = DelayForm(posted(request), initial={"value": line.value, "since": timezone.localdate()})
    return form_page(
        request, form, lambda: set_delay(viewer=viewer, code=code, **form.cleaned_data),
        title=PARAMETER_LABELS[code], back=address(request, "delays"),
        lead=_("En %(unit)s. Les dossiers ouverts suivent dans la nuit.")
        % {"unit": UNIT_LABELS[line.parameter.unit.value]},
    )  # fmt: skip
