"""Answering: by login, by a personal link without an account, and what the coordination types from paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui import toasts
from concertoit.ground.ui.pages import is_fragment, redirect, render, render_block
from concertoit.ground.ui.personal import personal_link
from concertoit.together.decisions.enums import GRADE_LABELS, Channel, MoneyQuestion
from concertoit.together.decisions.forms.prioritisation_ballot import BallotForm
from concertoit.together.decisions.models import Prioritisation, PriorityBallot, Voice
from concertoit.together.decisions.policies import may_read_ballot
from concertoit.together.decisions.queries.prioritisation import found, money_of, options_of
from concertoit.together.decisions.queries.prioritisation_people import own_voices
from concertoit.together.decisions.rules.prioritisation import answered
from concertoit.together.decisions.services import prioritisation_answers as services
from concertoit.together.decisions.services.prioritisation import is_open
from concertoit.together.decisions.services.prioritisation_voices import voice_of
from concertoit.together.decisions.views.prioritisation import url_of
from concertoit.together.decisions.views.prioritisation_show import announced

PROGRESS = "avancement"
Save = Callable[[services.Said], PriorityBallot]


def ballot_of(voice: Voice) -> PriorityBallot | None:
    return PriorityBallot.objects.filter(voice=voice).first()


def form_of(request: HttpRequest, row: Prioritisation, voice: Voice) -> BallotForm:
    """The form of a voice, with what it already said."""
    return BallotForm(
        posted(request), row=row, who=str(voice.pk), options=options_of(row),
        requests=money_of(row).requests if row.money != MoneyQuestion.NONE else [], ballot=ballot_of(voice),
    )  # fmt: skip


def context_of(row: Prioritisation, voice: Voice, form: BallotForm, **more: Any) -> dict[str, Any]:
    ballot = ballot_of(voice)
    return {
        "row": row,
        "voice": voice,
        "form": form,
        "axes": form.axes(),
        "money_lines": form.money_lines(),
        "answered": answered(ballot.grades) if ballot else 0,
        "points": sum(ballot.money.values()) if ballot else 0,
        "total": len(form.options),
        "announced": announced(row),
        **more,
    }


def take(
    request: HttpRequest, template: str, row: Prioritisation, voice: Voice, save: Save, after: str, **more: Any
) -> HttpResponse:
    """Show the form; keep what was changed, all of it at once or answer by answer (HTMX asks for the progress only)."""
    form = form_of(request, row, voice)
    partial = is_fragment(request, PROGRESS)
    if request.method == "POST" and form.is_valid():
        done = request.POST.get("quoi") == "terminer" and not partial
        try:
            save(form.said(done=done))
        except (NotAllowed, NotVisible):
            raise
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            voice.refresh_from_db()
            if not partial:
                toasts.done(request, _("Merci! Votre réponse est complète.") if done else _("C’est enregistré."))
                return redirect(request, after)
    context = context_of(row, voice, form, **more)
    status = 422 if form.errors else 200
    if partial:
        return render_block(request, template, "progress", context, status=status)
    return render(request, template, context, status=status)


@in_space("prioritisation.answer")
@require_http_methods(["GET", "POST"])
def prioritisation_answer(request: SpaceRequest, pk: int, voice_id: int = 0) -> HttpResponse:
    """Answer for one's organisation, or for oneself. Who has several voices chooses one."""
    viewer, row = request.viewer, found(request.viewer, pk)
    mine = own_voices(viewer, row)
    voice = next((one for one in mine if voice_id in (0, one.pk)), None)
    if voice is None or not is_open(row):
        if voice_id or not mine:
            raise NotVisible("")
        return redirect(request, url_of(request, "prioritisation", pk=pk))
    return take(
        request, "decisions/prioritisation_answer.html", row, voice,
        lambda said: services.answer(viewer=viewer, pk=pk, voice_id=voice.pk, said=said),
        url_of(request, "prioritisation_answer_for", pk=pk, voice_id=voice.pk), mine=mine, paper=False,
        action=url_of(request, "prioritisation_answer_for", pk=pk, voice_id=voice.pk),
    )  # fmt: skip


@in_space("prioritisation.prepare")
@require_http_methods(["GET", "POST"])
def prioritisation_paper(request: SpaceRequest, pk: int, voice_id: int) -> HttpResponse:
    """Type what a voice wrote on paper."""
    viewer, row = request.viewer, found(request.viewer, pk)
    voice = voice_of(viewer, pk, voice_id)
    if not is_open(row):
        raise NotVisible("")
    services.must_take_paper(voice)
    return take(
        request, "decisions/prioritisation_answer.html", row, voice,
        lambda said: services.answer_on_paper(viewer=viewer, pk=pk, voice_id=voice_id, said=said),
        url_of(request, "prioritisation_voices", pk=pk), mine=[], paper=True,
        action=url_of(request, "prioritisation_paper", pk=pk, voice_id=voice_id),
    )  # fmt: skip


@personal_link
@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest, token: str) -> HttpResponse:
    """The personal page: a few minutes, no account, on a phone."""
    invitee = services.find(token)
    voice, row = invitee.voice, invitee.voice.prioritisation
    if not is_open(row):
        return render(request, "decisions/prioritisation_over.html", {"row": row, "voice": voice}, status=410)
    return take(
        request, "decisions/prioritisation_link.html", row, voice,
        lambda said: services.answer_by_link(token=token, said=said), request.path, mine=[], paper=False,
        action=request.path,
    )  # fmt: skip


@in_space("prioritisation.answer")
def prioritisation_ballot(request: SpaceRequest, pk: int, voice_id: int) -> HttpResponse:
    """Read what a voice said, for whom that was announced."""
    row, voice = found(request.viewer, pk), voice_of(request.viewer, pk, voice_id)
    ballot = ballot_of(voice)
    if ballot is None or not may_read_ballot(request.viewer, row, voice):
        raise NotVisible("")
    options = options_of(row)
    lines = [(one, ballot.grades.get(str(one.key), ""), ballot.money.get(str(one.key), 0)) for one in options]
    context = {
        "row": row, "voice": voice, "lines": lines, "paper": voice.channel == Channel.PAPER, "grade_labels": GRADE_LABELS
    }  # fmt: skip
    return render(request, "decisions/prioritisation_ballot.html", context)
