"""The room of a meeting, for who holds it: the current point, its notes, what it leads to, the plan beside it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt, posted
from concertoit.ground.ui.pages import is_fragment, redirect, render_page
from concertoit.ground.ui.toasts import done
from concertoit.together.meetings import workflow
from concertoit.together.meetings.enums import Presence
from concertoit.together.meetings.exports.minutes_words import change_of
from concertoit.together.meetings.forms.room import NoteForm, RoomOutcomeForm
from concertoit.together.meetings.models import Meeting
from concertoit.together.meetings.policies import must_hold
from concertoit.together.meetings.queries.meetings import meeting_for
from concertoit.together.meetings.queries.room import Room, room_of
from concertoit.together.meetings.services import outcomes, running
from concertoit.together.meetings.views.facts import said_of
from concertoit.together.meetings.views.meeting import address
from concertoit.together.meetings.views.overview import WORDS
from concertoit.together.plans.policies import may_follow_up

FRAGMENTS = {"direct": "live", "etat-notes": "saved"}


def _held(request: SpaceRequest, meeting_id: int) -> Meeting:
    meeting = meeting_for(request.viewer, meeting_id)
    must_hold(request.viewer, meeting)
    return meeting


@in_space("meetings.view")
def room(request: SpaceRequest, meeting_id: int) -> HttpResponse:
    """The screen of who holds the meeting."""
    meeting = _held(request, meeting_id)
    if meeting.state != workflow.OPEN:
        return redirect(request, address(request, "meeting", meeting))
    return _page(request, room_of(request.viewer, meeting))


def _page(request: SpaceRequest, found: Room, **also: Any) -> HttpResponse:
    status = also.pop("status", 200)
    row = found.current or found.meeting
    context: dict[str, Any] = {
        "room": found,
        "meeting": found.meeting,
        "note_form": NoteForm(initial={"record": row.record, "seen": running.stamp(row.record)}),
        "theirs": "",
        "said_of": said_of,
        "change_of": change_of,
        "presences": dict(Presence.choices),
        **WORDS,
        **also,
    }
    if "outcome_form" not in also:
        context["outcome_form"] = _outcome_form(request, found)
    return render_page(request, "meetings/room.html", context, fragments=FRAGMENTS, status=status)


def _outcome_form(request: SpaceRequest, found: Room, data: Any = None) -> RoomOutcomeForm:
    return RoomOutcomeForm(data, space=request.viewer.space, targets=_targets(request, found))


def _targets(request: SpaceRequest, found: Room) -> list[tuple[int, str]]:
    """Elements that the current point may change: its own, and the steps shown beside, for who may change them."""
    side = found.side
    if side is None:
        return []
    if not (may_follow_up(request.viewer, side.view.carriers) or request.viewer.can("plan.edit")):
        return []
    return [(side.node.item_id, str(side.node)), *((row.item_id, str(row)) for row in side.steps)]


@require_POST
@in_space("meetings.view")
def step(request: SpaceRequest, meeting_id: int) -> HttpResponse:
    """Next, previous, a chosen point, or put a point off (``geste``)."""
    viewer, act, text = request.viewer, request.POST.get("geste", ""), request.POST.get("point", "")
    if text and not text.isdigit():
        raise NotVisible("")
    if act == "reporter" and text:
        row = running.put_off(viewer=viewer, meeting_id=meeting_id, item_id=int(text))
        done(request, _("« %(title)s » est reporté à la prochaine rencontre.") % {"title": row.title})
    elif act == "aller" and text:
        running.go_to(viewer=viewer, meeting_id=meeting_id, item_id=int(text))
    elif act in ("suivant", "precedent"):
        running.step(viewer=viewer, meeting_id=meeting_id, forward=act == "suivant")
    else:
        raise NotVisible("")
    return redirect(request, address(request, "room", meeting_id))


@require_POST
@in_space("meetings.view")
def note(request: SpaceRequest, meeting_id: int, item_id: int | None = None) -> HttpResponse:
    """Save the notes; typed text comes back when somebody else wrote meanwhile."""
    meeting = _held(request, meeting_id)
    form = NoteForm(request.POST)
    theirs: list[str] = []
    seen: list[str] = []

    def save() -> None:
        data = form.cleaned_data
        try:
            mark = running.write_note(
                viewer=request.viewer, meeting_id=meeting_id, item_id=item_id, text=data["record"], seen=data["seen"]
            )
            seen.append(mark)
        except running.WrittenMeanwhile as error:
            theirs.append(error.theirs)
            raise

    saved = attempt(form, save)
    if is_fragment(request, "etat-notes"):
        found = room_of(request.viewer, meeting_for(request.viewer, meeting_id))
        return _page(request, found, note_form=form, theirs="".join(theirs), seen=seen[0] if saved else "")
    if saved:
        done(request, _("Les notes sont enregistrées."))
        return redirect(request, _back(request, meeting))
    found = room_of(request.viewer, meeting_for(request.viewer, meeting_id))
    fresh = request.POST.copy()
    if theirs:
        fresh["seen"] = running.stamp(theirs[0])
    form.data = fresh
    return _page(request, found, note_form=form, theirs="".join(theirs), status=422)


def _back(request: SpaceRequest, meeting: Meeting) -> str:
    return address(request, "room" if meeting.state == workflow.OPEN else "meeting", meeting)


@require_POST
@in_space("meetings.view")
def add_outcome(request: SpaceRequest, meeting_id: int) -> HttpResponse:
    """Write what the current point leads to (``point``), and change the plan with it."""
    viewer, meeting = request.viewer, _held(request, meeting_id)
    found = room_of(viewer, meeting)
    text = request.POST.get("point", "")
    item_id = int(text) if text.isdigit() else None
    form = _outcome_form(request, found, posted(request))

    def save() -> None:
        outcomes.add_outcome(
            viewer=viewer, meeting_id=meeting_id, item_id=item_id, facts=form.facts(), change=form.wanted()
        )

    if item_id is not None and found.current is not None and item_id != found.current.pk:
        raise DomainError(_("On est passé à un autre point entre-temps : notez ceci sur le point en cours."))
    if attempt(form, save):
        done(request, _("C’est noté."))
        return redirect(request, _back(request, meeting) + "#suites")
    return _page(request, found, outcome_form=form, status=422)


@in_space("meetings.view")
def follow(request: SpaceRequest, meeting_id: int) -> HttpResponse:
    """The phone page of participants: where we are, the current point, what is decided."""
    meeting = meeting_for(request.viewer, meeting_id)
    context = {"room": room_of(request.viewer, meeting, beside=False), "meeting": meeting, **WORDS}
    context["change_of"] = change_of
    return render_page(request, "meetings/room_phone.html", context, fragments={"suivi": "follow"})
