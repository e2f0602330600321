"""What rooms bring to « Ma table »: lines that the desk merges, whatever room they come from.

A panel draws itself; these are data, because the desk sorts them by date, counts them in one sentence, and must cost the
same whatever the number of démarches. So each room answers once for all the démarches of a person, in a constant number
of queries::

    desk.register(brought)     # brought(user, viewers) -> Brought, in the room's views/desk.py, from apps.py

A room that draws a piece of page of its own (the next meeting) registers a panel under ``desk.side``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Value
from markupsafe import Markup

from concertoit.ground.ui.navigation import Reader
from concertoit.ground.ui.panels import Panel


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits for the reader, with its one button.

    ``due`` is the day by which; ``now`` says that it waits today whatever the day (late, asked by somebody). Lines of the
    same day are sorted by ``order``.
    """

    title: str
    href: str
    action: str
    note: str = ""
    icon: str = "circle"
    tone: str = "spruce"
    due: date | None = None
    now: bool = False
    order: int = 50
    space_id: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Something that happened and that the reader may see."""

    at: datetime
    sentence: Markup
    icon: str = "circle"
    tone: str = "neutral"
    space_id: int | None = None


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that comes on a day; without a day, ``when`` says what people wrote."""

    title: str
    href: str
    on: date | None = None
    when: str = ""
    note: str = ""
    space_id: int | None = None


@dataclass(slots=True)
class Brought:
    """What a room brings for one person. ``cards``: what it says of each démarche, by id."""

    todos: list[Todo] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    coming: list[Coming] = field(default_factory=list)
    cards: dict[int, list[Panel]] = field(default_factory=dict)


# Each room knows a viewer by its own type (``spaces.policies.Viewer``).
Provider = Callable[[Any, Sequence[Any]], Brought]
_providers: dict[Provider, tuple[type[Model], ...]] = {}


def register(provider: Provider, *, when: Sequence[type[Model]] = ()) -> None:
    """Add what a room brings (idempotent, so that a test may reload an app).

    ``when``: it has something to say only where the démarches have a row of one of these models. One question asked for
    all the rooms spares theirs to the démarches that do not use them.
    """
    _providers.setdefault(provider, tuple(when))


def _used(space_ids: list[int]) -> set[type[Model]]:
    """Which of the models that rooms wait for have a row in these démarches; one query."""
    models = list(dict.fromkeys(model for wanted in _providers.values() for model in wanted))
    rows = [
        model._base_manager.filter(space_id__in=space_ids).order_by().values_list(Value(place)).distinct()
        for place, model in enumerate(models)
    ]
    if not rows or not space_ids:
        return set()
    return {models[place] for (place,) in rows[0].union(*rows[1:], all=True)}


def gathered(user: Any, viewers: Sequence[Reader], today: date) -> Brought:
    """What all rooms bring, merged: what waits today first, then by day; what moved last first; what comes by day."""
    whole = Brought()
    used = _used([viewer.space.pk for viewer in viewers])
    for provider, wanted in _providers.items():
        if wanted and used.isdisjoint(wanted):
            continue
        part = provider(user, viewers)
        whole.todos += part.todos
        whole.moves += part.moves
        whole.coming += part.coming
        for space_id, panels in part.cards.items():
            whole.cards.setdefault(space_id, []).extend(panels)
    whole.todos.sort(key=lambda one: (not waits_today(one, today), one.due or date.max, one.order, one.title))
    whole.moves.sort(key=lambda one: one.at, reverse=True)
    whole.coming.sort(key=lambda one: (one.on or date.max, one.title))
    return whole


def waits_today(todo: Todo, today: date) -> bool:
    """Whether a line counts among what waits today."""
    return todo.now or (todo.due is not None and todo.due <= today)
