"""Requests: the list, one request, and each act on it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.field.small_works.enums import Effect, RequestState
from concertoit.field.small_works.forms.requests import (
    CompleteForm,
    DecideForm,
    DoneForm,
    FollowUpForm,
    MatchForm,
    PhoneForm,
    ReasonForm,
    VisitForm,
    visit_initial,
)
from concertoit.field.small_works.models import FollowUp, Handyperson, Request
from concertoit.field.small_works.queries import requests as queries
from concertoit.field.small_works.services import following
from concertoit.field.small_works.services import requests as services
from concertoit.field.small_works.views.pages import address, form_page
from concertoit.field.small_works.workflow import MOVES
from concertoit.ground.audit.queries import history_url
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt, posted
from concertoit.ground.ui.components import query
from concertoit.ground.ui.forms import give_choices
from concertoit.ground.ui.pages import redirect, render, render_page
from concertoit.ground.ui.toasts import done as say_done

PER_PAGE = 50


@in_space("works.figures")
def home(request: SpaceRequest) -> HttpResponse:
    """What the pilot shows; for the team, the requests too."""
    viewer, state = request.viewer, request.GET.get("etat", "")
    rows = queries.requests_of(viewer).order_by("-received_on", "-pk")
    if state == "ouvertes" or state not in RequestState.values:
        rows = rows.filter(state__in=queries.OPEN) if state != "toutes" else rows
        state = state if state in ("toutes",) else "ouvertes"
    else:
        rows = rows.filter(state=state)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "figures": queries.figures(viewer.space), "page": page, "state": state, "chips": _chips(request, state),
        "pilot": queries.pilot_of(viewer.space), "may_see": viewer.can("works.view"),
    }  # fmt: skip
    return render_page(request, "small_works/home.html", context, fragments={"demandes": "requests"})


def _chips(request: SpaceRequest, state: str) -> list[dict[str, Any]]:
    named = [("ouvertes", _("Ouvertes")), ("toutes", _("Toutes")), *RequestState.choices]
    return [
        {"label": label, "href": query(request, etat=code, page=None), "current": code == state}
        for code, label in named
    ]


@in_space("works.view")
def new(request: SpaceRequest) -> HttpResponse:
    """Note a request received by phone or from a partner."""
    space = request.viewer.space
    initial = {"received_on": timezone.localdate(), "client_id": uuid.uuid4()}
    form = PhoneForm(posted(request), space=space, initial=initial)
    made: list[Request] = []

    def save() -> None:
        values = form.cleaned_data
        made.append(
            services.receive(
                space=space, facts=form.facts(), channel=values["channel"], actor=request.user,
                client_id=values["client_id"],
            )
        )  # fmt: skip

    return form_page(
        request, form, save, title=_("Noter une demande"), back=address(request, "home"),
        lead=_("Au téléphone : demandez l’accord de la personne avant d’écrire quoi que ce soit."),
        then=lambda: address(request, "request", reference=made[0].reference), said=_("Demande inscrite."),
    )  # fmt: skip


@in_space("works.view")
def request_page(request: SpaceRequest, reference: str) -> HttpResponse:
    """One request: what is asked, of whom, what the rule says, who does it, what became of it."""
    row = queries.request_of(request.viewer, reference)
    context = {
        "row": row, "who": row.applicant, "admission": queries.admission_of(row), "moves": MOVES[row.state],
        "told": FollowUp.objects.filter(request=row).first(), "effects": dict(Effect.choices),
        "history": history_url(request.user, "small_works.request", row.pk),
    }  # fmt: skip
    return render(request, "small_works/request.html", context)


def _act(
    request: SpaceRequest, row: Request, form: forms.Form, save: Callable[[], object], **options: Any
) -> HttpResponse:
    """One act on a request, in a page of its own."""
    return form_page(request, form, save, back=address(request, "request", reference=row.reference), **options)


@in_space("works.view")
def complete(request: SpaceRequest, reference: str) -> HttpResponse:
    """Write what the call made clear."""
    row = queries.request_of(request.viewer, reference)
    initial = {
        "age_band": row.applicant.age_band, "tenure": row.applicant.tenure, "needs_trade": row.needs_trade,
        "landlord_must": row.landlord_must,
    }  # fmt: skip
    form = CompleteForm(posted(request), initial=initial)
    return _act(
        request, row, form,
        lambda: following.complete(viewer=request.viewer, row=row, **form.cleaned_data),
        title=_("Compléter la demande %(reference)s") % {"reference": row.reference},
        lead=_("Seulement ce que la règle demande. Ce que l’on ne sait pas reste à vérifier."),
    )  # fmt: skip


@in_space("works.view")
def decide(request: SpaceRequest, reference: str) -> HttpResponse:
    """Admit a request or not."""
    row = queries.request_of(request.viewer, reference)
    form = DecideForm(posted(request))
    return _act(
        request, row, form,
        lambda: following.decide(
            viewer=request.viewer, row=row, admitted=form.cleaned_data["decision"] == "yes",
            reason=form.cleaned_data["reason"],
        ),
        title=_("Décider de la demande %(reference)s") % {"reference": row.reference},
        lead=_("La règle propose, une personne décide. La raison est dite à qui a demandé."),
        submit=_("Inscrire la décision"),
    )  # fmt: skip


@in_space("works.view")
def match(request: SpaceRequest, reference: str) -> HttpResponse:
    """Choose who does the works, among everybody, with what stands in the way of each."""
    row = queries.request_of(request.viewer, reference)
    found = queries.candidates(row)
    known = {one.pk: one for one in Handyperson.objects.filter(space=row.space).select_related("person")}
    form = MatchForm(posted(request))
    give_choices(form, "handyperson", [(one.candidate.id, "") for one in found])

    def save() -> None:
        values = form.cleaned_data
        chosen = known[values["handyperson"]]
        following.match(viewer=request.viewer, row=row, handyperson=chosen, reason=values["reason"])

    back = address(request, "request", reference=row.reference)
    if request.method == "POST" and attempt(form, save):
        say_done(request, _("Demande confiée. Un lien personnel part par courriel, s’il y en a un."))
        return redirect(request, back)
    context = {
        "form": form, "row": row, "back": back, "chosen": form["handyperson"].value(),
        "lines": [{"match": one, "who": known[one.candidate.id]} for one in found],
    }  # fmt: skip
    return render(request, "small_works/match.html", context, status=422 if form.errors else 200)


@in_space("works.view")
def plan_visit(request: SpaceRequest, reference: str) -> HttpResponse:
    """Say when the visit is, on behalf of who goes."""
    row = queries.request_of(request.viewer, reference)
    form = VisitForm(posted(request), initial=visit_initial(row))
    return _act(
        request, row, form,
        lambda: following.plan_visit(row=row, at=form.at(), actor=request.user),
        title=_("Prévoir la visite"),
    )  # fmt: skip


@in_space("works.view")
def report_done(request: SpaceRequest, reference: str) -> HttpResponse:
    """Write what was done, on behalf of who did it."""
    row = queries.request_of(request.viewer, reference)
    form = DoneForm(posted(request), initial={"on": timezone.localdate()})
    return _act(
        request, row, form, lambda: following.report_done(row=row, facts=form.facts(), actor=request.user),
        title=_("Travaux faits"), lead=_("Ce qui a été fait, le temps et les coûts."),
    )  # fmt: skip


@in_space("works.view")
def follow_up(request: SpaceRequest, reference: str) -> HttpResponse:
    """Take news."""
    row = queries.request_of(request.viewer, reference)
    form = FollowUpForm(posted(request))
    return _act(
        request, row, form, lambda: following.follow_up(viewer=request.viewer, row=row, **form.cleaned_data),
        title=_("Prendre des nouvelles"), lead=_("Au téléphone, quelques semaines après la visite."),
    )  # fmt: skip


@in_space("works.view")
def cancel(request: SpaceRequest, reference: str) -> HttpResponse:
    """The person no longer asks."""
    row = queries.request_of(request.viewer, reference)
    form = ReasonForm(posted(request))
    return _act(
        request, row, form,
        lambda: following.cancel(viewer=request.viewer, row=row, reason=form.cleaned_data["reason"]),
        title=_("Annuler la demande"), submit=_("Annuler la demande"),
    )  # fmt: skip


@in_space("works.view")
@require_POST
def reopen(request: SpaceRequest, reference: str) -> HttpResponse:
    """Take a request up again."""
    row = queries.request_of(request.viewer, reference)
    following.reopen(viewer=request.viewer, row=row)
    say_done(request, _("La demande est reprise : elle attend d’être jumelée."))
    return redirect(request, address(request, "request", reference=row.reference))


@in_space("works.view")
@require_POST
def research_consent(request: SpaceRequest, reference: str) -> HttpResponse:
    """Note that the person agrees to research, or no longer."""
    row = queries.request_of(request.viewer, reference)
    agrees = request.POST.get("accord") == "oui"
    services.agree_to_research(space=row.space, actor=request.user, row=row, agrees=agrees)
    say_done(request, _("Accord noté.") if agrees else _("L’accord est retiré : rien de cette demande ne sortira."))
    return redirect(request, address(request, "request", reference=row.reference))
