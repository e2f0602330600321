"""The process of consent as tables: from each state of a proposal, and of an objection, where one may go and by whom."""

from __future__ import annotations

from enum import StrEnum

from concertoit.together.decisions.rules.consent import ObjectionState, RoundState

S, O = RoundState, ObjectionState  # noqa: E741 - two columns of short names make the tables readable

# A proposal. Only the facilitation moves it. « Integration » is where objections wait for an amendment: leaving it
# towards questions, reactions or voices opens the next round on what was amended. What is concluded opens again only by
# a new round: because the text it was about has changed, or a board declined.
ROUND: dict[RoundState, frozenset[RoundState]] = {
    S.PREPARED: frozenset({S.QUESTIONS, S.REACTIONS, S.VOICES}),
    S.QUESTIONS: frozenset({S.REACTIONS, S.VOICES, S.NOT_ADOPTED}),
    S.REACTIONS: frozenset({S.QUESTIONS, S.VOICES, S.NOT_ADOPTED}),
    S.VOICES: frozenset({S.QUESTIONS, S.REACTIONS, S.INTEGRATION, S.ADOPTED, S.ADOPTED_OVER, S.NOT_ADOPTED}),
    S.INTEGRATION: frozenset({S.QUESTIONS, S.VOICES, S.ADOPTED, S.ADOPTED_OVER, S.NOT_ADOPTED}),
    S.ADOPTED: frozenset({S.QUESTIONS, S.VOICES}),
    S.ADOPTED_OVER: frozenset({S.QUESTIONS, S.VOICES}),
    S.NOT_ADOPTED: frozenset({S.QUESTIONS, S.VOICES}),
}

# Leaving these for a state where people speak opens the next round.
NEXT_ROUND_FROM = frozenset({S.INTEGRATION, S.ADOPTED, S.ADOPTED_OVER, S.NOT_ADOPTED})


class Act(StrEnum):
    """What an organisation may do."""

    ASK = "ask"
    REACT = "react"
    SPEAK = "speak"


# What people may do in each state: who did not ask in time may still ask, never the reverse.
ACCEPTS: dict[RoundState, frozenset[Act]] = {
    S.PREPARED: frozenset(),
    S.QUESTIONS: frozenset({Act.ASK}),
    S.REACTIONS: frozenset({Act.ASK, Act.REACT}),
    S.VOICES: frozenset({Act.ASK, Act.REACT, Act.SPEAK}),
    S.INTEGRATION: frozenset(),
    S.ADOPTED: frozenset(),
    S.ADOPTED_OVER: frozenset(),
    S.NOT_ADOPTED: frozenset(),
}

OPEN = frozenset(state for state, acts in ACCEPTS.items() if acts)
UNDER_WAY = OPEN | {S.INTEGRATION}

# An objection. Its author withdraws it; the facilitation clarifies it, integrates it by an amendment, or does not retain
# it and says why. What is settled stays settled: an organisation that still objects raises another one.
OBJECTION: dict[ObjectionState, frozenset[ObjectionState]] = {
    O.RAISED: frozenset({O.CLARIFIED, O.INTEGRATED, O.WITHDRAWN, O.NOT_RETAINED}),
    O.CLARIFIED: frozenset({O.INTEGRATED, O.WITHDRAWN, O.NOT_RETAINED}),
    O.INTEGRATED: frozenset(),
    O.WITHDRAWN: frozenset(),
    O.NOT_RETAINED: frozenset({O.CLARIFIED}),
}

# States of an objection that owe words: what was understood, or why it is not retained.
EXPLAINED = frozenset({O.CLARIFIED, O.NOT_RETAINED})


def may_go(before: RoundState, after: RoundState) -> bool:
    """Whether a proposal may go from a state to another."""
    return after in ROUND[before]


def opens_next_round(before: RoundState, after: RoundState) -> bool:
    """Whether this move opens the next round on the proposal as it is now."""
    return before in NEXT_ROUND_FROM and after in OPEN


def steps_from(state: RoundState) -> list[RoundState]:
    """Open states one may go to, in the order of the process."""
    return [after for after in RoundState if after in ROUND[state] and after in OPEN]


def objection_may_go(before: ObjectionState, after: ObjectionState) -> bool:
    """Whether an objection may go from a state to another."""
    return after in OBJECTION[before]
