"""The life of a committee: announced by the plan, formed, ended; and taken up again if need be."""

from __future__ import annotations

TO_FORM, ACTIVE, CLOSED = "to_form", "active", "closed"

# state → states one may go to
COMMITTEE: dict[str, tuple[str, ...]] = {
    TO_FORM: (ACTIVE, CLOSED),
    ACTIVE: (CLOSED,),
    CLOSED: (ACTIVE,),
}


def allowed(state: str, wanted: str) -> bool:
    """Whether a committee may go from one state to another."""
    return wanted in COMMITTEE[state]
