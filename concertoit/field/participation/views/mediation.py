"""Peer mediation (S12): the list, a request, who mediates, figures."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.field.participation.enums import ConsentAnswer, MediationState
from concertoit.field.participation.forms.mediation import (
    FollowUpForm,
    MediatorForm,
    OpinionForm,
    OutcomeForm,
    RequestForm,
    SessionForm,
)
from concertoit.field.participation.models import MediationRequest, Mediator
from concertoit.field.participation.queries import mediation as queries
from concertoit.field.participation.services import mediation as services
from concertoit.field.participation.services.mediators import save_mediator
from concertoit.field.participation.views.pages import address, form_page, person_of
from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done


@in_space("mediation.work")
def mediation(request: SpaceRequest) -> HttpResponse:
    """Requests, the open ones first of all, and what waits."""
    viewer, today = request.viewer, timezone.localdate()
    state = request.GET.get("etat", "")
    everything = list(queries.requests_of(viewer))
    open_ones = [row for row in everything if row.state != MediationState.CLOSED]
    due = [row for row in everything if row.follow_up_by and not row.follow_up_on]
    shown = {"ouvertes": open_ones, "suivi": due}.get(state, everything)
    context = {
        "rows": shown, "state": state, "total": len(everything), "open": open_ones, "due": due, "today": today,
        "alone": [row for row in open_ones if row.state == MediationState.NEW],
        "mediators": queries.mediators(viewer).filter(ended_on=None).count(),
    }  # fmt: skip
    return render(request, "participation/mediation.html", context)


@in_space("mediation.work")
def mediation_new(request: SpaceRequest) -> HttpResponse:
    """Take a request in person or by phone."""
    viewer = request.viewer
    form = RequestForm(posted(request), space=viewer.space)
    saved: list[MediationRequest] = []
    return form_page(
        request, form, lambda: saved.append(services.receive(viewer=viewer, facts=form.facts())),
        title=_("Prendre une demande de médiation"), back=address(request, "mediation"),
        then=lambda: address(request, "mediation_request", request_id=saved[0].pk),
        lead=_("Deux parties, leur rôle et leur ensemble. Seulement ce qu’il faut pour les joindre."),
    )  # fmt: skip


def _one(request: SpaceRequest, row: MediationRequest, anchor: str = "") -> str:
    return address(request, "mediation_request", request_id=row.pk) + (f"#{anchor}" if anchor else "")


@in_space("mediation.work")
def mediation_request(request: SpaceRequest, request_id: int) -> HttpResponse:
    """One request: consents, who may mediate and why not, meetings, outcome, follow-up. Never what was agreed."""
    return _request_page(request, queries.request_of(request.viewer, request_id))


def _request_page(request: SpaceRequest, row: MediationRequest, refusal: str = "") -> HttpResponse:
    viewer = request.viewer
    parties = list(row.parties.select_related("complex").order_by("-asked", "pk"))
    seats = list(row.seats.select_related("mediator__person").order_by("pk"))
    seated = {seat.mediator_id for seat in seats if seat.declined_on is None}
    ready = all(party.consent == ConsentAnswer.YES for party in parties)
    people = [one for one in queries.mediators(viewer) if one.pk not in seated] if row.closed_on is None else []
    found = queries.verdicts(row, people) if people and ready else []
    context = {
        "row": row, "parties": parties, "seats": seats, "seated": seated, "ready": ready, "refusal": refusal,
        "may": [one for one in found if one.allowed], "may_not": [one for one in found if not one.allowed],
        "sessions": list(row.sessions.order_by("on", "pk")), "today": timezone.localdate(),
    }  # fmt: skip
    status = 422 if refusal else 200
    return render(request, "participation/mediation_request.html", context, status=status)


@in_space("mediation.work")
@require_POST
def mediation_act(request: SpaceRequest, request_id: int) -> HttpResponse:
    """Consents, designations, conflicts and links: the field « quoi » says which."""
    row = queries.request_of(request.viewer, request_id)
    deed = must_exist(ACTS.get(request.POST.get("quoi", "")))
    try:
        said = deed(request, row)
    except NotVisible:
        raise
    except DomainError as refused:
        return _request_page(request, row, str(refused))
    done(request, said)
    return redirect(request, _one(request, row, "suite"))


def _consent(request: SpaceRequest, row: MediationRequest) -> str:
    party = queries.party_of(row, read_id(request.POST.get("partie")) or 0)
    answer = ConsentAnswer.YES if request.POST.get("reponse") == "oui" else ConsentAnswer.NO
    services.answer_consent(viewer=request.viewer, party=party, answer=answer)
    return _("La réponse est notée.")


def _mediator(request: SpaceRequest) -> Mediator:
    return queries.mediator_of(request.viewer, read_id(request.POST.get("personne")) or 0)


def _designate(request: SpaceRequest, row: MediationRequest) -> str:
    seat = services.designate(viewer=request.viewer, row=row, mediator=_mediator(request))
    return _("C’est fait. Le lien est parti.") if seat.email else _("C’est fait. Sans courriel, prévenez la personne.")


def _conflict(request: SpaceRequest, row: MediationRequest) -> str:
    services.declare_conflict(viewer=request.viewer, row=row, mediator=_mediator(request))
    return _("Le conflit est noté.")


ACTS = {"consentement": _consent, "designer": _designate, "conflit": _conflict}


@in_space("mediation.work")
def mediation_session(request: SpaceRequest, request_id: int) -> HttpResponse:
    """A meeting took place."""
    row = queries.request_of(request.viewer, request_id)
    form = SessionForm(posted(request))
    return form_page(
        request, form, lambda: services.add_session(viewer=request.viewer, row=row, **form.cleaned_data),
        title=_("Inscrire une rencontre"), lead=row.number, back=_one(request, row, "suite"),
    )  # fmt: skip


@in_space("mediation.work")
def mediation_outcome(request: SpaceRequest, request_id: int) -> HttpResponse:
    """How it ended."""
    row = queries.request_of(request.viewer, request_id)
    form = OutcomeForm(posted(request))
    return form_page(
        request, form, lambda: services.close(viewer=request.viewer, row=row, **form.cleaned_data),
        title=_("Inscrire l’issue"), lead=row.number, back=_one(request, row, "suite"),
    )  # fmt: skip


@in_space("mediation.work")
def mediation_follow_up(request: SpaceRequest, request_id: int) -> HttpResponse:
    """What the parties say some months later."""
    row = queries.request_of(request.viewer, request_id)
    form = FollowUpForm(posted(request))
    return form_page(
        request, form, lambda: services.follow_up(viewer=request.viewer, row=row, **form.cleaned_data),
        title=_("Inscrire le suivi"), lead=row.number, back=_one(request, row, "suite"),
    )  # fmt: skip


@in_space("mediation.work")
def mediation_opinion(request: SpaceRequest, request_id: int, party_id: int) -> HttpResponse:
    """Two questions to a party; the answers are kept apart from the mediation."""
    row = queries.request_of(request.viewer, request_id)
    party = queries.party_of(row, party_id)
    form = OpinionForm(posted(request))
    return form_page(
        request, form, lambda: services.give_opinion(viewer=request.viewer, party=party, **form.cleaned_data),
        title=_("Deux questions"), back=_one(request, row, "suite"),
        lead=_("Rien ne relie les réponses à cette médiation. Elles ne se montrent qu’à partir de cinq."),
    )  # fmt: skip


@in_space("mediation.work")
def mediators(request: SpaceRequest) -> HttpResponse:
    """Those who mediate."""
    return render(request, "participation/mediators.html", {"rows": list(queries.mediators(request.viewer))})


@in_space("mediation.manage")
def mediator_edit(request: SpaceRequest, mediator_id: int | None = None) -> HttpResponse:
    """Write somebody on the list, or change them."""
    viewer = request.viewer
    row = queries.mediator_of(viewer, mediator_id) if mediator_id else None
    form = MediatorForm(posted(request), viewer=viewer, known=row is not None, initial=_initial(row))

    def save() -> None:
        person = row.person if row else person_of(request, form)
        save_mediator(viewer=viewer, facts=form.facts(person), row=row)

    return form_page(
        request, form, save, title=str(row) if row else _("Inscrire une médiatrice ou un médiateur"),
        back=address(request, "mediators"),
        lead=_("Une personne locataire qui a suivi la formation, et les ensembles où elle n’intervient pas."),
    )  # fmt: skip


def _initial(row: Mediator | None) -> dict[str, Any]:
    if row is None:
        return {}
    names = ("email", "trained_on", "training", "languages", "home", "availability", "ended_on")
    return {**{name: getattr(row, name) for name in names}, "not_in": [place.pk for place in row.not_in.all()]}


@in_space("participation.view")
def mediation_figures(request: SpaceRequest) -> HttpResponse:
    """A year of mediation for every member: counts, small ones masked."""
    this_year = timezone.localdate().year
    wanted = request.GET.get("annee", "")
    year = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) == len(str(this_year)) else this_year
    context = {
        "figures": queries.figures(request.viewer.space, year), "year": year,
        "years": range(this_year, this_year - 4, -1),
    }  # fmt: skip
    return render(request, "participation/mediation_figures.html", context)
