"""Convening, inviting one more person, answering, noting who is there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt, posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link
from concertoit.ground.ui.toasts import done
from concertoit.together.meetings.enums import Presence, QuorumRule
from concertoit.together.meetings.forms.people import AnswerForm, ConveneForm, InviteForm, PresencesForm
from concertoit.together.meetings.policies import may_answer
from concertoit.together.meetings.queries.agenda import agenda_of
from concertoit.together.meetings.queries.meetings import meeting_for
from concertoit.together.meetings.queries.people import addresses, expected, invited, members_of, people_of
from concertoit.together.meetings.services import answering, attendance, inviting
from concertoit.together.meetings.views.meeting import address, page_context, written
from concertoit.together.meetings.views.overview import WORDS
from concertoit.together.meetings.views.series import form_page


@in_space("meetings.edit")
def convene(request: SpaceRequest, meeting_id: int) -> HttpResponse:
    """Whom to invite, with which words; then the invitations leave."""
    meeting = meeting_for(request.viewer, meeting_id)
    people = list(members_of(meeting))
    chosen = {one.pk for one in expected(meeting)} | {row.membership_id or 0 for row in invited(meeting)}
    emails = addresses(people)
    initial = {"members": sorted(chosen), "note": meeting.note}
    form = ConveneForm(posted(request), people=people, emails=emails, initial=initial)
    sent: list[int] = []

    def act() -> None:
        data = form.cleaned_data
        sent.append(
            inviting.convene(viewer=request.viewer, meeting_id=meeting_id, members=data["members"], note=data["note"])[
                1
            ]
        )

    if request.method == "POST" and attempt(form, act):
        done(request, written(_("La rencontre est convoquée."), sent[0]))
        return redirect(request, address(request, "meeting", meeting))
    context = {"form": form, "meeting": meeting, "agenda": agenda_of(meeting), **WORDS}
    return render(request, "meetings/convene.html", context, status=422 if form.errors else 200)


@require_POST
@in_space("meetings.edit")
def send_again(request: SpaceRequest, meeting_id: int) -> HttpResponse:
    """Send the invitation again with the agenda as it is now."""
    sent = inviting.send_again(viewer=request.viewer, meeting_id=meeting_id)
    done(request, written(_("L’ordre du jour est renvoyé."), sent))
    return redirect(request, address(request, "meeting", meeting_id))


@in_space("meetings.edit")
def invite(request: SpaceRequest, meeting_id: int) -> HttpResponse:
    """Invite one more person."""
    meeting = meeting_for(request.viewer, meeting_id)
    form = InviteForm(posted(request), space=request.viewer.space)

    def act() -> None:
        data = form.cleaned_data
        inviting.invite(
            viewer=request.viewer,
            meeting_id=meeting_id,
            membership=form.chosen(),
            name=data["name"],
            email=data["email"],
        )

    back = address(request, "meeting", meeting) + "#personnes"
    if request.method == "POST" and attempt(form, act):
        done(request, _("La personne est invitée."))
        return redirect(request, back)
    title = _("Inviter une personne")
    return form_page(request, form, title=title, back=back, submit=_("Inviter"), lead=meeting.title)


@require_POST
@in_space("meetings.edit")
def uninvite(request: SpaceRequest, meeting_id: int, row_id: int) -> HttpResponse:
    """Take an invitation back."""
    inviting.uninvite(viewer=request.viewer, meeting_id=meeting_id, row_id=row_id)
    done(request, _("L’invitation est retirée."))
    return redirect(request, address(request, "meeting", meeting_id) + "#personnes")


@require_POST
@in_space("meetings.answer")
def answer(request: SpaceRequest, meeting_id: int, row_id: int) -> HttpResponse:
    """Answer one's own invitation, on the page of the meeting."""
    meeting = meeting_for(request.viewer, meeting_id)
    people = people_of(meeting)
    row = must_exist(next((one for one in people.rows if one.pk == row_id), None))
    form = AnswerForm(request.POST, row=row)

    def act() -> None:
        answering.answer(viewer=request.viewer, row_id=row_id, said=form.said())

    if attempt(form, act):
        done(request, _("Votre réponse est notée. Merci!"))
        return redirect(request, address(request, "meeting", meeting) + "#reponse")
    if not may_answer(request.viewer, row):
        act()  # refuses, in one place
    return render(request, "meetings/meeting.html", page_context(request, meeting, people, row, form), status=422)


@personal_link
def answer_link(request: HttpRequest, token: str) -> HttpResponse:
    """The personal page: the meeting, its agenda, and one question. No account, nobody else's name."""
    row = answering.find(token)
    if not answering.is_open(row):
        return render(request, "meetings/answer_over.html", {"row": row, "meeting": row.meeting, **WORDS}, status=410)
    form = AnswerForm(posted(request), row=row)

    def act() -> None:
        answering.answer_link(token=token, said=form.said())

    if request.method == "POST" and attempt(form, act):
        done(request, _("Votre réponse est notée. Merci!"))
        return redirect(request, request.path)
    context = {"row": row, "meeting": row.meeting, "form": form, "agenda": agenda_of(row.meeting), **WORDS}
    return render(request, "meetings/answer.html", context, status=422 if form.errors else 200)


@in_space("meetings.edit")
def presences(request: SpaceRequest, meeting_id: int) -> HttpResponse:
    """Who is there, organisation by organisation; and whether the table may decide."""
    meeting = meeting_for(request.viewer, meeting_id)
    people = people_of(meeting)
    has_quorum = meeting.quorum_rule != QuorumRule.NONE
    form = PresencesForm(posted(request), rows=people.rows, has_quorum=has_quorum)

    def act() -> None:
        _note(request, meeting_id, form.presences(), form.cleaned_data)

    if request.method == "POST" and attempt(form, act):
        done(request, _("Les présences sont notées."))
        return redirect(request, address(request, "presences", meeting))
    context = {"meeting": meeting, "people": people, "form": form, "choices": Presence.choices, **WORDS}
    return render(request, "meetings/presences.html", context, status=422 if form.errors else 200)


def _note(request: SpaceRequest, meeting_id: int, noted: dict[int, str], data: dict[str, Any]) -> None:
    viewer = request.viewer
    attendance.note_presences(viewer=viewer, meeting_id=meeting_id, presences=noted)
    if data["other"].strip():
        attendance.add_present(viewer=viewer, meeting_id=meeting_id, name=data["other"])
    if data.get("quorum"):
        attendance.record_quorum(viewer=viewer, meeting_id=meeting_id, note=data["quorum_note"])
