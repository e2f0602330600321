"""Panels: what a page needs from a higher room, the higher room registers here.

A slot is a name such as ``desk.todo`` or ``plans.item``. A provider takes the viewer and the subject of the page and
answers a ``Panel`` or nothing. The page shows the panels of its slots in order and knows nothing of where they come from.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Panel:
    """A piece of page: a template of the providing room with its context."""

    key: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 50


Provider = Callable[[Any, Any], Panel | None]
_providers: dict[str, list[Provider]] = defaultdict(list)


def register(slot: str, provider: Provider) -> None:
    """Add a provider to a slot (idempotent, so that a test may reload an app)."""
    if provider not in _providers[slot]:
        _providers[slot].append(provider)


def panels(slot: str, viewer: Any, subject: Any = None) -> list[Panel]:
    """Panels of a slot for this viewer and subject, in order."""
    found = (provider(viewer, subject) for provider in _providers[slot])
    return sorted((panel for panel in found if panel), key=lambda panel: (panel.order, panel.key))
