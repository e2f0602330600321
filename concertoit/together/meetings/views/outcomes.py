"""One follow-up or decision: its page, « c’est fait », correcting it, taking it back."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt, posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done
from concertoit.together.meetings import workflow
from concertoit.together.meetings.exports.minutes_words import change_of
from concertoit.together.meetings.forms.room import FinishForm, OutcomeForm
from concertoit.together.meetings.models import Outcome
from concertoit.together.meetings.policies import may_finish, may_hold, must_hold
from concertoit.together.meetings.queries.room import outcome_for
from concertoit.together.meetings.services import outcomes as services
from concertoit.together.meetings.views.meeting import address
from concertoit.together.meetings.views.overview import WORDS
from concertoit.together.meetings.views.series import form_page


def outcome_url(request: SpaceRequest, name: str, row: Outcome) -> str:
    """An address about an outcome."""
    return reverse(f"meetings:{name}", kwargs={"slug": request.viewer.space.slug, "outcome_id": row.pk})


@in_space("meetings.view")
def outcome(request: SpaceRequest, outcome_id: int) -> HttpResponse:
    """What it says, who took it on, by when; with its one button."""
    row = outcome_for(request.viewer, outcome_id)
    return _page(request, row, FinishForm())


def _page(request: SpaceRequest, row: Outcome, form: FinishForm, status: int = 200) -> HttpResponse:
    viewer = request.viewer
    context = {
        "outcome": row, "meeting": row.meeting, "form": form, "who": services.who_of(row),
        "change": change_of(row.change), "may_finish": may_finish(viewer, row),
        "may_hold": may_hold(viewer, row.meeting), **WORDS,
    }  # fmt: skip
    return render(request, "meetings/outcome.html", context, status=status)


@require_POST
@in_space("meetings.view")
def finish(request: SpaceRequest, outcome_id: int) -> HttpResponse:
    """« C’est fait. »"""
    form = FinishForm(request.POST)
    row = outcome_for(request.viewer, outcome_id)

    def act() -> None:
        services.finish(viewer=request.viewer, outcome_id=outcome_id, note=form.cleaned_data["note"])

    if not attempt(form, act):
        return _page(request, row, form, status=422)
    done(request, _("C’est noté comme fait. Merci!"), undo=outcome_url(request, "outcome_resume", row))
    if request.POST.get("retour") == "salle" and row.meeting.state == workflow.OPEN:
        return redirect(request, address(request, "room", row.meeting))
    return redirect(request, outcome_url(request, "outcome", row))


@require_POST
@in_space("meetings.view")
def resume(request: SpaceRequest, outcome_id: int) -> HttpResponse:
    """Not done after all."""
    row = services.resume(viewer=request.viewer, outcome_id=outcome_id)
    done(request, _("La suite est rouverte."))
    return redirect(request, outcome_url(request, "outcome", row))


@in_space("meetings.view")
def edit(request: SpaceRequest, outcome_id: int) -> HttpResponse:
    """Correct what it says."""
    row = outcome_for(request.viewer, outcome_id)
    must_hold(request.viewer, row.meeting)
    form = OutcomeForm(posted(request), space=request.viewer.space, outcome=row)

    def save() -> None:
        services.edit_outcome(viewer=request.viewer, outcome_id=outcome_id, facts=form.facts())

    back = outcome_url(request, "outcome", row)
    if request.method == "POST" and attempt(form, save):
        done(request, _("C’est corrigé."))
        return redirect(request, back)
    return form_page(request, form, title=_("Corriger ce qui est noté"), back=back, submit=_("Enregistrer"), lead="")


@require_POST
@in_space("meetings.view")
def withdraw(request: SpaceRequest, outcome_id: int) -> HttpResponse:
    """Take it back."""
    row = services.withdraw(viewer=request.viewer, outcome_id=outcome_id)
    text = _("C’est retiré.")
    if row.change:
        text = _("C’est retiré. Ce qui a changé au plan y reste : corrigez-le sur sa page.")
    done(request, text)
    name = "room" if row.meeting.state == workflow.OPEN else "meeting"
    return redirect(request, address(request, name, row.meeting))
