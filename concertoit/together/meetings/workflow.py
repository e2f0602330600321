"""The life of a meeting as one table: from each state, where one may go."""

from __future__ import annotations

PREPARED, CONVENED, OPEN, CLOSED, CANCELLED = "prepared", "convened", "open", "closed", "cancelled"

MEETING: dict[str, tuple[str, ...]] = {
    # A committee that meets in the corridor opens its meeting without convening anybody.
    PREPARED: (CONVENED, OPEN, CANCELLED),
    CONVENED: (OPEN, CANCELLED),
    OPEN: (CLOSED,),
    # Closed too early: it is opened again, and its minutes are another version.
    CLOSED: (OPEN,),
    CANCELLED: (PREPARED,),
}

# A meeting in one of these states no longer follows its series: what people were told, or lived, stays as it was.
SETTLED = frozenset({CONVENED, OPEN, CLOSED, CANCELLED})
# States in which the agenda is still being written, and those in which a meeting is still to come.
WRITABLE = frozenset({PREPARED, CONVENED, OPEN})
COMING = frozenset({PREPARED, CONVENED, OPEN})


def allowed(state: str, wanted: str) -> bool:
    """Whether a meeting may go from one state to another."""
    return wanted in MEETING[state]
