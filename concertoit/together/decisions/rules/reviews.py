"""Rules of a review: keep, stop or correct each current action, with a reason (« Cesser, Conserver, Corriger »)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What may be said of an action."""

    KEEP = "keep"
    FIX = "fix"
    STOP = "stop"


# Keeping speaks for itself; stopping or correcting what others carry is owed a reason.
EXPLAINED = frozenset({Verdict.FIX, Verdict.STOP})


@dataclass(frozen=True, slots=True)
class Tally:
    """How many voices say what of one action. Voices that say nothing of it are not counted."""

    keep: int = 0
    fix: int = 0
    stop: int = 0

    @property
    def total(self) -> int:
        return self.keep + self.fix + self.stop

    @property
    def unanimous(self) -> Verdict | None:
        """What everybody who spoke says, when they all say the same."""
        said = [verdict for verdict in Verdict if getattr(self, verdict.value)]
        return said[0] if len(said) == 1 else None

    @property
    def divided(self) -> bool:
        """Whether nothing gathers more than half of the voices: worth a talk before the outcome is settled."""
        return self.total > 1 and max(self.keep, self.fix, self.stop) * 2 <= self.total


def tally(verdicts: Iterable[str]) -> Tally:
    """Count verdicts."""
    counts = dict.fromkeys(Verdict, 0)
    for verdict in verdicts:
        counts[Verdict(verdict)] += 1
    return Tally(counts[Verdict.KEEP], counts[Verdict.FIX], counts[Verdict.STOP])


def needs_reason(verdict: str, reason: str) -> bool:
    """Whether a verdict lacks the reason that it is owed."""
    return verdict in EXPLAINED and not reason.strip()
