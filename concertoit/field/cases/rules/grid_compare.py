"""Two looks at the same point: better, same, worse, new. What one of them did not check is not compared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from concertoit.field.cases.rules.grading import CHECKED, PROBLEMS, UNCHECKED


class Turn(StrEnum):
    """How a point went from one visit to the next."""

    NEW = "new"
    WORSE = "worse"
    SAME = "same"
    BETTER = "better"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Look:
    """What a visit says of a point."""

    state: str = UNCHECKED
    danger: bool = False
    spread: bool = False

    @property
    def badness(self) -> tuple[bool, int, bool]:
        return self.danger, int(self.state), self.spread


def turn(before: Look, after: Look) -> Turn:
    """How the point went. ``NEW``: a problem that nobody had looked for, or that was fine; ``GONE``: mended."""
    if after.state not in CHECKED:
        return Turn.UNKNOWN
    if before.state not in CHECKED:
        return Turn.NEW if after.state in PROBLEMS else Turn.UNKNOWN
    if before.badness == after.badness:
        return Turn.SAME
    if before.badness < after.badness:
        return Turn.NEW if before.state == "0" else Turn.WORSE
    return Turn.GONE if after.state == "0" and not after.danger else Turn.BETTER
