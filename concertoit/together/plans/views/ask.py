"""« Où en est-ce? » : asking it, following the questions, and the personal page without an account."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui import toasts
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link
from concertoit.together.plans.forms.asks import AnswerForm, AskForm
from concertoit.together.plans.queries.asks import open_asks, page_behind
from concertoit.together.plans.queries.items import item_for
from concertoit.together.plans.queries.recipients import recipients
from concertoit.together.plans.queries.reminders import upcoming
from concertoit.together.plans.queries.worklist import shown_nodes
from concertoit.together.plans.services import asks, reminders
from concertoit.together.plans.views.indicators import form_page
from concertoit.together.plans.views.item import back_to, refuse

SHOWN = 100


@in_space("plan.ask")
def ask(request: SpaceRequest, item_id: int) -> HttpResponse:
    """Ask somebody where an item stands."""
    view = item_for(request.viewer, item_id)
    form = AskForm(request.POST or None, recipients=recipients(view.node))

    def save(values: dict[str, Any]) -> None:
        chosen = form.chosen()
        asks.ask(viewer=request.viewer, item_id=item_id, email=chosen.email, membership=chosen.membership)

    return form_page(
        request,
        view.node,
        form,
        save,
        title=_("Demander des nouvelles"),
        lead=_("La personne reçoit un lien personnel, valide 30 jours : elle répond en une minute, sans compte."),
        submit=_("Envoyer la demande"),
        done=_("La demande est partie."),
        anchor="",
    )


@in_space("plan.ask")
def ask_list(request: SpaceRequest) -> HttpResponse:
    """The questions that wait for an answer, with their next reminder."""
    rows = open_asks(request.viewer)
    nodes = {n.item_id: n for n in shown_nodes(request.viewer).filter(item_id__in=[row.item_id for row in rows])}
    lines = [{"ask": row, "node": nodes.get(row.item_id), "open": asks.is_open(row)} for row in rows]
    return render(request, "plans/ask_list.html", {"lines": lines})


@in_space("plan.ask")
@require_POST
def ask_change(request: SpaceRequest, ask_id: int) -> HttpResponse:
    """Mute the reminders of a question, send them again, or take the question back."""
    what = request.POST.get("quoi", "")
    if what == "retirer":
        asks.withdraw(viewer=request.viewer, request_id=ask_id)
        toasts.done(request, _("La demande est retirée. Son lien ne répond plus."))
    else:
        row = asks.mute(viewer=request.viewer, request_id=ask_id, muted=what == "sourdine")
        toasts.done(request, _("Aucun autre rappel ne partira.") if row.muted else _("Les rappels reprennent."))
    return redirect(request, reverse("plans:asks", kwargs={"slug": request.viewer.space.slug}))


@in_space("plan.ask")
def reminder_list(request: SpaceRequest) -> HttpResponse:
    """The reminders to come: about what, why, when, and who gets them."""
    lines = upcoming(request.viewer.space, timezone.localdate())
    return render(request, "plans/reminders.html", {"lines": lines[:SHOWN], "total": len(lines)})


@in_space("plan.view")
@require_POST
def reminder_mute(request: SpaceRequest, item_id: int) -> HttpResponse:
    """Send no more reminders about an item, or send them again."""
    muted = request.POST.get("quoi") == "sourdine"
    reminders.mute(viewer=request.viewer, item_id=item_id, muted=muted)
    toasts.done(request, _("Plus aucun rappel ne partira.") if muted else _("Les rappels reprennent."))
    if request.POST.get("page") == "rappels":
        return redirect(request, reverse("plans:reminders", kwargs={"slug": request.viewer.space.slug}))
    return back_to(request, item_id)


@personal_link
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The personal page: one minute, no account, nothing personal on it."""
    row = asks.find(token)
    page = page_behind(row) if asks.is_open(row) else None
    if page is None:
        status = 200 if row.answered_at else 410
        return render(request, "plans/ask_over.html", {"ask": row}, status=status)
    form = AnswerForm(request.POST or None, page=page)
    try:
        if request.method == "POST" and form.is_valid():
            asks.answer(token=token, said=form.answer())
            return redirect(request, reverse("plans:answer", kwargs={"token": token}))
    except NotVisible:
        raise
    except DomainError as error:
        refuse(form, error)
    status = 422 if form.errors else 200
    return render(request, "plans/ask_answer.html", {"page": page, "form": form}, status=status)
