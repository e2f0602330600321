"""Who signs what is published about an item: a member of the démarche, or an organisation through its personal link."""

from dataclasses import dataclass
from typing import Any

from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.policies import Viewer

LABEL_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who writes. ``user`` is empty for an answer through a personal link; ``label`` is what the page shows."""

    user: Any
    label: str


def author_of(viewer: Viewer) -> Author:
    """The viewer's name with the organisations they take part for."""
    names = [str(o) for o in Organisation.objects.filter(pk__in=viewer.organisation_ids).order_by("name", "pk")]
    who = str(viewer.user)
    return Author(viewer.user, (f"{who} ({', '.join(names)})" if names else who)[:LABEL_LENGTH])
