"""Progress: computed from steps, with its parts and its denominator always at hand.

Dropped steps leave the denominator (nobody waits for them), but stay counted apart so that the page can say so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from concertoit.together.plans.rules.document import StepState


@dataclass(frozen=True, slots=True)
class Progress:
    """How many steps stand where. ``late`` counts steps neither done nor dropped whose due date has passed."""

    done: int = 0
    doing: int = 0
    todo: int = 0
    blocked: int = 0
    dropped: int = 0
    late: int = 0

    @property
    def total(self) -> int:
        """The denominator: every step that is still meant to be done, or is done."""
        return self.done + self.doing + self.todo + self.blocked

    @property
    def percent_done(self) -> int:
        """Whole percent, rounded down: 100 only when everything is done."""
        return self.done * 100 // self.total if self.total else 0

    def share(self, count: int) -> float:
        """Share of a part in the denominator, in percent, for drawing."""
        return count * 100 / self.total if self.total else 0.0

    def __add__(self, other: Progress) -> Progress:
        return Progress(
            self.done + other.done,
            self.doing + other.doing,
            self.todo + other.todo,
            self.blocked + other.blocked,
            self.dropped + other.dropped,
            self.late + other.late,
        )


def tally(states: Iterable[tuple[StepState, int, int]]) -> Progress:
    """Progress from (state, number of steps, number of them past their due date)."""
    counts = dict.fromkeys(StepState, 0)
    late = 0
    for state, number, past_due in states:
        counts[state] += number
        if state not in (StepState.DONE, StepState.DROPPED):
            late += past_due
    return Progress(
        done=counts[StepState.DONE],
        doing=counts[StepState.DOING],
        todo=counts[StepState.TODO],
        blocked=counts[StepState.BLOCKED],
        dropped=counts[StepState.DROPPED],
        late=late,
    )
