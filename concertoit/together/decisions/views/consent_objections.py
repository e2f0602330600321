"""An objection and its life, its integration by an amendment, and what a board answers."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.spaces.views.access import SpaceRequest, attempt, in_space, posted
from concertoit.ground.ui import toasts
from concertoit.ground.ui.pages import redirect, render
from concertoit.together.decisions.forms.consent import IntegrationForm, MandateForm, WordsForm
from concertoit.together.decisions.models import Adoption, ConsentVoice
from concertoit.together.decisions.queries.consent import objection_of, view_of
from concertoit.together.decisions.rules.consent import Mode, ObjectionState, Subject
from concertoit.together.decisions.services import consent_objections as objections
from concertoit.together.decisions.services.consent_mandates import settle_mandate
from concertoit.together.decisions.views.consent import address
from concertoit.together.decisions.views.consent_round import back_to, shown_of, targets
from concertoit.together.decisions.views.consent_show import labels


@in_space("consent.view")
@require_POST
def consent_mandate(request: SpaceRequest, voice_id: int) -> HttpResponse:
    """Write what a board answered, for one's organisation or for the coordination."""
    found = must_exist(
        ConsentVoice.objects.filter(space=request.viewer.space, pk=voice_id).select_related("turn").first()
    )
    form = MandateForm(request.POST)
    if not form.is_valid():
        raise DomainError(_("Dites ce que le conseil a répondu, et quand."))
    values = form.cleaned_data
    settle_mandate(
        speaker=None, viewer=request.viewer, voice_id=voice_id, confirmed=values["confirmed"] == "oui",
        on=values["on"], words=values["words"],
    )  # fmt: skip
    toasts.done(request, _("La réponse du conseil est notée."))
    return back_to(request, found.turn.round_id)


@in_space("consent.view")
@require_http_methods(["GET", "POST"])
def consent_objection(request: SpaceRequest, objection_id: int) -> HttpResponse:
    """An objection and its life; the facilitation treats it, its organisation withdraws it."""
    found = objection_of(request.viewer, objection_id)
    form = WordsForm(posted(request))
    act = request.POST.get("geste", "")

    def treat() -> None:
        if act == "retirer":
            objections.withdraw(objection_id=objection_id, viewer=request.viewer)
            return
        states = {"clarifier": ObjectionState.CLARIFIED, "ecarter": ObjectionState.NOT_RETAINED}
        if act not in states:
            raise DomainError(_("Choisissez ce qui arrive à l’objection."))
        words = form.cleaned_data["words"]
        objections.treat(viewer=request.viewer, objection_id=objection_id, state=states[act], words=words)

    if request.method == "POST" and attempt(form, treat):
        toasts.done(request, _("L’objection est à jour."))
        return redirect(request, address(request, "consent_objection", objection_id=objection_id))
    context = {"objection": found, "form": form, "act": act, **labels()}
    context["mine"] = any(
        line.mine for line in view_of(request.viewer, found.round_id).lines if line.seat == found.seat
    )
    return render(request, "decisions/consent_objection.html", context, status=422 if form.errors else 200)


@in_space("consent.facilitate")
@require_http_methods(["GET", "POST"])
def consent_integrate(request: SpaceRequest, round_id: int) -> HttpResponse:
    """Integrate objections by an amendment, and open the next round."""
    view = view_of(request.viewer, round_id)
    row = view.round
    form = IntegrationForm(
        posted(request),
        initial={"text": row.text, "objections": [one.pk for one in view.open_objections]},
        round_id=row.pk,
        is_text=row.subject == Subject.TEXT,
        items=targets(view, shown_of(view).content),
        remote=row.session.mode == Mode.REMOTE,
    )

    def act() -> None:
        objections.integrate(
            viewer=request.viewer, round_id=round_id, objection_ids=form.ids(), amendment=form.amendment()
        )

    if request.method == "POST" and attempt(form, act):
        toasts.done(request, _("Un nouveau tour est ouvert sur la proposition amendée."))
        return back_to(request, round_id)
    adoption = Adoption.objects.filter(session=row.session_id).first()
    context = {"view": view, "round": row, "form": form, "adoption": adoption, **labels()}
    return render(request, "decisions/consent_integrate.html", context, status=422 if form.errors else 200)
