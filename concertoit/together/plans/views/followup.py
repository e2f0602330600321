"""What people do on the page of an item: state, phase, due date, note, météo, comments."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible, must_exist
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui import toasts
from concertoit.ground.ui.pages import redirect, render
from concertoit.together.plans.enums import STEP_STATE_LABELS
from concertoit.together.plans.forms.followup import (
    CommentForm,
    DueForm,
    NoteForm,
    OutlookForm,
    PhaseForm,
    StateForm,
)
from concertoit.together.plans.models import ProgressNote
from concertoit.together.plans.services import comments, followup
from concertoit.together.plans.views.item import Wrong, back_to, refuse, show_item


def page_of(request: SpaceRequest, item_id: int) -> int:
    """The item whose page the form was on: a step is changed from the page of its action."""
    return read_id(request.POST.get("page")) or item_id


def raise_denied(error: DomainError) -> None:
    """Refusals of permission are pages of their own, not messages beside a field."""
    if isinstance(error, NotAllowed | NotVisible):
        raise error


@in_space("plan.view")
@require_POST
def state(request: SpaceRequest, item_id: int) -> HttpResponse:
    """Change the state of a step; with HTMX the whole follow-up of the page is answered, counts included."""
    form = StateForm(request.POST)
    followup.found(request.viewer, item_id)
    page = page_of(request, item_id)
    try:
        if not form.is_valid():
            raise DomainError(next(iter(form.errors.values()))[0])
        change = followup.set_state(viewer=request.viewer, item_id=item_id, **form.cleaned_data)
    except DomainError as error:
        raise_denied(error)
        wrong = Wrong(item_id, request.POST.get("state", ""), request.POST.get("explanation", ""), str(error))
        return show_item(request, page, status=422, wrong=wrong)
    if change.changed:
        label = STEP_STATE_LABELS[form.cleaned_data["state"]]
        toasts.done(request, _("État noté : %(state)s.") % {"state": label}, undo=undo_url(request, change.undo, page))
    if request.htmx:
        return show_item(request, page)
    return back_to(request, page, f"#etape-{item_id}")


def undo_url(request: SpaceRequest, token: str, page: int | None = None) -> str:
    """Where a POST takes a change of state back; ``page`` is the item to come back to, else the list of steps."""
    base = reverse("plans:state_undo", kwargs={"slug": request.viewer.space.slug})
    values = {"t": token} if page is None else {"t": token, "page": str(page)}
    return f"{base}?{urlencode(values)}"


@in_space("plan.view")
@require_POST
def state_undo(request: SpaceRequest) -> HttpResponse:
    """Take a change of state back."""
    undone = followup.undo_states(viewer=request.viewer, token=request.GET.get("t", ""))
    toasts.done(request, _("C’est annulé.") if undone else _("L’état a changé depuis : rien n’a été annulé."))
    if page := read_id(request.GET.get("page")):
        return back_to(request, page, "#suivi")
    return redirect(request, reverse("plans:bulk", kwargs={"slug": request.viewer.space.slug}))


@in_space("plan.view")
@require_POST
def phase(request: SpaceRequest, item_id: int) -> HttpResponse:
    """Say in what phase an action is."""
    form = PhaseForm(request.POST)
    followup.found(request.viewer, item_id)
    if form.is_valid():
        followup.set_phase(viewer=request.viewer, item_id=item_id, phase=form.cleaned_data["phase"])
        toasts.done(request, _("Phase notée."))
        return back_to(request, item_id)
    return show_item(request, item_id, status=422, phase=form)


@in_space("plan.view")
@require_POST
def due(request: SpaceRequest, item_id: int) -> HttpResponse:
    """Set a due date by hand, or give back the one of the period."""
    form = DueForm(request.POST)
    followup.found(request.viewer, item_id)
    try:
        if form.is_valid():
            followup.set_due(viewer=request.viewer, item_id=item_id, due_on=form.cleaned_data["due_on"])
            toasts.done(request, _("Échéance notée."))
            return back_to(request, item_id)
    except DomainError as error:
        raise_denied(error)
        refuse(form, error)
    return show_item(request, item_id, status=422, due=form)


@in_space("plan.view")
@require_POST
def note(request: SpaceRequest, item_id: int) -> HttpResponse:
    """Tell where an item is."""
    form = NoteForm(request.POST, prefix="note")
    followup.found(request.viewer, item_id)
    try:
        if form.is_valid():
            followup.add_note(viewer=request.viewer, item_id=item_id, body=form.cleaned_data["body"])
            toasts.done(request, _("Merci, la note est publiée."))
            return back_to(request, item_id, "#nouvelles")
    except DomainError as error:
        raise_denied(error)
        refuse(form, error)
    return show_item(request, item_id, status=422, note=form)


@in_space("plan.view")
def note_correct(request: SpaceRequest, item_id: int, note_id: int) -> HttpResponse:
    """Correct a note; what it said stays in the journal."""
    view = followup.found(request.viewer, item_id)
    old = must_exist(ProgressNote.objects.filter(pk=note_id, item_id=item_id, replaced_by=None).first())
    if old.author_id != request.viewer.user.pk:
        request.viewer.must("plan.followup.all")
    form = NoteForm(request.POST or None, initial={"body": old.body}, prefix="note")
    try:
        if request.method == "POST" and form.is_valid():
            followup.correct_note(
                viewer=request.viewer, item_id=item_id, note_id=note_id, body=form.cleaned_data["body"]
            )
            toasts.done(request, _("La note est corrigée."))
            return back_to(request, item_id, "#nouvelles")
    except DomainError as error:
        raise_denied(error)
        refuse(form, error)
    status = 422 if form.is_bound else 200
    return render(request, "plans/note.html", {"form": form, "node": view.node, "note": old}, status=status)


@in_space("plan.view")
@require_POST
def outlook(request: SpaceRequest, item_id: int) -> HttpResponse:
    """Judge how an action goes, with the reason."""
    form = OutlookForm(request.POST, prefix="meteo")
    followup.found(request.viewer, item_id)
    try:
        if form.is_valid():
            followup.set_outlook(viewer=request.viewer, item_id=item_id, **form.cleaned_data)
            toasts.done(request, _("Météo notée."))
            return back_to(request, item_id, "#nouvelles")
    except DomainError as error:
        raise_denied(error)
        refuse(form, error)
    return show_item(request, item_id, status=422, outlook=form)


@in_space("plan.comment")
@require_POST
def comment(request: SpaceRequest, item_id: int) -> HttpResponse:
    """Write a remark."""
    form = CommentForm(request.POST, prefix="commentaire")
    try:
        if form.is_valid():
            written = comments.add_comment(viewer=request.viewer, item_id=item_id, body=form.cleaned_data["body"])
            named = ", ".join(user.name for user in written.mentions.order_by("name", "pk"))
            told = _("Commentaire publié. Un avis part à %(names)s.") % {"names": named}
            toasts.done(request, told if named else _("Commentaire publié."))
            return back_to(request, item_id, "#commentaires")
    except DomainError as error:
        raise_denied(error)
        refuse(form, error)
    return show_item(request, item_id, status=422, comment=form)


@in_space("plan.comment")
@require_POST
def comment_withdraw(request: SpaceRequest, item_id: int, comment_id: int) -> HttpResponse:
    """Withdraw a remark."""
    comments.withdraw_comment(viewer=request.viewer, item_id=item_id, comment_id=comment_id)
    toasts.done(request, _("Commentaire retiré."))
    return back_to(request, item_id, "#commentaires")
