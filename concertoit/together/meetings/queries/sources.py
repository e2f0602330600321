"""What higher rooms bring to an agenda: what waits for consent (``decisions``), requests for support (``outreach``).

They register from their ``apps.py``::

    register_source("consent", awaiting_consent)     # awaiting_consent(space, meeting) -> iterable of Awaiting
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from concertoit.ground.spaces.models import Space
from concertoit.together.meetings.models import Meeting

CONSENT, SUPPORT = "consent", "support"


@dataclass(frozen=True, slots=True)
class Awaiting:
    """Something that a meeting should take up. ``key`` identifies it among those of its source; ``plan_item``: the id of
    the element of the plan it is about; ``url``: its page.
    """

    key: str
    title: str
    url: str = ""
    plan_item: int | None = None
    minutes: int = 10
    note: str = ""


Source = Callable[[Space, Meeting], Iterable[Awaiting]]
_sources: dict[str, list[Source]] = defaultdict(list)


def register_source(what: str, source: Source) -> None:
    """Bring something to agendas: ``consent`` or ``support``. Idempotent. Raises ``ValueError`` for another word."""
    if what not in (CONSENT, SUPPORT):
        raise ValueError(f"agendas have no place for: {what}")
    if source not in _sources[what]:
        _sources[what].append(source)


def awaiting(what: str, space: Space, meeting: Meeting) -> list[Awaiting]:
    """All that waits, source by source."""
    return [one for source in _sources[what] for one in source(space, meeting)]
