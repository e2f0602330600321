"""Which step each took part in (L1): the room that has the steps of a démarche says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from concertoit.ground.spaces.policies import Viewer

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class JourneyStep:
    """A step of the démarche in which people took part."""

    key: str
    label: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    """How a higher room tells the steps of a démarche.

    ``steps(viewer)`` lists them in order; ``members(viewer, key)`` gives the ids of the participations of one, as a list
    or a subquery; ``taken(viewer, membership_ids)`` gives, in a constant number of queries, the steps of each.
    """

    steps: Callable[[Viewer], Sequence[JourneyStep]]
    members: Callable[[Viewer, str], Any]
    taken: Callable[[Viewer, Iterable[int]], dict[int, list[JourneyStep]]]


_journeys: list[Journey] = []


def register_journey(journey: Journey) -> None:
    """Say where the steps of a démarche are (one room says it)."""
    _journeys[:] = [journey]


def steps_of(viewer: Viewer) -> Sequence[JourneyStep]:
    return _journeys[0].steps(viewer) if _journeys else []


def members_at(viewer: Viewer, key: str) -> Any:
    """Ids of the participations of a step; nobody where no room has steps."""
    return _journeys[0].members(viewer, key) if _journeys else []


def steps_taken(viewer: Viewer, membership_ids: Iterable[int]) -> dict[int, list[JourneyStep]]:
    """For each participation, the steps it took part in."""
    return _journeys[0].taken(viewer, membership_ids) if _journeys else {}
