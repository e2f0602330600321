"""One proposal: its page, the facilitator's screen, and the acts of the facilitation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.spaces.views.access import SpaceRequest, attempt, in_space, posted
from concertoit.ground.ui import toasts
from concertoit.ground.ui.pages import redirect, render, render_page
from concertoit.together.decisions.forms.consent import (
    MandateForm,
    ProposalForm,
    QuestionAnswerForm,
    StepForm,
    VoiceForm,
    WordsForm,
)
from concertoit.together.decisions.queries.adoption import change_between
from concertoit.together.decisions.queries.consent import (
    RoundView,
    contents_of,
    earlier_reactions,
    round_of,
    view_of,
)
from concertoit.together.decisions.rules.consent import RoundState, Subject
from concertoit.together.decisions.services import consent_rounds as rounds
from concertoit.together.decisions.services import consent_voices as voices
from concertoit.together.decisions.services.consent_rounds import OBSTACLES, Opening
from concertoit.together.decisions.views.consent import address
from concertoit.together.decisions.views.consent_show import (
    Content,
    content,
    items_of,
    labels,
    quorum_words,
    reaction_bar,
    sorted_lines,
    stepper,
    tag_of,
    voice_bar,
)
from concertoit.together.decisions.workflow.consent import Act, steps_from
from concertoit.together.plans.models import PlanItem
from concertoit.together.plans.views.show_diff import ShownDiff, show


@dataclass(slots=True)
class Shown:
    """What the part of the plan says in the present round, and what it changed since the round before."""

    content: Content = field(default_factory=Content)
    diff: ShownDiff | None = None


def shown_of(view: RoundView) -> Shown:
    """The content of the present round and its difference with the one before; one query."""
    if view.turn is None or not view.turn.sha256:
        return Shown()
    texts = contents_of(view.turns[-2:])
    diff = change_between(texts[0], texts[-1]) if len(texts) > 1 else None
    return Shown(content(view.round.subject, texts[-1]), show(diff) if diff else None)


def targets(view: RoundView, shown: Content) -> list[tuple[int, str]]:
    """Elements of the proposal an objection may be about, by id of item."""
    pairs = items_of(shown)
    if not pairs:
        return []
    rows = PlanItem.objects.filter(uid__in=[uid for uid, _label in pairs], space=view.round.space_id)
    ids = {str(uid): pk for uid, pk in rows.values_list("uid", "pk")}
    return [(ids[uid], label) for uid, label in pairs if uid in ids]


def page_of(view: RoundView) -> dict[str, Any]:
    """What both screens of a proposal show."""
    return {
        "view": view,
        "round": view.round,
        "session": view.session,
        "tag": tag_of(view.round),
        "count": view.tally,
        "quorum": quorum_words(view),
        "reactions": reaction_bar(view),
        "voices": voice_bar(view),
        "lines": sorted_lines(view),
        "may_ask": Act.ASK in view.accepts,
        "may_react": Act.REACT in view.accepts,
        "may_speak": Act.SPEAK in view.accepts,
        **labels(),
    }


@in_space("consent.view")
def consent_round(request: SpaceRequest, round_id: int) -> HttpResponse:
    """A proposal with everything said of it. Before it opens, its content is for those who prepare it."""
    view = view_of(request.viewer, round_id)
    if view.turn is None and not request.viewer.can("plan.draft.view"):
        raise NotVisible("")
    followed = request.viewer.can("consent.follow") or not view.under_way
    shown = shown_of(view)
    context = {
        **page_of(view),
        "steps": stepper(view),
        "content": shown.content,
        "diff": shown.diff,
        "followed": followed,
        "earlier": earlier_reactions(view),
        "mandate_form": MandateForm(),
        "history": _history(request, view),
    }
    return render(request, "decisions/consent_round.html", context)


def _history(request: SpaceRequest, view: RoundView) -> str:
    """The journal of a proposal, for those who read journals, once something happened to it."""
    if view.turn is None or not request.viewer.can("journal.view"):
        return ""
    return reverse("audit:history", kwargs={"object_type": "decisions.consentround", "object_id": view.round.pk})


@in_space("consent.facilitate")
def consent_room(request: SpaceRequest, round_id: int) -> HttpResponse:
    """The screen of the room, large: what is proposed, where we are, what is heard; renewed by itself."""
    view = view_of(request.viewer, round_id)
    context = {
        **page_of(view),
        "steps": stepper(view),
        "content": shown_of(view).content,
        "next_steps": steps_from(view.state),
        "obstacles": [OBSTACLES[one] for one in view.obstacles],
        "silent": [line for line in view.lines if line.voice is None],
    }
    return render_page(request, "decisions/consent_room.html", context, fragments={"direct": "direct"})


def back_to(request: SpaceRequest, round_id: int) -> HttpResponse:
    """To the screen the act came from."""
    name = "consent_room" if request.POST.get("page") == "salle" else "consent_round"
    return redirect(request, address(request, name, round_id=round_id))


@in_space("consent.facilitate")
@require_POST
def consent_move(request: SpaceRequest, round_id: int) -> HttpResponse:
    """Take a proposal to another step."""
    round_of(request.viewer, round_id)
    form = StepForm(request.POST)
    if not form.is_valid():
        raise DomainError(_("Choisissez une étape du processus, et une date valide."))
    values = form.cleaned_data
    opening = Opening(RoundState(values["state"]), values["answer_by"], values["change"])
    rounds.move(viewer=request.viewer, round_id=round_id, opening=opening)
    return back_to(request, round_id)


@in_space("consent.facilitate")
@require_http_methods(["GET", "POST"])
def consent_edit(request: SpaceRequest, round_id: int) -> HttpResponse:
    """Rewrite a proposal, outside of a round."""
    row = round_of(request.viewer, round_id)
    form = ProposalForm(posted(request), initial={"title": row.title, "text": row.text})
    if row.subject != Subject.TEXT:
        del form.fields["title"]
        form.fields["text"].label = _("Précision qui accompagne la partie du plan")

    def act() -> None:
        values = {"title": row.title, **form.cleaned_data}
        rounds.rewrite(viewer=request.viewer, round_id=round_id, **values)

    back = address(request, "consent_round", round_id=round_id)
    if request.method == "POST" and attempt(form, act):
        toasts.done(request, _("La proposition est récrite."))
        return redirect(request, back)
    context = {
        "form": form,
        "heading": _("Modifier la proposition"),
        "lead": row.title,
        "submit": _("Enregistrer"),
        "cancel": back,
    }
    return render(request, "decisions/consent_form.html", context, status=422 if form.errors else 200)


@in_space("consent.facilitate")
@require_POST
def consent_question(request: SpaceRequest, question_id: int) -> HttpResponse:
    """Answer a clarifying question."""
    form = QuestionAnswerForm(request.POST)
    words = form.cleaned_data["answer"] if form.is_valid() else ""
    question = voices.answer(viewer=request.viewer, question_id=question_id, body=words)
    toasts.done(request, _("La réponse est visible de la table."))
    return back_to(request, question.turn.round_id)


@in_space("consent.facilitate")
@require_POST
def consent_note(request: SpaceRequest, round_id: int) -> HttpResponse:
    """Note a voice said aloud, or the consent of those present once everybody was heard."""
    view = view_of(request.viewer, round_id)
    if request.POST.get("geste") == "tour":
        noted = voices.note_tour(viewer=request.viewer, round_id=round_id)
        words = ngettext("%(num)d consentement noté.", "%(num)d consentements notés.", noted) % {"num": noted}
        toasts.done(request, words)
        return back_to(request, round_id)
    form = VoiceForm(request.POST, subject=Subject(view.round.subject), items=targets(view, shown_of(view).content))
    seat = request.POST.get("seat", "")
    if not form.is_valid() or not seat.isdigit():
        raise DomainError(_("Choisissez un organisme et sa voix; une objection se note avec sa raison."))
    voice = voices.note_aloud(viewer=request.viewer, round_id=round_id, seat_id=int(seat), said=form.said())
    toasts.done(request, _("La voix de « %(who)s » est notée.") % {"who": voice.seat.label})
    return back_to(request, round_id)


@in_space("consent.facilitate")
@require_POST
def consent_conclude(request: SpaceRequest, round_id: int) -> HttpResponse:
    """Say the result."""
    round_of(request.viewer, round_id)
    form = WordsForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    adopted = request.POST.get("resultat") == "adoptee"
    row = rounds.conclude(viewer=request.viewer, round_id=round_id, adopted=adopted, words=words)
    toasts.done(request, tag_of(row)["text"])
    return back_to(request, round_id)
