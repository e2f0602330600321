"""The life of a survey: state → states it may take."""

from typing import Final

TRANSITIONS: Final[dict[str, frozenset[str]]] = {
    "draft": frozenset({"open"}),
    "open": frozenset({"closed"}),
    "closed": frozenset({"open"}),  # the last day was too early, a paper answer is found
}


def allowed(state: str, wanted: str) -> bool:
    """Whether a survey may pass from one state to another."""
    return wanted in TRANSITIONS[state]
