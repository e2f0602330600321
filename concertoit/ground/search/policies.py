"""What can be found, and by whom: rooms register their things, ``spaces`` says which démarches a person may search."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Doc:
    """What a room gives to the index. Without ``space_id``, the thing belongs to no démarche (an organisation)."""

    object_id: object
    title: str
    url: str
    body: str = ""
    space_id: int | None = None


def _all(user: Any, space_ids: frozenset[int]) -> frozenset[int]:
    return space_ids


@dataclass(frozen=True, slots=True)
class Searchable:
    """A kind of thing that can be found.

    ``rows()`` gives all of them anew (``concertoit reindex``). ``allowed(user, space_ids)`` gives the démarches, among
    those, where this person may find this kind. ``shared``: things that belong to no démarche, which everybody who is
    logged in may find.
    """

    kind: str
    label: Any
    icon: str
    rows: Callable[[], Iterable[Doc]]
    allowed: Callable[[Any, frozenset[int]], Iterable[int]] = _all
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a person may search: kind by kind, the démarches, and the kinds that belong to none."""

    spaces: dict[str, frozenset[int]]
    shared: frozenset[str]


_kinds: dict[str, Searchable] = {}
_spaces_of: list[Callable[[Any], Iterable[int]]] = []


def register(searchable: Searchable) -> None:
    """Declare a kind; the same kind twice is a programming error."""
    if _kinds.setdefault(searchable.kind, searchable) != searchable:
        raise ValueError(f"searchable declared twice: {searchable.kind}")


def register_scope(spaces_of: Callable[[Any], Iterable[int]]) -> None:
    """Say how to list the ids of the démarches that a person may search."""
    _spaces_of[:] = [spaces_of]


def searchable(kind: str) -> Searchable | None:
    return _kinds.get(kind)


def searchables() -> list[Searchable]:
    """All kinds, by code."""
    return [_kinds[kind] for kind in sorted(_kinds)]


def scope_of(user: Any) -> Scope:
    """Where this person may search."""
    spaces = frozenset(_spaces_of[0](user)) if _spaces_of else frozenset()
    return Scope(
        spaces={one.kind: frozenset(one.allowed(user, spaces)) & spaces for one in searchables()},
        shared=frozenset(one.kind for one in searchables() if one.shared),
    )
