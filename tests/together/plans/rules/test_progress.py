"""Progress adds up, and always knows its denominator."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from concertoit.together.plans.rules.document import StepState
from concertoit.together.plans.rules.progress import Progress, tally

COUNTS = st.integers(0, 50)
PARTS = st.lists(st.tuples(st.sampled_from(StepState), COUNTS, COUNTS), max_size=12)


@given(parts=PARTS, more=PARTS)
def test_the_sum_of_two_is_the_tally_of_both(parts: list, more: list) -> None:
    assert tally(parts) + tally(more) == tally([*parts, *more])


@given(parts=PARTS)
def test_every_step_is_counted_once(parts: list) -> None:
    progress = tally(parts)
    assert progress.total + progress.dropped == sum(number for _state, number, _late in parts)
    shares = [progress.done, progress.doing, progress.todo, progress.blocked]
    assert 0 <= sum(progress.share(share) for share in shares) <= 100.0001


@given(parts=PARTS)
def test_a_hundred_only_when_everything_is_done(parts: list) -> None:
    progress = tally(parts)
    assert (progress.percent_done == 100) == (progress.total > 0 and progress.done == progress.total)


def test_what_is_dropped_is_not_waited_for_and_what_is_settled_is_not_late() -> None:
    progress = tally([(StepState.DONE, 2, 2), (StepState.DROPPED, 3, 3), (StepState.BLOCKED, 1, 1)])
    assert (progress.total, progress.dropped, progress.late, progress.percent_done) == (3, 3, 1, 66)


def test_nothing_to_do_is_nothing_done() -> None:
    assert (Progress().percent_done, Progress().share(0)) == (0, 0.0)
