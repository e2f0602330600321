"""From a phone, one question at a time: through an account, or by the link of an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui import toasts
from concertoit.ground.ui.pages import redirect, render_page
from concertoit.ground.ui.personal import personal_link
from concertoit.together.decisions.forms.consent import MandateForm, QuestionForm, VoiceForm, WordsForm
from concertoit.together.decisions.models import ConsentObjection, ConsentVoice
from concertoit.together.decisions.queries.consent import RoundView, SeatLine, seat_views, seats_for, session_of
from concertoit.together.decisions.rules.consent import (
    OPEN_OBJECTIONS,
    Mandate,
    ObjectionState,
    Reaction,
    Subject,
    Way,
)
from concertoit.together.decisions.services import consent_objections as objections
from concertoit.together.decisions.services import consent_voices as voices
from concertoit.together.decisions.services.consent_mandates import settle_mandate
from concertoit.together.decisions.services.consent_voices import Speaker
from concertoit.together.decisions.views.consent_round import page_of, shown_of, targets
from concertoit.together.decisions.workflow.consent import Act

QUESTION, REACTION, VOICE, SAID, WAIT = "question", "reaction", "voix", "dit", "attente"


@dataclass(slots=True)
class Phone:
    """What the page asks now: of which proposal, which one question."""

    views: list[RoundView]
    view: RoundView | None
    step: str

    @property
    def line(self) -> SeatLine | None:
        return self.view.mine[0] if self.view else None

    @property
    def place(self) -> int:
        """The place of the proposal among those of the session that opened, from 1."""
        return self.views.index(self.view) + 1 if self.view else 0


def phone_of(views: list[RoundView], chosen: str, step: str) -> Phone:
    """The proposal asked for, else the first open one on which the seat said nothing, else any open; and its step."""
    open_now = [view for view in views if view.accepts]
    asked = next((view for view in views if str(view.round.pk) == chosen), None)
    silent = [view for view in open_now if view.mine and view.mine[0].voice is None]
    view = asked or next(iter([*silent, *open_now]), None)
    if view is None:
        return Phone(views, None, WAIT)
    if not view.accepts:
        return Phone(views, view, SAID)
    return Phone(views, view, _step(view, step))


def _step(view: RoundView, wanted: str) -> str:
    line = view.mine[0]
    allowed = [
        step for step, act in ((QUESTION, Act.ASK), (REACTION, Act.REACT), (VOICE, Act.SPEAK)) if act in view.accepts
    ]
    if wanted in allowed or wanted == SAID:
        return wanted
    if Act.SPEAK in view.accepts:
        if line.voice:
            return SAID
        return VOICE if line.reaction else REACTION
    if Act.REACT in view.accepts:
        return SAID if line.reaction else REACTION
    return QUESTION


@in_space("consent.answer")
@require_http_methods(["GET", "POST"])
def consent_answer(request: SpaceRequest, session_id: int) -> HttpResponse:
    """Speak for one's organisation; whoever has several voices chooses."""
    session = session_of(request.viewer, session_id)
    seats = seats_for(request.viewer, session)
    if not seats:
        raise NotAllowed("")
    chosen = request.POST.get("siege") or request.GET.get("siege", "")
    seat = next((one for one in seats if str(one.pk) == chosen), seats[0])
    seat.session, seat.space = session, session.space
    speaker = Speaker(seat, Way.ACCOUNT, request.user)
    here = reverse("decisions:consent_answer", kwargs={"slug": request.viewer.space.slug, "session_id": session_id})
    others = [one for one in seats if one.pk != seat.pk]
    back = reverse("decisions:consent_session", kwargs={"slug": request.viewer.space.slug, "session_id": session_id})
    return _page(request, speaker, here, {"others": others, "back": back})


@personal_link
@require_http_methods(["GET", "POST"])
def consent_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same, behind the personal link of an organisation: no account, nobody's name."""
    speaker = voices.by_link(token)
    here = reverse("decisions:consent_link", kwargs={"token": token})
    return _page(request, speaker, here, {"others": [], "back": ""})


def _page(request: HttpRequest, speaker: Speaker, here: str, more: dict[str, Any]) -> HttpResponse:
    views = seat_views(speaker.seat)
    chosen = request.POST.get("proposition") or request.GET.get("proposition", "")
    phone = phone_of(views, chosen, request.POST.get("geste") or request.GET.get("etape", ""))
    form, mandate = _forms(request, phone)
    if request.method == "POST" and _act(request, speaker, phone, form, mandate):
        own = f"&siege={speaker.seat.pk}" if more["others"] else ""
        place = f"?proposition={phone.view.round.pk}{own}#suite" if phone.view else ""
        return redirect(request, here + place)
    context = {
        "phone": phone,
        "seat": speaker.seat,
        "here": here,
        "form": form,
        "mandate": mandate,
        "pending": _pending(speaker),
        "my_objections": _objections(speaker, phone),
        "next": _next(phone),
        **more,
    }
    if phone.view:
        context |= page_of(phone.view)
        shown = shown_of(phone.view)
        context |= {"content": shown.content, "diff": shown.diff}
    else:
        context |= {"session": speaker.seat.session}
    status = 422 if (form and form.errors) or mandate.errors else 200
    return render_page(request, "decisions/consent_phone.html", context, fragments={"tour": "tour"}, status=status)


def _forms(request: HttpRequest, phone: Phone) -> tuple[forms.Form | None, MandateForm]:
    act = request.POST.get("geste", "")
    data = request.POST if request.method == "POST" else None
    mandate = MandateForm(data if act == "mandat" else None)
    if phone.view is None:
        return None, mandate
    if phone.step == QUESTION:
        return QuestionForm(data if act == QUESTION else None), mandate
    if phone.step == REACTION:
        line = phone.line
        initial = {"words": line.reaction.body if line and line.reaction else ""}
        return WordsForm(data if act == REACTION else None, initial=initial), mandate
    if phone.step == VOICE:
        items = targets(phone.view, shown_of(phone.view).content)
        subject = Subject(phone.view.round.subject)
        return VoiceForm(data if act == VOICE else None, subject=subject, items=items), mandate
    return None, mandate


def _act(request: HttpRequest, speaker: Speaker, phone: Phone, form: forms.Form | None, mandate: MandateForm) -> bool:
    """Do what was sent; what the field says no to is shown beside its field."""
    act = request.POST.get("geste", "")
    used = mandate if act == "mandat" else form
    try:
        if act == "retirer":
            number = request.POST.get("objection", "")
            if not number.isdigit():
                raise NotVisible("")
            objections.withdraw(objection_id=int(number), seat=speaker.seat, user=speaker.user)
            toasts.done(request, _("L’objection est retirée. Dites maintenant la voix de votre organisme."))
            return True
        if used is None or not used.is_valid():
            if used is None:
                raise DomainError(voices.NOT_NOW)
            return False
        _said(request, speaker, phone, act, used)
    except (NotAllowed, NotVisible):
        raise
    except DomainError as error:
        if used is None:
            raise
        used.add_error(error.field if error.field in used.fields else None, str(error))
        return False
    return True


def _said(request: HttpRequest, speaker: Speaker, phone: Phone, act: str, form: forms.Form) -> None:
    values = form.cleaned_data
    round_id = phone.view.round.pk if phone.view else 0
    if act == "mandat":
        number = request.POST.get("voix", "")
        settle_mandate(
            speaker=speaker, viewer=None, voice_id=int(number) if number.isdigit() else 0,
            confirmed=values["confirmed"] == "oui", on=values["on"], words=values["words"],
        )  # fmt: skip
        toasts.done(request, _("La réponse de votre conseil est notée."))
    elif isinstance(form, QuestionForm):
        voices.ask(speaker=speaker, round_id=round_id, body=values["question"])
        toasts.done(request, _("Votre question est posée; la réponse s’affichera ici."))
    elif isinstance(form, VoiceForm):
        voices.speak(speaker=speaker, round_id=round_id, said=form.said())
        toasts.done(request, _("La voix de « %(who)s » est notée.") % {"who": speaker.seat.label})
    else:
        kind = request.POST.get("reaction", "")
        if kind not in {one.value for one in Reaction}:
            raise DomainError(_("Choisissez une réaction."))
        voices.react(speaker=speaker, round_id=round_id, kind=Reaction(kind), body=values["words"])
        toasts.done(request, _("Votre réaction est notée."))


def _pending(speaker: Speaker) -> list[ConsentVoice]:
    """Reserved consents of the seat that wait for its board."""
    rows = ConsentVoice.objects.filter(seat=speaker.seat, mandate=Mandate.PENDING).select_related("turn__round")
    return list(rows.defer("turn__content").order_by("said_at", "pk"))


def _objections(speaker: Speaker, phone: Phone) -> list[ConsentObjection]:
    if phone.view is None:
        return []
    return [
        one
        for one in phone.view.objections
        if one.seat_id == speaker.seat.pk and ObjectionState(one.state) in OPEN_OBJECTIONS
    ]


def _next(phone: Phone) -> RoundView | None:
    """Another open proposal on which the seat said nothing."""
    waiting = [view for view in phone.views if Act.SPEAK in view.accepts and view.mine and not view.mine[0].voice]
    return next((view for view in waiting if view is not phone.view), None)
