"""How options that a rule finds equal are told apart, always the same way for the same ballots and the same seed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256

Number = int | Fraction

CODE_VERSION = "1"
"""Raised when a rule, a tie-break or a default changes what it answers; stored with every result."""


class Last(StrEnum):
    """What decides when every criterion left a tie."""

    FILE = "file"  # the order in which the options were given
    LEXICO = "lexico"  # the text of their ids, as pabutools does
    LOT = "lot"  # a draw that anyone can repeat from its seed


@dataclass(frozen=True, slots=True)
class TieBreak:
    """Criteria asked in turn, then a last word. Criteria: ``cost`` (lower first), ``votes`` (more voters first).

    The default is that of equalshares.net (Peters and Skowron, "How to break ties?"): lower cost, then more votes. Where
    they would draw by lot, the order of the options decides unless a ``seed`` is given.
    """

    criteria: tuple[str, ...] = ("cost", "votes")
    last: Last = Last.FILE
    seed: str = ""

    def order(
        self,
        options: Iterable[str],
        costs: Mapping[str, Number] | None = None,
        votes: Mapping[str, Number] | None = None,
    ) -> list[str]:
        """All options, the preferred first. A criterion whose figures are not given decides nothing."""
        last = self._last(list(options))
        figures = {"cost": (costs, 1), "votes": (votes, -1)}

        def key(option: str) -> tuple[Number, ...]:
            asked = [figures[name] for name in self.criteria]
            return (*(sign * table[option] for table, sign in asked if table is not None), last[option])

        return sorted(last, key=key)

    def _last(self, options: Sequence[str]) -> dict[str, int]:
        if self.last is Last.LOT:
            options = sorted(options, key=lambda option: (_drawn(self.seed, option), option))
        elif self.last is Last.LEXICO:
            options = sorted(options)
        return {option: position for position, option in enumerate(options)}

    def described(self) -> dict[str, object]:
        """The choice in words that can be stored and read back."""
        return {"tie_break": [*self.criteria, str(self.last)], "seed": self.seed if self.last is Last.LOT else None}


def _drawn(seed: str, option: str) -> str:
    """SHA-256 of ``seed`` and id, in hexadecimal: the smallest is drawn first, whatever the order of the options."""
    return sha256(f"{seed}\n{option}".encode()).hexdigest()
