"""The acts of an adoption as plain values: what is frozen, shown and exported."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override

from concertoit.ground.core.spoken import date_short
from concertoit.together.decisions.enums import (
    CONSENT_MODE_LABELS,
    CONSENT_STATE_LABELS,
    CONSENT_SUBJECT_LABELS,
    CONSENT_VOICE_LABELS,
    CONSENT_WAY_LABELS,
    MANDATE_LABELS,
    OBJECTION_STATE_LABELS,
    OBJECTION_TARGET_LABELS,
)
from concertoit.together.decisions.models import Adoption, ConsentObjection, ConsentQuestion, MinorCorrection
from concertoit.together.decisions.queries.adoption import PartLine, Progress
from concertoit.together.decisions.queries.consent import SeatLine
from concertoit.together.decisions.rules.consent import (
    Mandate,
    Mode,
    ObjectionState,
    RoundState,
    Subject,
    Target,
    Voice,
    Way,
)


def acts_of(adoption: Adoption, progress: Progress) -> dict[str, Any]:
    """Everything that was proposed, said and decided, in French whatever the interface of who freezes it."""
    session, version = adoption.session, adoption.version
    with override("fr-ca"):
        return {
            "space": session.space.name,
            "plan": adoption.plan.title,
            "version": {"number": adoption.version_number, "sha256": version.sha256 if version else ""},
            "session": session.title,
            "body": str(session.body or ""),
            "mode": str(CONSENT_MODE_LABELS[Mode(session.mode)]),
            "held_on": session.held_on.isoformat() if session.held_on else None,
            "adopted_on": adoption.adopted_on.isoformat() if adoption.adopted_on else None,
            "quorum": {"required": session.quorum, "source": session.quorum_source},
            "parts": [_part(line) for line in progress.lines],
        }


def _part(line: PartLine) -> dict[str, Any]:
    view, count = line.view, line.view.tally
    return {
        "subject": str(CONSENT_SUBJECT_LABELS[Subject(view.round.subject)]),
        "title": view.round.title,
        "text": view.proposal,
        "state": view.state.value,
        "result": str(CONSENT_STATE_LABELS[RoundState(view.round.state)]),
        "conclusion": view.round.conclusion,
        "concluded_on": date_short(view.round.concluded_at.date()) if view.round.concluded_at else "",
        "sha256": line.accepted,
        "turns": [{"number": turn.number, "change": turn.change, "sha256": turn.sha256} for turn in view.turns],
        "count": {
            "seats": count.seats, "present": view.round.present, "consent": count.consent, "reserved": count.reserved,
            "objection": count.objection, "silent": count.silent,
        },
        "voices": [_voice(one) for one in view.lines],
        "questions": [_question(one) for one in view.questions],
        "objections": [_objection(one) for one in view.objections],
        "corrections": [_correction(one) for one in line.corrections],
    }  # fmt: skip


def _voice(line: SeatLine) -> dict[str, Any]:
    voice = line.voice
    if voice is None:
        return {"seat": line.seat.label, "voice": "", "label": "", "way": "", "mandate": ""}
    return {
        "seat": line.seat.label,
        "voice": voice.kind,
        "label": str(CONSENT_VOICE_LABELS[Voice(voice.kind)]),
        "way": str(CONSENT_WAY_LABELS[Way(voice.way)]),
        "mandate": str(MANDATE_LABELS[Mandate(voice.mandate)]),
    }


def _question(one: ConsentQuestion) -> dict[str, Any]:
    return {"seat": one.seat.label, "question": one.body, "answer": one.answer, "turn": one.turn.number}


def _objection(one: ConsentObjection) -> dict[str, Any]:
    return {
        "seat": one.seat.label,
        "target": str(OBJECTION_TARGET_LABELS[Target(one.target)]),
        "item": one.target_label,
        "reason": one.reason,
        "amendment": one.amendment,
        "state": one.state,
        "label": str(OBJECTION_STATE_LABELS[ObjectionState(one.state)]),
        "understood": one.understood,
        "why": one.why,
        "turn": one.turn.number,
        "resolved_turn": one.resolved_turn.number if one.resolved_turn else None,
    }


def _correction(one: MinorCorrection) -> dict[str, Any]:
    return {"note": one.note, "decided_on": one.decided_on.isoformat(), "sha256": one.after_sha256}
