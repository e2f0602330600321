"""Pages of mediation without an account: a tenant's request, and the link of who mediates (S12)."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from concertoit.field.participation.enums import MediationOutcome, MediationState
from concertoit.field.participation.forms.mediation import AgreementForm, OnlineForm, SessionForm
from concertoit.field.participation.models import MediationSeat
from concertoit.field.participation.queries.mediation_private import agreement_for, seat_behind
from concertoit.field.participation.services import mediation as services
from concertoit.field.participation.services.mediation_private import keep_agreement
from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.core.network import knock
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.views.access import attempt, posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link
from concertoit.ground.ui.toasts import done

REQUESTS_PER_DAY = 10
"""Requests that one place may send in a day."""


@never_cache
def mediation_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a mediation, without an account. There is no such page where the démarche has no mediation."""
    space = get_object_or_404(Space, slug=slug)
    if not space.uses("mediation"):
        raise NotVisible("")
    form = OnlineForm(posted(request), space=space)
    if request.method == "POST" and attempt(form, lambda: _receive(request, space, form)):
        return redirect(request, reverse("participation:mediation_asked", kwargs={"slug": slug}))
    status = 422 if form.errors else 200
    return render(request, "participation/mediation_ask.html", {"space": space, "form": form}, status=status)


def _receive(request: HttpRequest, space: Space, form: OnlineForm) -> None:
    if not knock(request, door="mediation.ask", most=REQUESTS_PER_DAY):
        raise DomainError(_("Beaucoup de demandes viennent d’ici aujourd’hui. Appelez l’équipe, ou revenez demain."))
    services.receive_online(space=space, facts=form.facts())


@never_cache
def mediation_asked(request: HttpRequest, slug: str) -> HttpResponse:
    """The request is in good hands: what comes next."""
    space = get_object_or_404(Space, slug=slug)
    if not space.uses("mediation"):
        raise NotVisible("")
    return render(request, "participation/mediation_asked.html", {"space": space})


@personal_link
def mediation_link(request: HttpRequest, token: str) -> HttpResponse:
    """For who mediates: whom to reach, meetings, how it ended; and the agreement, that nobody else reads."""
    seat = seat_behind(token)
    form_of = FORMS.get(request.POST.get("quoi", "")) if request.method == "POST" else None
    given: dict[str, forms.Form] = {}
    if request.method == "POST":
        if request.POST.get("quoi") in PLAIN:
            return _plain(request, seat, token)
        if form_of is None:
            raise NotVisible("")
        form = form_of(posted(request))
        if attempt(form, lambda: _keep(seat, form)):
            done(request, _("Enregistré."))
            return redirect(request, _here(token))
        given = {request.POST["quoi"]: form}
    return _page(request, seat, given)


def _page(request: HttpRequest, seat: MediationSeat, given: dict[str, forms.Form], refusal: str = "") -> HttpResponse:
    row = seat.request
    context = {
        "seat": seat, "row": row, "space": seat.space, "over": row.state == MediationState.CLOSED,
        "parties": list(row.parties.select_related("complex").order_by("-asked", "pk")),
        "sessions": list(row.sessions.order_by("on", "pk")), "agreement": agreement_for(seat), "refusal": refusal,
        "session_form": given.get("rencontre") or SessionForm(),
        "agreement_form": given.get("entente") or AgreementForm(),
        "opened": next(iter(given), ""),
    }  # fmt: skip
    return render(request, "participation/mediation_link.html", context, status=422 if given or refusal else 200)


def _keep(seat: MediationSeat, form: forms.Form) -> None:
    if isinstance(form, SessionForm):
        services.add_session(row=seat.request, **form.cleaned_data)
    else:
        keep_agreement(seat=seat, **form.cleaned_data)


FORMS: dict[str, type[forms.Form]] = {"rencontre": SessionForm, "entente": AgreementForm}
PLAIN = {
    "sans": MediationOutcome.NO_AGREEMENT, "papier": MediationOutcome.AGREEMENT, "ailleurs": MediationOutcome.REFERRED,
    "retrait": None,
}  # fmt: skip


def _plain(request: HttpRequest, seat: MediationSeat, token: str) -> HttpResponse:
    """Acts of one button: ended without agreement, agreement kept on paper only, sent elsewhere, stepping back."""
    outcome = PLAIN[request.POST["quoi"]]
    try:
        if outcome is None:
            services.declare_conflict(row=seat.request, mediator=seat.mediator)
            return redirect(request, reverse("participation:mediation_left"))
        services.close(row=seat.request, outcome=outcome)
    except DomainError as refused:
        return _page(request, seat, {}, str(refused))
    done(request, _("Enregistré."))
    return redirect(request, _here(token))


def _here(token: str) -> str:
    return reverse("participation:mediation_link", kwargs={"token": token})


@never_cache
def mediation_left(request: HttpRequest) -> HttpResponse:
    """Somebody stepped back: their link opens nothing any more."""
    return render(request, "participation/mediation_left.html")
