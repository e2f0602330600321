"""A meeting: its page, and everything that happens to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from concertoit.ground.audit.queries import history_url
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt, posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done
from concertoit.together.meetings import workflow
from concertoit.together.meetings.exports.minutes_words import change_of
from concertoit.together.meetings.forms.meeting import CancelForm, CloseForm, MeetingForm
from concertoit.together.meetings.forms.people import AnswerForm
from concertoit.together.meetings.models import Attendance, Meeting
from concertoit.together.meetings.policies import may_answer, may_hold
from concertoit.together.meetings.queries.agenda import agenda_of
from concertoit.together.meetings.queries.meetings import last_held, meeting_for, next_of, series_for
from concertoit.together.meetings.queries.minutes import versions_of
from concertoit.together.meetings.queries.people import People, people_of
from concertoit.together.meetings.queries.room import outcomes_of
from concertoit.together.meetings.services import meetings as services
from concertoit.together.meetings.services.finding import MEETING
from concertoit.together.meetings.views.facts import said_of
from concertoit.together.meetings.views.overview import WORDS
from concertoit.together.meetings.views.series import address as series_address
from concertoit.together.meetings.views.series import form_page, overview_of


def address(request: SpaceRequest, name: str, meeting: Meeting | int, **kwargs: Any) -> str:
    """An address about a meeting."""
    pk = meeting if isinstance(meeting, int) else meeting.pk
    return reverse(f"meetings:{name}", kwargs={"slug": request.viewer.space.slug, "meeting_id": pk, **kwargs})


@in_space("meetings.view")
def meeting(request: SpaceRequest, meeting_id: int) -> HttpResponse:
    """What it is, when and where, am I coming, what is on the agenda, who comes, what it led to."""
    viewer = request.viewer
    row = meeting_for(viewer, meeting_id)
    people = people_of(row) if viewer.can("meetings.people") else None
    mine = _mine(viewer, row, people)
    return render(request, "meetings/meeting.html", page_context(request, row, people, mine))


def page_context(
    request: SpaceRequest, row: Meeting, people: People | None, mine: Attendance | None, form: Any = None
) -> dict[str, Any]:
    """What the page of a meeting shows."""
    open_answer = mine is not None and _open(row)
    return {
        "meeting": row,
        "agenda": agenda_of(row),
        "people": people,
        "mine": mine,
        "answer_form": form or (AnswerForm(row=mine) if mine is not None and open_answer else None),
        "outcomes": outcomes_of(row),
        "versions": versions_of(request.viewer, row) if row.state == workflow.CLOSED else [],
        "may_hold": may_hold(request.viewer, row),
        "change_of": change_of,
        "previous": last_held(row),
        "following": next_of(row),
        "history": history_url(request.user, MEETING, row.pk),
        "over": row.ends_at < timezone.now(),
        "moves": workflow.MEETING[row.state],
        "said_of": said_of,
        **WORDS,
    }


def _mine(viewer: Any, row: Meeting, people: People | None) -> Attendance | None:
    """The reader's own invitation."""
    return next((one for one in people.rows if may_answer(viewer, one)), None) if people else None


def _open(row: Meeting) -> bool:
    return row.state in (workflow.CONVENED, workflow.OPEN) and row.ends_at > timezone.now()


@in_space("meetings.edit")
def add(request: SpaceRequest, series_id: int | None = None) -> HttpResponse:
    """One more meeting: of a series, or by itself."""
    series = series_for(request.viewer, series_id) if series_id else None
    form = MeetingForm(posted(request), space=request.viewer.space, series=series)
    saved: list[Meeting] = []

    def save() -> None:
        place = series.place_of if series else form.table_chosen()
        saved.append(services.add_meeting(viewer=request.viewer, facts=form.facts(), place_of=place, series=series))

    if request.method == "POST" and attempt(form, save):
        done(request, _("La rencontre est au calendrier."))
        return redirect(request, address(request, "meeting", saved[0]))
    back = series_address(request, "series", series) if series else overview_of(request)
    title = _("Ajouter une rencontre")
    return form_page(request, form, title=title, back=back, submit=title, lead=series.name if series else "")


@in_space("meetings.edit")
def edit(request: SpaceRequest, meeting_id: int) -> HttpResponse:
    """Change when, where, who leads; whoever was convened is told."""
    row = meeting_for(request.viewer, meeting_id)
    form = MeetingForm(posted(request), space=request.viewer.space, meeting=row)
    sent: list[int] = []

    def save() -> None:
        sent.append(services.edit_meeting(viewer=request.viewer, meeting_id=meeting_id, facts=form.facts())[1])

    if request.method == "POST" and attempt(form, save):
        done(request, written(_("La rencontre est modifiée."), sent[0]))
        return redirect(request, address(request, "meeting", row))
    lead = ""
    if row.state == workflow.CONVENED:
        lead = _("Les personnes convoquées reçoivent la mise à jour, et leur agenda aussi.")
    title = _("Modifier la rencontre")
    return form_page(
        request, form, title=title, back=address(request, "meeting", row), submit=_("Enregistrer"), lead=lead
    )


def written(text: str, sent: int) -> str:
    """What was done, and to how many people one wrote."""
    if not sent:
        return text
    more = ngettext("Un courriel est parti.", "%(num)d courriels sont partis.", sent) % {"num": sent}
    return f"{text} {more}"


@in_space("meetings.edit")
def cancel(request: SpaceRequest, meeting_id: int) -> HttpResponse:
    """Cancel a meeting, saying why."""
    row = meeting_for(request.viewer, meeting_id)
    form = CancelForm(posted(request))
    sent: list[int] = []

    def save() -> None:
        reason = form.cleaned_data["reason"]
        sent.append(services.cancel(viewer=request.viewer, meeting_id=meeting_id, reason=reason)[1])

    back = address(request, "meeting", row)
    if request.method == "POST" and attempt(form, save):
        done(request, written(_("La rencontre est annulée."), sent[0]), undo=address(request, "restore", row))
        return redirect(request, back)
    title = _("Annuler la rencontre")
    return form_page(request, form, title=title, back=back, submit=title, lead=row.title)


def _act(request: SpaceRequest, meeting_id: int, act: Callable[[], object], text: str, then: str = "") -> HttpResponse:
    act()
    done(request, text)
    return redirect(request, then or address(request, "meeting", meeting_id))


@require_POST
@in_space("meetings.edit")
def restore(request: SpaceRequest, meeting_id: int) -> HttpResponse:
    """Take a cancelled meeting up again."""
    text = _("La rencontre est rétablie. Convoquez-la de nouveau pour que chacun le sache.")
    return _act(request, meeting_id, partial(services.restore, viewer=request.viewer, meeting_id=meeting_id), text)


@require_POST
@in_space("meetings.edit")
def remove(request: SpaceRequest, meeting_id: int) -> HttpResponse:
    """Take out of the calendar a meeting added by hand."""
    text = _("La rencontre n’est plus au calendrier.")
    act = partial(services.remove_meeting, viewer=request.viewer, meeting_id=meeting_id)
    return _act(request, meeting_id, act, text, overview_of(request))


@require_POST
@in_space("meetings.edit")
def open_meeting(request: SpaceRequest, meeting_id: int) -> HttpResponse:
    """Open a meeting."""
    text = _("La rencontre est ouverte.")
    return _act(
        request, meeting_id, partial(services.open_meeting, viewer=request.viewer, meeting_id=meeting_id), text
    )


@in_space("meetings.edit")
def close(request: SpaceRequest, meeting_id: int) -> HttpResponse:
    """Close a meeting, choosing what goes on to the next one."""
    row = meeting_for(request.viewer, meeting_id)
    items = [one for one in row.items.filter(removed_at=None).order_by("position", "pk") if one.state != "done"]
    chosen = {one.pk for one in services.to_carry(row)}
    form = CloseForm(posted(request), items=items, initial={"carry": sorted(chosen)})

    def save() -> None:
        carry = set(form.cleaned_data["carry"])
        services.close_meeting(viewer=request.viewer, meeting_id=meeting_id, carry=carry)

    if row.state != workflow.OPEN and request.method != "POST":
        raise DomainError(_("Cette rencontre n’est pas ouverte."))
    if request.method == "POST" and attempt(form, save):
        done(request, _("La rencontre est close."))
        return redirect(request, address(request, "meeting", row))
    context = {"form": form, "meeting": row, "items": items, "next": next_of(row), **WORDS}
    return render(request, "meetings/close.html", context, status=422 if form.errors else 200)
