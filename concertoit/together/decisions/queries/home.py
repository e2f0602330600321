"""The landing page « Décider »: what each part of the cycle brings.

A part registers one provider per stage, from ``apps.py``::

    home.register(Stage.CONSENT, provider)     # provider(viewer) -> StageView, in a constant number of queries
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.enums import Stage


@dataclass(frozen=True, slots=True)
class Entry:
    """One workshop, review, prioritisation or round.

    ``state`` is its French label with a ``tone`` of the components (spruce, amber, brick, neutral); ``open`` says that it
    is going on now; ``expected`` is what waits for this viewer, empty when nothing does, with its address in ``todo``.
    """

    title: str
    href: str
    state: str
    tone: str = "neutral"
    open: bool = False
    on: date | None = None
    detail: str = ""
    expected: str = ""
    todo: str = ""


@dataclass(slots=True)
class StageView:
    """What one part shows: its entries (latest first), and how to start one for whoever may.

    ``what`` says in one sentence what the stage is for; ``start`` is the address of its first step, empty for a reader.
    """

    what: Any
    icon: str
    entries: list[Entry] = field(default_factory=list)
    start: str = ""
    start_label: Any = ""


Provider = Callable[[Viewer], StageView]
_providers: dict[Stage, Provider] = {}


def register(stage: Stage, provider: Provider) -> None:
    """Say what a stage of the cycle shows (idempotent, so that a test may reload an app)."""
    _providers[stage] = provider


def stages(viewer: Viewer) -> list[tuple[Stage, StageView]]:
    """The stages of the cycle that are wired, in order, as this viewer sees them."""
    return [(stage, _providers[stage](viewer)) for stage in Stage if stage in _providers]
