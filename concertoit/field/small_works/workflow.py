"""Where a request may go, by whom: one table."""

from __future__ import annotations

# state → the states it may take. « team »: the field team; « handyperson »: who does the works, by their personal link.
MOVES: dict[str, dict[str, str]] = {
    "received": {"accepted": "team", "refused": "team", "cancelled": "team"},
    "accepted": {"matched": "team", "refused": "team", "cancelled": "team"},
    "matched": {"planned": "handyperson", "accepted": "handyperson", "cancelled": "team"},
    "planned": {"done": "handyperson", "accepted": "handyperson", "matched": "team", "cancelled": "team"},
    "done": {"followed": "team", "accepted": "team"},
    "followed": {"accepted": "team"},
    "refused": {"accepted": "team"},
    "cancelled": {"accepted": "team"},
}
# What must be explained in words.
WITH_REASON = frozenset({"refused", "cancelled"})


def may_move(state: str, to: str, *, handyperson: bool = False) -> bool:
    """Whether a request may go from a state to another. The team may all that a handyperson may: they phone."""
    by = MOVES.get(state, {}).get(to)
    return by is not None and (by == "handyperson" or not handyperson)
