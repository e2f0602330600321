"""What goes on to the next meeting: what was postponed, and what nobody had time for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# Minutes given to a carried point that had none: a parameter of ours.
USUAL_MINUTES = 5
# Points that come back by themselves at each meeting, and headings: there is nothing to carry.
RITUAL = frozenset({
    "welcome", "agenda", "minutes", "follow_ups", "carried", "plan", "projects", "support", "local_news",
    "partner_news", "chantier_news", "break", "closing", "axis",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """A point at the end of a meeting. ``section`` is the key of the point above it, if any."""

    pk: int
    kind: str
    state: str
    section: int | None = None
    removed: bool = False


def carried(points: Iterable[Held]) -> list[int]:
    """Points that are kept for the next meeting: postponed ones, whatever they are, and untreated ones that would not
    come back by themselves. A line under a point that was treated was treated with it.

    When nothing at all was marked, nobody followed the agenda on screen: nothing is presumed untreated.
    """
    rows = [point for point in points if not point.removed]
    states = {point.pk: point.state for point in rows}
    followed = any(point.state != "todo" for point in rows)
    return [point.pk for point in rows if _goes_on(point, states, followed=followed)]


def _goes_on(point: Held, states: dict[int, str], *, followed: bool) -> bool:
    above = states.get(point.section or 0)
    if point.state == "deferred":
        return point.kind != "axis"
    if above == "deferred":
        return point.state != "done"
    if point.state != "todo" or above == "done" or not followed:
        return False
    return point.kind not in RITUAL
