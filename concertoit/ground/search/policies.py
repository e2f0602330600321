"""What can be found, and by whom: rooms register their things, ``spaces`` says which démarches a person may search."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from concertoit.ground.ui.navigation import Reader


@dataclass(frozen=True, slots=True)
class Doc:
    """What a room gives to the index. Without ``space_id``, the thing belongs to no démarche (an organisation)."""

    object_id: object
    title: str
    url: str
    body: str = ""
    space_id: int | None = None


@dataclass(frozen=True, slots=True)
class Searchable:
    """A kind of thing that can be found.

    ``rows()`` gives all of them anew (``concertoit reindex``). ``verb``: what one must be able to do in a démarche to
    find this kind there; without it, everybody of the démarche does. ``shared``: things that belong to no démarche,
    which everybody who is logged in may find.
    """

    kind: str
    label: Any
    icon: str
    rows: Callable[[], Iterable[Doc]]
    verb: str = ""
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a person may search: kind by kind, the démarches, and the kinds that belong to none."""

    spaces: dict[str, frozenset[int]]
    shared: frozenset[str]


_kinds: dict[str, Searchable] = {}
_readers_of: list[Callable[[Any], Iterable[Reader]]] = []


def register(searchable: Searchable) -> None:
    """Declare a kind; the same kind twice is a programming error."""
    if _kinds.setdefault(searchable.kind, searchable) != searchable:
        raise ValueError(f"searchable declared twice: {searchable.kind}")


def register_scope(readers_of: Callable[[Any], Iterable[Reader]]) -> None:
    """Say how to list a person as viewer of each of the démarches they may search."""
    _readers_of[:] = [readers_of]


def searchable(kind: str) -> Searchable | None:
    return _kinds.get(kind)


def searchables() -> list[Searchable]:
    """All kinds, by code."""
    return [_kinds[kind] for kind in sorted(_kinds)]


def readers_of(user: Any) -> list[Reader]:
    """A person as viewer of each démarche they may search."""
    return list(_readers_of[0](user)) if _readers_of else []


def scope_of(readers: Iterable[Reader]) -> Scope:
    """Where a person may search, from what they are in each démarche."""
    known = list(readers)
    return Scope(
        spaces={
            one.kind: frozenset(reader.space.pk for reader in known if not one.verb or reader.can(one.verb))
            for one in searchables()
        },
        shared=frozenset(one.kind for one in searchables() if one.shared),
    )
