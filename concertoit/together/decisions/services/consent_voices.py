"""What organisations say of a proposal: questions, reactions, consent or objection, their board's answer.

One voice per organisation: whoever speaks for it, from an account or by its link, writes the same row. The facilitation
answers questions and notes what is said aloud in the room; it says so on the row, and the organisation may correct it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible, must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.enums import CONSENT_VOICE_LABELS
from concertoit.together.decisions.models import (
    ConsentQuestion,
    ConsentReaction,
    ConsentRound,
    ConsentSeat,
    ConsentTurn,
    ConsentVoice,
)
from concertoit.together.decisions.notifications import consent as notifications
from concertoit.together.decisions.policies import speaks_for
from concertoit.together.decisions.rules.consent import (
    Mandate,
    Presence,
    Reaction,
    RoundState,
    Target,
    Voice,
    Way,
    still_time,
)
from concertoit.together.decisions.services import consent_objections as objections
from concertoit.together.decisions.services.consent_rounds import hold, locked
from concertoit.together.decisions.services.consent_sessions import journal, seat_behind
from concertoit.together.decisions.workflow.consent import ACCEPTS, Act

NOT_NOW = gettext_lazy("La proposition n’en est pas à cette étape. Rechargez la page pour voir où elle en est.")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks for a seat: through an account (``user``), or by the seat's link."""

    seat: ConsentSeat
    way: Way
    user: Any = None


@dataclass(frozen=True, slots=True)
class Objection:
    """What an objection says when it is raised."""

    reason: str
    amendment: str = ""
    target: Target = Target.WHOLE
    item_id: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a seat says: its voice, its objection when it has one."""

    voice: Voice
    objection: Objection = field(default_factory=lambda: Objection(""))


def as_member(viewer: Viewer, seat_id: int) -> Speaker:
    """The viewer, for a seat that is theirs. Raises ``NotVisible`` for another démarche's, ``NotAllowed`` for others'."""
    seat = must_exist(ConsentSeat.objects.select_related("session").filter(space=viewer.space, pk=seat_id).first())
    if not speaks_for(viewer, seat):
        raise NotAllowed("")
    return Speaker(seat, Way.ACCOUNT, viewer.user)


def by_link(token: str) -> Speaker:
    """Whoever holds a seat's link. Raises ``NotVisible`` for a link that is none of ours."""
    return Speaker(seat_behind(token), Way.LINK)


def _accepting(speaker: Speaker, round_id: int, act: Act) -> tuple[ConsentRound, ConsentTurn]:
    """The proposal and its present round, held, when it accepts this act. Raises ``DomainError`` otherwise."""
    row = hold(round_id, space_id=speaker.seat.space_id)
    if row.session_id != speaker.seat.session_id:
        raise NotVisible("")
    if row.session.closed_at or act not in ACCEPTS[RoundState(row.state)]:
        raise DomainError(NOT_NOW)
    if not still_time(row.answer_by, timezone.localdate()):
        raise DomainError(_("Le dernier jour pour répondre est passé. Écrivez à la coordination."))
    return row, present_turn(row)


def present_turn(row: ConsentRound) -> ConsentTurn:
    """The round a proposal is in."""
    return ConsentTurn.objects.filter(round=row).order_by("-number")[0]


@transaction.atomic
def ask(*, speaker: Speaker, round_id: int, body: str) -> ConsentQuestion:
    """Ask a clarifying question. Raises ``DomainError`` for an empty one."""
    row, turn = _accepting(speaker, round_id, Act.ASK)
    if not body.strip():
        raise DomainError(_("Écrivez votre question."), field="question")
    question = ConsentQuestion.objects.create(
        space_id=row.space_id, turn=turn, seat=speaker.seat, body=body.strip(), asked_by=speaker.user,
        asked_at=timezone.now(),
    )  # fmt: skip
    journal(speaker.user, "consent.asked", row, after={"question": question.body, "seat": speaker.seat.label})
    notifications.question_asked(round=row, question=question, actor=speaker.user)
    return question


@transaction.atomic
def answer(*, viewer: Viewer, question_id: int, body: str) -> ConsentQuestion:
    """Answer a clarifying question, before everybody. Raises ``DomainError`` for an empty answer."""
    viewer.must("consent.facilitate")
    question = must_exist(
        ConsentQuestion.objects.select_related("turn__round__session", "seat")
        .filter(space=viewer.space, pk=question_id)
        .first()
    )
    if not body.strip():
        raise DomainError(_("Écrivez la réponse."), field="answer")
    question.answer, question.answered_by, question.answered_at = body.strip(), viewer.user, timezone.now()
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    row = question.turn.round
    journal(viewer.user, "consent.answered", row, after={"question": question.body, "answer": question.answer})
    notifications.question_answered(round=row, question=question, actor=viewer.user)
    return question


@transaction.atomic
def react(*, speaker: Speaker, round_id: int, kind: Reaction, body: str = "") -> ConsentReaction:
    """Say what an organisation feels of a proposal; a new reaction takes the place of the one before."""
    row, turn = _accepting(speaker, round_id, Act.REACT)
    reaction, _new = ConsentReaction.objects.update_or_create(
        turn=turn,
        seat=speaker.seat,
        defaults={"space_id": row.space_id, "kind": kind, "body": body.strip(), "said_at": timezone.now()},
    )
    journal(speaker.user, "consent.reacted", row, after={"reaction": kind, "seat": speaker.seat.label})
    return reaction


@transaction.atomic
def speak(*, speaker: Speaker, round_id: int, said: Said) -> ConsentVoice:
    """Consent, under one's board's reserve or not, or object. Until the round ends, a new voice takes the place of the
    one before; consenting then withdraws one's own objections.

    Raises ``DomainError`` when the proposal is not at that step, or for an objection without a reason.
    """
    row, turn = _accepting(speaker, round_id, Act.SPEAK)
    if said.voice is Voice.OBJECTION:
        objections.raise_one(
            row=row, turn=turn, seat=speaker.seat, user=speaker.user, reason=said.objection.reason,
            amendment=said.objection.amendment, target=said.objection.target, item_id=said.objection.item_id,
        )  # fmt: skip
    else:
        objections.withdraw_own(row=row, seat=speaker.seat, user=speaker.user)
    voice = _write(row, turn, speaker.seat, said.voice, speaker.way, speaker.user)
    verb = "consent.voice" if speaker.way is Way.ACCOUNT else "consent.voice_by_link"
    _tell(row, voice, verb, speaker.user)
    return voice


def _write(row: ConsentRound, turn: ConsentTurn, seat: ConsentSeat, kind: Voice, way: Way, user: Any) -> ConsentVoice:
    """The one row of a seat in a round. A board that confirmed is not asked again for the same consent."""
    seat = ConsentSeat.objects.select_for_update().get(pk=seat.pk)  # two people of an organisation at once: one row
    before = ConsentVoice.objects.filter(turn=turn, seat=seat).first()
    mandate = Mandate.PENDING if kind is Voice.RESERVED else Mandate.NONE
    if before and before.kind == kind:
        mandate = Mandate(before.mandate)
    voice, _new = ConsentVoice.objects.update_or_create(
        turn=turn,
        seat=seat,
        defaults={
            "space_id": row.space_id, "kind": kind, "way": way, "said_by": user, "said_at": timezone.now(),
            "mandate": mandate,
        },
    )  # fmt: skip
    if seat.presence != Presence.PRESENT:
        seat.presence = Presence.PRESENT
        seat.save(update_fields=["presence", "updated_at"])
    return voice


def _tell(row: ConsentRound, voice: ConsentVoice, verb: str, user: Any) -> None:
    label = str(CONSENT_VOICE_LABELS[Voice(voice.kind)])
    journal(
        user, verb, row, after={"voice": voice.kind, "seat": voice.seat.label}, note=f"{voice.seat.label} : {label}"
    )


@transaction.atomic
def note_aloud(*, viewer: Viewer, round_id: int, seat_id: int, said: Said) -> ConsentVoice:
    """Note what an organisation of the room says aloud; the row says that the facilitation noted it.

    Raises ``DomainError`` where the organisation has spoken for itself: it alone changes that.
    """
    viewer.must("consent.facilitate")
    row = locked(viewer, round_id)
    if Act.SPEAK not in ACCEPTS[RoundState(row.state)]:
        raise DomainError(_("La proposition n’en est pas au consentement."))
    seat = must_exist(ConsentSeat.objects.filter(session=row.session, pk=seat_id).first())
    turn = present_turn(row)
    own = ConsentVoice.objects.filter(turn=turn, seat=seat, way__in=[Way.ACCOUNT, Way.LINK])
    if own.exists():
        raise DomainError(
            _("« %(who)s » s’est prononcé lui-même : lui seul peut changer sa voix.") % {"who": seat.label}
        )
    if said.voice is Voice.OBJECTION:
        objections.raise_one(
            row=row, turn=turn, seat=seat, user=viewer.user, reason=said.objection.reason,
            amendment=said.objection.amendment, target=said.objection.target, item_id=said.objection.item_id,
        )  # fmt: skip
    else:
        objections.withdraw_own(row=row, seat=seat, user=viewer.user)
    voice = _write(row, turn, seat, said.voice, Way.ALOUD, viewer.user)
    _tell(row, voice, "consent.voice_noted", viewer.user)
    return voice


@transaction.atomic
def note_tour(*, viewer: Viewer, round_id: int) -> int:
    """After going round the table: note the consent of those present who object to nothing; answers how many.

    Who is not marked present stays silent.
    """
    viewer.must("consent.facilitate")
    row = locked(viewer, round_id)
    if Act.SPEAK not in ACCEPTS[RoundState(row.state)]:
        raise DomainError(_("La proposition n’en est pas au consentement."))
    turn = present_turn(row)
    spoken = ConsentVoice.objects.filter(turn=turn).values("seat_id")
    objecting = row.objections.filter(state__in=["raised", "clarified"]).values("seat_id")
    here = ConsentSeat.objects.select_for_update().filter(session=row.session, presence=Presence.PRESENT)
    seats = list(here.exclude(pk__in=spoken).exclude(pk__in=objecting).order_by("pk"))
    for seat in seats:
        _write(row, turn, seat, Voice.CONSENT, Way.TOUR, viewer.user)
    if seats:
        label = str(CONSENT_VOICE_LABELS[Voice.CONSENT])
        names = ", ".join(seat.label for seat in seats)
        journal(viewer.user, "consent.voice_noted", row, after={"seats": names}, note=f"{label} ({len(seats)})")
    return len(seats)
