"""Writing an agenda: built from the plan, then by hand. The element « ordre-du-jour » is also a fragment."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt, posted
from concertoit.ground.ui.pages import is_fragment, redirect, render_page
from concertoit.ground.ui.toasts import done
from concertoit.together.meetings import workflow
from concertoit.together.meetings.forms.meeting import ItemForm, MinutesForm
from concertoit.together.meetings.models import AgendaItem, Meeting
from concertoit.together.meetings.queries.agenda import agenda_of
from concertoit.together.meetings.queries.meetings import meeting_for
from concertoit.together.meetings.services import agenda as building
from concertoit.together.meetings.services import agenda_items as services
from concertoit.together.meetings.services.agenda_items import ItemFacts
from concertoit.together.meetings.views.facts import said_of
from concertoit.together.meetings.views.meeting import address
from concertoit.together.meetings.views.overview import WORDS
from concertoit.together.meetings.views.series import form_page

TARGET = "ordre-du-jour"


@in_space("meetings.edit")
def agenda(request: SpaceRequest, meeting_id: int) -> HttpResponse:
    """The agenda as the coordination writes it."""
    return _page(request, meeting_for(request.viewer, meeting_id))


def _page(request: SpaceRequest, meeting: Meeting, *, wrong: str = "", status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "meeting": meeting,
        "agenda": agenda_of(meeting),
        "said_of": said_of,
        "wrong": wrong,
        "may_build": meeting.state in (workflow.PREPARED, workflow.CONVENED),
        "may_write": meeting.state in workflow.WRITABLE,
        **WORDS,
    }
    return render_page(request, "meetings/agenda.html", context, fragments={TARGET: "points"}, status=status)


def _after(request: SpaceRequest, meeting_id: int, *, anchor: int = 0) -> HttpResponse:
    """The fragment to who asked for it, else back to the page, where the point stands."""
    if is_fragment(request, TARGET):
        return _page(request, meeting_for(request.viewer, meeting_id))
    place = f"#point-{anchor}" if anchor else ""
    return redirect(request, address(request, "agenda", meeting_id) + place)


@require_POST
@in_space("meetings.edit")
def build(request: SpaceRequest, meeting_id: int) -> HttpResponse:
    """Make the agenda from the plan; or again, keeping what was written by hand."""
    again = meeting_for(request.viewer, meeting_id).built_at is not None
    building.build(viewer=request.viewer, meeting_id=meeting_id, fresh=request.POST.get("modele") == "1")
    done(
        request,
        _("L’ordre du jour est à jour avec le plan; ce que vous avez écrit est resté.")
        if again
        else _("L’ordre du jour est bâti. Relisez-le, ajustez les durées, convoquez."),
    )
    return redirect(request, address(request, "agenda", meeting_id))


@in_space("meetings.edit")
def item(request: SpaceRequest, meeting_id: int, item_id: int | None = None) -> HttpResponse:
    """Add a point, a line under a point (``?sous=``), or rewrite one."""
    meeting = meeting_for(request.viewer, meeting_id)
    row = _item(meeting, item_id) if item_id else None
    form = ItemForm(posted(request), space=request.viewer.space, item=row)
    section = _section(request, meeting)
    saved: list[AgendaItem] = []

    def save() -> None:
        facts = form.facts()
        if row is not None:
            one = services.edit_item(viewer=request.viewer, meeting_id=meeting_id, item_id=row.pk, facts=facts)
        else:
            above = section.pk if section else None
            one = services.add_item(viewer=request.viewer, meeting_id=meeting_id, facts=facts, section_id=above)
        saved.append(one)

    if request.method == "POST" and attempt(form, save):
        done(request, _("Le point est enregistré."))
        return redirect(request, f"{address(request, 'agenda', meeting)}#point-{saved[0].pk}")
    title = _("Modifier le point") if row else _("Ajouter un point")
    lead = _("Sous « %(title)s »") % {"title": section.title} if section else ""
    back = address(request, "agenda", meeting)
    return form_page(request, form, title=title, back=back, submit=_("Enregistrer"), lead=lead)


def _item(meeting: Meeting, item_id: int) -> AgendaItem:
    return must_exist(meeting.items.filter(pk=item_id).first())


def _section(request: SpaceRequest, meeting: Meeting) -> AgendaItem | None:
    text = request.GET.get("sous", "")
    return _item(meeting, int(text)) if text.isdigit() else None


@require_POST
@in_space("meetings.edit")
def minutes(request: SpaceRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """How long a point takes, typed in the list."""
    meeting = meeting_for(request.viewer, meeting_id)
    row = _item(meeting, item_id)
    form = MinutesForm(request.POST)
    if not form.is_valid():
        text = _("Écrivez une durée de 0 à %(max)s minutes.") % {"max": services.MINUTES_MAX}
        return _page(request, meeting, wrong=text, status=422)
    facts = ItemFacts(row.title, form.cleaned_data["minutes"], row.note, row.presenter, row.plan_item)
    services.edit_item(viewer=request.viewer, meeting_id=meeting_id, item_id=item_id, facts=facts)
    return _after(request, meeting_id, anchor=item_id)


@require_POST
@in_space("meetings.edit")
def move(request: SpaceRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Move a point up or down."""
    up = request.POST.get("sens") == "haut"
    services.move_item(viewer=request.viewer, meeting_id=meeting_id, item_id=item_id, up=up)
    return _after(request, meeting_id, anchor=item_id)


@require_POST
@in_space("meetings.edit")
def remove(request: SpaceRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Take a point out; the message offers to put it back."""
    meeting = meeting_for(request.viewer, meeting_id)
    try:
        row = services.remove_item(viewer=request.viewer, meeting_id=meeting_id, item_id=item_id)
    except NotVisible:
        raise
    except DomainError as error:
        return _page(request, meeting, wrong=str(error), status=422)
    undo = address(request, "item_restore", meeting_id, item_id=item_id)
    done(request, _("« %(title)s » n’est plus à l’ordre du jour.") % {"title": row.title}, undo=undo)
    return _after(request, meeting_id)


@require_POST
@in_space("meetings.edit")
def restore(request: SpaceRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Put back a point that was taken out."""
    services.restore_item(viewer=request.viewer, meeting_id=meeting_id, item_id=item_id)
    return _after(request, meeting_id, anchor=item_id)
