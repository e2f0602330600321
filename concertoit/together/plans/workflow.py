"""The states of a step as one table: from each state, where one may go, and what must be said to enter some of them."""

from __future__ import annotations

from enum import StrEnum

from concertoit.together.plans.rules.document import StepState

TRANSITIONS: dict[StepState, frozenset[StepState]] = {
    StepState.TODO: frozenset({StepState.DOING, StepState.DONE, StepState.BLOCKED, StepState.DROPPED}),
    StepState.DOING: frozenset({StepState.TODO, StepState.DONE, StepState.BLOCKED, StepState.DROPPED}),
    StepState.BLOCKED: frozenset({StepState.TODO, StepState.DOING, StepState.DONE, StepState.DROPPED}),
    # What is done or dropped is reopened first: nobody drops by one click what others said was done.
    StepState.DONE: frozenset({StepState.TODO, StepState.DOING}),
    StepState.DROPPED: frozenset({StepState.TODO, StepState.DOING}),
}

# States that owe an explanation: the reason why it is dropped, the condition that unblocks it.
EXPLAINED: frozenset[StepState] = frozenset({StepState.DROPPED, StepState.BLOCKED})

# States after which nobody waits for anything.
SETTLED: frozenset[StepState] = frozenset({StepState.DONE, StepState.DROPPED})


class Refusal(StrEnum):
    """Why a change of state is refused."""

    CLOSED = "closed"
    NO_REASON = "no_reason"
    NO_CONDITION = "no_condition"


def allowed_from(state: StepState) -> list[StepState]:
    """States one may choose, the present one included, in the order of ``StepState``."""
    return [choice for choice in StepState if choice is state or choice in TRANSITIONS[state]]


def refusal(before: StepState, after: StepState, explanation: str) -> Refusal | None:
    """Why one may not go from a state to another with this explanation; nothing when one may.

    Staying in an explained state is a change of its explanation, which may not become empty either.
    """
    if after is not before and after not in TRANSITIONS[before]:
        return Refusal.CLOSED
    if after in EXPLAINED and not explanation.strip():
        return Refusal.NO_REASON if after is StepState.DROPPED else Refusal.NO_CONDITION
    return None
