"""The life of an event and of a need: state → states it may take."""

from typing import Final

EVENTS: Final[dict[str, frozenset[str]]] = {
    "draft": frozenset({"announced"}),
    "announced": frozenset({"draft", "done"}),
    "done": frozenset({"announced"}),
}

NEEDS: Final[dict[str, frozenset[str]]] = {
    "open": frozenset({"planned", "answered", "set_aside"}),
    "planned": frozenset({"open", "answered", "set_aside"}),
    "answered": frozenset({"open"}),
    "set_aside": frozenset({"open"}),
}
# A need set aside says why.
EXPLAINED: Final = frozenset({"set_aside"})


def event_may(state: str, wanted: str) -> bool:
    """Whether an event may pass from one state to another."""
    return wanted in EVENTS[state]


def need_may(state: str, wanted: str) -> bool:
    """Whether a need may pass from one state to another."""
    return wanted in NEEDS[state]
