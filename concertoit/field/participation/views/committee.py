"""The residents' committee: composition, seats, advice (P1)."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.participation.forms.committee import AdviceForm, CommitteeForm, LeaveForm, SeatForm
from concertoit.field.participation.queries import committee as queries
from concertoit.field.participation.queries.parameters import parameters_of
from concertoit.field.participation.services import committee as services
from concertoit.field.participation.views.pages import address, form_page, person_of
from concertoit.ground.audit.queries import history_url
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.pages import render


@in_space("participation.view")
def committee(request: SpaceRequest) -> HttpResponse:
    """Who sits, from where and until when; what the rules say; the advice asked and given."""
    parameters = parameters_of(request.viewer.space)
    whole = queries.composition(request.viewer.space, parameters, timezone.localdate())
    found = whole.committee
    context = {
        "whole": whole,
        "most": parameters.number("ccr.members_max"),
        "history": history_url(request.user, "participation.residentscommittee", found.pk) if found else "",
    }
    return render(request, "participation/committee.html", context)


@in_space("participation.manage")
def committee_edit(request: SpaceRequest) -> HttpResponse:
    """Make the committee, or say how large the board is."""
    row = queries.committee_of(request.viewer.space)
    initial = {name: getattr(row, name) for name in CommitteeForm.base_fields} if row else {}
    form = CommitteeForm(posted(request), initial=initial)
    return form_page(
        request, form, lambda: services.save_committee(viewer=request.viewer, **form.cleaned_data),
        title=_("Comité consultatif des résidants"), back=address(request, "committee"),
        lead=_("Le comité devient une instance de la démarche : ses rencontres se préparent comme les autres."),
    )  # fmt: skip


@in_space("participation.manage")
def seat_new(request: SpaceRequest) -> HttpResponse:
    """Seat somebody."""
    initial = {"starts_on": timezone.localdate(), "replaces": request.GET.get("remplace")}
    form = SeatForm(posted(request), viewer=request.viewer, initial=initial)

    @transaction.atomic
    def save() -> None:
        services.take_seat(viewer=request.viewer, facts=form.facts(person_of(request, form)))

    return form_page(
        request, form, save, title=_("Faire entrer une personne au comité"), back=address(request, "committee"),
        lead=_("La fin du mandat se calcule : sa durée, ou ce qui reste du mandat de la personne remplacée."),
    )  # fmt: skip


@in_space("participation.manage")
def seat_end(request: SpaceRequest, mandate_id: int) -> HttpResponse:
    """End a seat."""
    row = queries.mandate_of(request.viewer, mandate_id)
    initial = {"on": timezone.localdate(), "why": "term"}
    form = LeaveForm(posted(request), viewer=request.viewer, initial=initial)
    return form_page(
        request, form, lambda: services.leave_seat(viewer=request.viewer, mandate=row, **form.cleaned_data),
        title=_("Mettre fin au mandat de %(name)s") % {"name": row.person}, back=address(request, "committee"),
        submit=_("Mettre fin au mandat"), said=_("Le mandat est terminé; il reste inscrit."),
    )  # fmt: skip


@in_space("participation.view")
def advice(request: SpaceRequest, advice_id: int) -> HttpResponse:
    """One request for advice, from the question to what the office did of it."""
    row = queries.advice_of(request.viewer, advice_id)
    line = parameters_of(request.viewer.space).line("ccr.notice_days")
    context = {
        "row": row,
        "notice": line,
        "days": (row.decides_on - row.asked_on).days if row.decides_on else None,
        "history": history_url(request.user, "participation.advicerequest", row.pk),
    }
    return render(request, "participation/advice.html", context)


@in_space("participation.manage")
def advice_edit(request: SpaceRequest, advice_id: int | None = None) -> HttpResponse:
    """Ask the committee's advice, or write its answer and what followed."""
    row = queries.advice_of(request.viewer, advice_id) if advice_id else None
    if row is None and queries.committee_of(request.viewer.space) is None:
        raise DomainError(_("L’office n’a pas encore créé son comité consultatif."))
    initial = (
        {name: getattr(row, name) for name in AdviceForm.base_fields} if row else {"asked_on": timezone.localdate()}
    )
    form = AdviceForm(posted(request), initial=initial)
    saved: list[int] = []
    return form_page(
        request, form,
        lambda: saved.append(services.save_advice(viewer=request.viewer, facts=form.facts(), request=row).pk),
        title=row.title if row else _("Demander l’avis du comité"),
        back=address(request, "advice", advice_id=row.pk) if row else address(request, "committee") + "#avis",
        then=lambda: address(request, "advice", advice_id=saved[0]),
    )  # fmt: skip
