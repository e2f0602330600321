"""The states of a step."""

from hypothesis import given
from hypothesis import strategies as st

from concertoit.together.plans.rules.document import StepState
from concertoit.together.plans.workflow import EXPLAINED, TRANSITIONS, Refusal, allowed_from, refusal

STATES = st.sampled_from(list(StepState))


def test_every_state_has_a_way_out() -> None:
    assert set(TRANSITIONS) == set(StepState)
    assert all(TRANSITIONS[state] for state in StepState)


def test_dropping_asks_why_and_blocking_asks_what_unblocks() -> None:
    assert refusal(StepState.TODO, StepState.DROPPED, "  ") is Refusal.NO_REASON
    assert refusal(StepState.DOING, StepState.BLOCKED, "") is Refusal.NO_CONDITION
    assert refusal(StepState.DOING, StepState.BLOCKED, "la réponse de la MRC") is None


def test_what_is_done_is_reopened_before_it_is_dropped() -> None:
    assert refusal(StepState.DONE, StepState.DROPPED, "plus utile") is Refusal.CLOSED
    assert refusal(StepState.DONE, StepState.DOING, "") is None


def test_an_explanation_cannot_be_emptied() -> None:
    assert refusal(StepState.BLOCKED, StepState.BLOCKED, "") is Refusal.NO_CONDITION
    assert refusal(StepState.DROPPED, StepState.DROPPED, "autre motif") is None


@given(before=STATES, after=STATES, explanation=st.text(max_size=20))
def test_what_is_offered_is_what_is_accepted(before: StepState, after: StepState, explanation: str) -> None:
    """With a reason, exactly the states offered are accepted; without, exactly those that owe none."""
    accepted = refusal(before, after, explanation) is None
    offered = after in allowed_from(before)
    assert accepted == (offered and (after not in EXPLAINED or bool(explanation.strip())))


@given(before=STATES, after=STATES)
def test_one_can_always_come_back_to_work(before: StepState, after: StepState) -> None:
    """From anywhere, « à faire » is at most one move away."""
    assert StepState.TODO in allowed_from(before)
    assert before in allowed_from(before)
