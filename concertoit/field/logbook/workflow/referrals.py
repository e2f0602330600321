"""The loop of a referral as one table: who may lead each state to which other (facts, section 2).

Proposed → sent → accepted → service received. It may end otherwise: refused by the resource, waiting list, given up by
the person, no news (the night says it), cancelled. Whatever ended may be opened again.
"""

from __future__ import annotations

from collections.abc import Mapping

PROPOSED, SENT, ACCEPTED, RECEIVED = "proposed", "sent", "accepted", "received"
REFUSED, WAITING, GIVEN_UP, NO_NEWS, CANCELLED = "refused", "waiting", "given_up", "no_news", "cancelled"

WORKER, RESOURCE, NIGHT = "worker", "resource", "night"
_BOTH, _OURS, _ALONE = frozenset({WORKER, RESOURCE}), frozenset({WORKER}), frozenset({NIGHT})

TABLE: Mapping[str, Mapping[str, frozenset[str]]] = {
    PROPOSED: {SENT: _OURS, GIVEN_UP: _OURS, CANCELLED: _OURS},
    SENT: {
        ACCEPTED: _BOTH, WAITING: _BOTH, REFUSED: _BOTH, GIVEN_UP: _BOTH, NO_NEWS: _ALONE, CANCELLED: _OURS,
    },
    ACCEPTED: {
        RECEIVED: _BOTH, WAITING: _BOTH, REFUSED: _BOTH, GIVEN_UP: _BOTH, NO_NEWS: _ALONE, CANCELLED: _OURS,
    },
    WAITING: {ACCEPTED: _BOTH, REFUSED: _BOTH, GIVEN_UP: _BOTH, CANCELLED: _OURS, SENT: _OURS},
    RECEIVED: {SENT: _OURS},
    REFUSED: {SENT: _OURS},
    GIVEN_UP: {SENT: _OURS},
    NO_NEWS: {SENT: _OURS, ACCEPTED: _OURS, WAITING: _OURS, REFUSED: _OURS, GIVEN_UP: _OURS},
    CANCELLED: {SENT: _OURS},
}  # fmt: skip

# Waiting is an end of the loop for the resource, and the person still waits: it stays among what is followed.
OPEN = frozenset({PROPOSED, SENT, ACCEPTED})
ENDED = frozenset(TABLE) - OPEN
FOLLOWED = OPEN | {WAITING}
EXPIRES = frozenset({SENT, ACCEPTED})


def allowed(state: str, to: str, actor: str) -> bool:
    """Whether this actor may lead a state straight to another."""
    return actor in TABLE.get(state, {}).get(to, frozenset())


def steps(state: str, to: str, actor: str) -> tuple[str, ...]:
    """The moves that one tap makes; none when it is refused.

    « Service reçu » said of a referral that nobody said was accepted writes both moves: the log skips no state.
    """
    if allowed(state, to, actor):
        return (to,)
    if to == RECEIVED and allowed(state, ACCEPTED, actor):
        return (ACCEPTED, RECEIVED)
    return ()


def choices(state: str, actor: str) -> tuple[str, ...]:
    """What one tap may lead to, in the order in which pages offer it."""
    order = (SENT, RECEIVED, ACCEPTED, WAITING, REFUSED, GIVEN_UP, CANCELLED)
    return tuple(to for to in order if steps(state, to, actor))
