"""Consent is a process, not a poll (facts, section 4): its codes, who has a voice, when a proposal is adopted.

Proposal → clarifying questions → reactions → consent or objection by organisation → integration → next round → result.
Nobody's silence is consent: who said nothing is counted as silent, whatever the result.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Subject(StrEnum):
    """What a proposal is about. The order is that in which the parts of a plan are adopted (seed 000)."""

    AXIS = "axis"
    REST = "rest"
    BUDGET = "budget"
    FISCAL_AGENT = "fiscal_agent"
    TEXT = "text"


class RoundState(StrEnum):
    """Where a proposal is in the process."""

    PREPARED = "prepared"
    QUESTIONS = "questions"
    REACTIONS = "reactions"
    VOICES = "voices"
    INTEGRATION = "integration"
    ADOPTED = "adopted"
    ADOPTED_OVER = "adopted_over"
    NOT_ADOPTED = "not_adopted"


class Mode(StrEnum):
    """In the room, one proposal at a time; or from afar over some days, by link."""

    ROOM = "room"
    REMOTE = "remote"


class Reaction(StrEnum):
    """What an organisation feels before the consent itself; its words say more."""

    SUPPORT = "support"
    WONDER = "wonder"
    CONCERN = "concern"


class Voice(StrEnum):
    """What an organisation says. ``RESERVED`` is a consent under its board's confirmation."""

    CONSENT = "consent"
    RESERVED = "reserved"
    OBJECTION = "objection"


class Mandate(StrEnum):
    """What the board of an organisation said of a reserved consent."""

    NONE = ""
    PENDING = "pending"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class Way(StrEnum):
    """How a voice reached the record."""

    ACCOUNT = "account"
    LINK = "link"
    ALOUD = "aloud"
    TOUR = "tour"


class Presence(StrEnum):
    """Where an organisation is on the day; unknown until somebody says so or it speaks."""

    UNKNOWN = ""
    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"


class Target(StrEnum):
    """What an objection is about (facts, section 4)."""

    WHOLE = "whole"
    AXIS = "axis"
    ACTION = "action"
    BUDGET = "budget"
    FISCAL_AGENT = "fiscal_agent"


class ObjectionState(StrEnum):
    """The life of an objection (facts, section 4)."""

    RAISED = "raised"
    CLARIFIED = "clarified"
    INTEGRATED = "integrated"
    WITHDRAWN = "withdrawn"
    NOT_RETAINED = "not_retained"


OPEN_OBJECTIONS = frozenset({ObjectionState.RAISED, ObjectionState.CLARIFIED})
CONCLUDED = frozenset({RoundState.ADOPTED, RoundState.ADOPTED_OVER, RoundState.NOT_ADOPTED})
SETTLED = frozenset({RoundState.ADOPTED, RoundState.ADOPTED_OVER})


class Refusal(StrEnum):
    """Why a proposal cannot be adopted as things stand."""

    OPEN_OBJECTION = "open_objection"
    NO_QUORUM = "no_quorum"
    NO_VOICE = "no_voice"


@dataclass(frozen=True, slots=True)
class Said:
    """One seat in one round: what it said (nothing when it is silent), its mandate, whether it was there."""

    voice: Voice | None = None
    mandate: Mandate = Mandate.NONE
    presence: Presence = Presence.UNKNOWN

    @property
    def counted_present(self) -> bool:
        """Who spoke was there, from the room or from afar."""
        return self.voice is not None or self.presence is Presence.PRESENT


@dataclass(slots=True)
class Tally:
    """Seats by what they said; the denominator is all seats called."""

    seats: int = 0
    consent: int = 0
    reserved: int = 0
    objection: int = 0
    silent: int = 0
    silent_present: int = 0
    present: int = 0
    pending: int = 0
    declined: int = 0
    quorum: int | None = None

    @property
    def said(self) -> int:
        return self.seats - self.silent

    @property
    def quorum_reached(self) -> bool:
        """True too where no quorum was fixed: the page says which."""
        return self.quorum is None or self.present >= self.quorum


def tally(said: Iterable[Said], quorum: int | None) -> Tally:
    """Count the seats of a round. A reserved consent that its board declined is no longer a consent."""
    count = Tally(quorum=quorum)
    for one in said:
        count.seats += 1
        count.present += one.counted_present
        count.pending += one.mandate is Mandate.PENDING
        count.declined += one.mandate is Mandate.DECLINED
        if one.voice is None:
            count.silent += 1
            count.silent_present += one.presence is Presence.PRESENT
        elif one.mandate is Mandate.DECLINED or one.voice is Voice.OBJECTION:
            count.objection += 1
        elif one.voice is Voice.RESERVED and one.mandate is not Mandate.CONFIRMED:
            count.reserved += 1
        else:
            count.consent += 1
    return count


def obstacles(count: Tally, objections: Iterable[ObjectionState]) -> list[Refusal]:
    """Everything that keeps a proposal from being adopted now, all at once."""
    found = []
    if any(state in OPEN_OBJECTIONS for state in objections):
        found.append(Refusal.OPEN_OBJECTION)
    if not count.quorum_reached:
        found.append(Refusal.NO_QUORUM)
    if not count.consent + count.reserved:
        found.append(Refusal.NO_VOICE)
    return found


def result(objections: Iterable[ObjectionState]) -> RoundState:
    """Adopted by consent, or over objections that were not retained."""
    kept_out = any(state is ObjectionState.NOT_RETAINED for state in objections)
    return RoundState.ADOPTED_OVER if kept_out else RoundState.ADOPTED


@dataclass(frozen=True, slots=True)
class Member:
    """A participation that may have a voice: of an organisation, or of a person who sits in their own name."""

    membership: int
    organisation: int | None
    label: str
    email: str = ""


@dataclass(slots=True)
class Called:
    """A seat to open: one per organisation, or one for a person without any."""

    organisation: int | None
    membership: int
    label: str
    emails: list[str] = field(default_factory=list)


def seats_of(members: Iterable[Member]) -> list[Called]:
    """One voice per organisation, however many people it sends; who sits in their own name has theirs."""
    seats: dict[tuple[str, int], Called] = {}
    for one in members:
        key = ("organisation", one.organisation) if one.organisation else ("membership", one.membership)
        seat = seats.setdefault(key, Called(one.organisation, one.membership, one.label))
        if one.email:
            seat.emails.append(one.email)
    return list(seats.values())


# How many days before the last day reminders leave, to those who said nothing: parameters of ours.
REMIND_BEFORE = (3, 1)


def reminder_due(answer_by: date | None, today: date, last: date | None) -> bool:
    """Whether a reminder leaves today for a proposal with a last day; at most one a day."""
    if answer_by is None or last == today:
        return False
    return (answer_by - today).days in REMIND_BEFORE


def still_time(answer_by: date | None, today: date) -> bool:
    """Whether one may still answer: through the last day, included."""
    return answer_by is None or today <= answer_by
