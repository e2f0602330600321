"""Where the elements of a version come from, told by higher rooms: a review, the ideas of a workshop.

A provider answers once for two versions, in a constant number of queries; the page of differences shows its notes beside
each change: ``register(provider)``, from ``apps.py`` of the room that knows.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.models import PlanVersion


@dataclass(frozen=True, slots=True)
class LineageNote:
    """What is known of one change: a sentence, with the page where more is said."""

    text: str
    href: str = ""
    icon: str = "signpost-split"


Provider = Callable[[Viewer, PlanVersion, PlanVersion], dict[str, list[LineageNote]]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider (idempotent, so that a test may reload an app)."""
    if provider not in _providers:
        _providers.append(provider)


def notes(viewer: Viewer, old: PlanVersion, new: PlanVersion) -> dict[str, list[LineageNote]]:
    """What is known of the changes between two versions, by the uid of the item."""
    found: dict[str, list[LineageNote]] = defaultdict(list)
    for provider in _providers:
        for uid, lines in provider(viewer, old, new).items():
            found[uid] += lines
    return dict(found)
