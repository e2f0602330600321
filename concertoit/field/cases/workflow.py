"""The lives of a case and of a partner's assignment, each as one table: from → to → who may, and what they must say.

Who: ``lead`` (liaison), ``team`` (field team), ``partner`` (somebody of the organisation that was asked, or its personal
link), ``tenant`` (the tenant's page). The assignment follows facts, section 3 (« Partner assignment »).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEAD, TEAM, PARTNER, TENANT = "lead", "team", "partner", "tenant"


@dataclass(frozen=True, slots=True)
class Step:
    """One arrow: who may take it, whether a reason is asked, and whether the works must be told."""

    who: frozenset[str]
    reason: bool = False
    works: bool = False


def _step(*who: str, reason: bool = False, works: bool = False) -> Step:
    return Step(frozenset(who), reason, works)


Table = Mapping[str, Mapping[str, Step]]

ASSIGNMENT: Table = {
    "new": {
        "in_progress": _step(PARTNER, LEAD),
        "refused": _step(PARTNER, LEAD, reason=True),
        "cancelled": _step(LEAD, reason=True),
    },
    "in_progress": {
        "closed": _step(PARTNER, LEAD, works=True),
        "cancelled": _step(LEAD, reason=True),
    },
    "refused": {
        "in_progress": _step(PARTNER, LEAD),
        "cancelled": _step(LEAD, reason=True),
    },
    "closed": {"new": _step(LEAD, reason=True)},
    "cancelled": {"new": _step(LEAD)},
}

# Made safe is not resolved; resolved is confirmed by the household, or by the liaison once the household was asked.
CASE: Table = {
    "new": {
        "active": _step(TEAM, LEAD),
        "made_safe": _step(TEAM, LEAD),
        "closed": _step(LEAD, reason=True),
    },
    "active": {
        "made_safe": _step(TEAM, LEAD),
        "resolved": _step(TEAM, LEAD, reason=True),
        "closed": _step(LEAD, reason=True),
    },
    "made_safe": {
        "active": _step(TEAM, LEAD, reason=True),
        "resolved": _step(TEAM, LEAD, reason=True),
        "closed": _step(LEAD, reason=True),
    },
    "resolved": {
        "active": _step(TEAM, LEAD, TENANT, reason=True),
        "closed": _step(LEAD, TENANT, reason=True),
    },
    "closed": {"active": _step(LEAD, TENANT, reason=True)},
}


def step(table: Table, state: str, to: str) -> Step | None:
    """The arrow between two states; nothing where there is none."""
    return table.get(state, {}).get(to)


def moves(table: Table, state: str, who: str) -> tuple[str, ...]:
    """The states that somebody may choose from here, in the order of the table."""
    return tuple(to for to, arrow in table.get(state, {}).items() if who in arrow.who)
