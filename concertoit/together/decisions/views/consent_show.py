"""What pages of consent show: where a proposal stands, what a part of the plan says, who said what."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from concertoit.ground.core.spoken import date_short
from concertoit.together.decisions.enums import (
    CONSENT_REACTION_LABELS,
    CONSENT_STATE_LABELS,
    CONSENT_SUBJECT_LABELS,
    CONSENT_VOICE_LABELS,
    CONSENT_WAY_LABELS,
    MANDATE_LABELS,
    OBJECTION_STATE_LABELS,
    OBJECTION_TARGET_LABELS,
    PRESENCE_LABELS,
)
from concertoit.together.decisions.models import ConsentRound
from concertoit.together.decisions.queries.consent import RoundView, SeatLine
from concertoit.together.decisions.rules.consent import (
    CONCLUDED,
    ObjectionState,
    Reaction,
    RoundState,
    Subject,
    Voice,
)
from concertoit.together.plans.rules.document import ActorRole, Node
from concertoit.together.plans.rules.snapshot import read_canonical

STATE_LOOKS: dict[RoundState, tuple[str, str]] = {
    RoundState.PREPARED: ("neutral", "hourglass"),
    RoundState.QUESTIONS: ("sky", "question-circle"),
    RoundState.REACTIONS: ("sky", "chat-left-text"),
    RoundState.VOICES: ("brick", "hand-index-thumb"),
    RoundState.INTEGRATION: ("sun", "pencil"),
    RoundState.ADOPTED: ("ok", "check2-circle"),
    RoundState.ADOPTED_OVER: ("ok", "check2-circle"),
    RoundState.NOT_ADOPTED: ("neutral", "slash-circle"),
}
VOICE_LOOKS: dict[str, tuple[str, str]] = {
    Voice.CONSENT: ("ok", "check-lg"),
    Voice.RESERVED: ("sun", "hourglass-split"),
    Voice.OBJECTION: ("late", "exclamation-octagon"),
    "": ("neutral", "circle"),
}
REACTION_LOOKS: dict[str, tuple[str, str]] = {
    Reaction.SUPPORT: ("done", "hand-thumbs-up"),
    Reaction.WONDER: ("doing", "question-circle"),
    Reaction.CONCERN: ("blocked", "exclamation-triangle"),
}
OBJECTION_LOOKS: dict[str, tuple[str, str]] = {
    ObjectionState.RAISED: ("late", "exclamation-octagon"),
    ObjectionState.CLARIFIED: ("sun", "chat-left-text"),
    ObjectionState.INTEGRATED: ("ok", "check-lg"),
    ObjectionState.WITHDRAWN: ("neutral", "arrow-counterclockwise"),
    ObjectionState.NOT_RETAINED: ("neutral", "slash-circle"),
}


def labels() -> dict[str, Any]:
    """Labels and looks of codes, for templates."""
    return {
        "subject_labels": {code.value: label for code, label in CONSENT_SUBJECT_LABELS.items()},
        "state_labels": {code.value: label for code, label in CONSENT_STATE_LABELS.items()},
        "state_looks": {code.value: look for code, look in STATE_LOOKS.items()},
        "voice_labels": {code.value: label for code, label in CONSENT_VOICE_LABELS.items()},
        "voice_looks": {str(code): look for code, look in VOICE_LOOKS.items()},
        "way_labels": {code.value: label for code, label in CONSENT_WAY_LABELS.items()},
        "mandate_labels": {code.value: label for code, label in MANDATE_LABELS.items()},
        "reaction_labels": {code.value: label for code, label in CONSENT_REACTION_LABELS.items()},
        "reaction_looks": {str(code): look for code, look in REACTION_LOOKS.items()},
        "objection_labels": {code.value: label for code, label in OBJECTION_STATE_LABELS.items()},
        "objection_looks": {str(code): look for code, look in OBJECTION_LOOKS.items()},
        "target_labels": {code.value: label for code, label in OBJECTION_TARGET_LABELS.items()},
        "presence_labels": {code.value: label for code, label in PRESENCE_LABELS.items()},
    }


@dataclass(slots=True)
class Content:
    """What a part of the plan says: a tree of words, rows of amounts, or rows of fiscal agents."""

    roots: list[Node] = field(default_factory=list)
    amounts: list[Node] = field(default_factory=list)
    agents: list[tuple[Node, list[str]]] = field(default_factory=list)
    total: Decimal = Decimal("0.00")

    def __bool__(self) -> bool:
        return bool(self.roots or self.amounts or self.agents)


def content(subject: str, text: str) -> Content:
    """The kept content of a turn, ready to show; nothing for a proposal in words."""
    if not text:
        return Content()
    document = read_canonical(text)
    if subject == Subject.BUDGET:
        return Content(amounts=document.roots, total=_total(document.roots))
    if subject == Subject.FISCAL_AGENT:
        return Content(agents=[(node, _agents(node)) for node in document.roots])
    return Content(roots=document.roots)


def _total(nodes: list[Node]) -> Decimal:
    """Each amount once: what a parent states stands for what is under it, as in the plan's own total."""
    codes = {node.canonical for node in nodes if node.budget is not None}

    def under_another(node: Node) -> bool:
        parts = node.canonical.split(".")
        return any(".".join(parts[:depth]) in codes for depth in range(1, len(parts)))

    return sum((node.budget for node in nodes if node.budget is not None and not under_another(node)), Decimal("0.00"))


def _agents(node: Node) -> list[str]:
    names = [actor.name for actor in node.actors if actor.role is ActorRole.FISCAL_AGENT]
    return list(dict.fromkeys([*names, *(line.fiscal_agent for line in node.budget_lines if line.fiscal_agent)]))


def items_of(shown: Content) -> list[tuple[str, str]]:
    """Elements an objection may be about: (uid, label); axes and objectives are not acted upon."""
    nodes = [node for root in shown.roots for node in root.walk() if node.kind in ("action", "outcome")]
    nodes += [*shown.amounts, *(node for node, _names in shown.agents)]
    return [(node.id, f"{node.written or node.canonical} {node.title}".strip()[:160]) for node in nodes]


def stepper(view: RoundView) -> list[dict[str, Any]]:
    """The process of a proposal as steps."""
    order = [
        (RoundState.PREPARED, _("Proposition")),
        (RoundState.QUESTIONS, CONSENT_STATE_LABELS[RoundState.QUESTIONS]),
        (RoundState.REACTIONS, CONSENT_STATE_LABELS[RoundState.REACTIONS]),
        (RoundState.VOICES, CONSENT_STATE_LABELS[RoundState.VOICES]),
        (RoundState.INTEGRATION, CONSENT_STATE_LABELS[RoundState.INTEGRATION]),
    ]
    places = [state for state, _label in order]
    here = places.index(view.state) if view.state in places else len(places)
    steps: list[dict[str, Any]] = []
    for place, (state, label) in enumerate(order):
        done = place < here
        used = state is not RoundState.INTEGRATION or len(view.turns) > 1 or view.state is state
        mark = "now" if place == here else "done" if done and used else "skipped" if done else "next"
        steps.append({"label": label, "state": mark})
    concluded = view.state in CONCLUDED
    last = {
        "label": CONSENT_STATE_LABELS[view.state] if concluded else _("Résultat"),
        "state": "done" if concluded else "next",
    }
    if view.round.concluded_at:
        last["date"] = date_short(view.round.concluded_at.date())
    return [*steps, last]


def reaction_bar(view: RoundView) -> list[dict[str, Any]]:
    """Reactions by kind, and those who said nothing, for the bar; shares are of all seats."""
    said = Counter(line.reaction.kind for line in view.lines if line.reaction)
    return [
        {"label": CONSENT_REACTION_LABELS[kind], "value": said[kind.value], "tone": REACTION_LOOKS[kind][0]}
        for kind in Reaction
    ]


def voice_bar(view: RoundView) -> list[dict[str, Any]]:
    """Voices of the round for the bar: silence is shown as silence."""
    count = view.tally
    return [
        {"label": _("consentent"), "value": count.consent, "tone": "done"},
        {"label": _("sous réserve de leur CA"), "value": count.reserved, "tone": "doing"},
        {"label": _("objectent"), "value": count.objection, "tone": "late"},
        {"label": _("silence"), "value": count.silent, "tone": "silent"},
    ]


def tag_of(round: ConsentRound) -> dict[str, str]:
    """The state of a proposal as a tag."""
    state = RoundState(round.state)
    tone, icon = STATE_LOOKS[state]
    return {"text": str(CONSENT_STATE_LABELS[state]), "tone": tone, "icon": icon}


def quorum_words(view: RoundView) -> str:
    """The quorum in words, as it is now or as it was recorded."""
    session, count = view.session, view.tally
    present = view.round.present if view.round.present is not None else count.present
    if session.quorum is None:
        return _("%(present)s voix présentes sur %(seats)s; aucun quorum n’est fixé") % {
            "present": present, "seats": count.seats,
        }  # fmt: skip
    words = _("%(present)s voix présentes sur %(seats)s; quorum de %(quorum)s, %(reached)s") % {
        "present": present,
        "seats": count.seats,
        "quorum": session.quorum,
        "reached": _("atteint") if present >= session.quorum else _("non atteint"),
    }
    return f"{words} ({session.quorum_source})" if session.quorum_source else words


def sorted_lines(view: RoundView) -> list[SeatLine]:
    """Seats with objections first, then reserves, consents, silence: what must be heard is on top."""
    order = {Voice.OBJECTION.value: 0, Voice.RESERVED.value: 1, Voice.CONSENT.value: 2, "": 3}
    return sorted(view.lines, key=lambda ln: (order[ln.voice.kind if ln.voice else ""], ln.seat.position, ln.seat.pk))
