"""Which objects have a history, who may read it and who may restore: each room says it for its own objects."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import Q, QuerySet

from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import NotVisible

May = Callable[[Any, Entry], bool]


class Reading(Protocol):
    """Who reads the histories of a kind of object (``spaces.queries.histories.read_with``)."""

    def __call__(self, user: Any, entry: Entry) -> bool:
        """Whether the user may read this line, and the history that it ends in its démarche."""

    def among(self, viewer: Any, object_ids: Collection[str]) -> Collection[str]:
        """The objects of which the viewer of a démarche may read the history there: for a whole page, in one query
        at most.
        """


@dataclass(frozen=True, slots=True)
class ObjectType:
    """A kind of object that the journal speaks of."""

    code: str
    label: Any
    url: Callable[[str], str]
    can_view: Reading
    restore: Callable[[Entry, Any], object] | None = None
    can_restore: May | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    show: Callable[[str, Any], str | None] | None = None

    def may_restore(self, user: Any, entry: Entry) -> bool:
        """Whether the page offers to take the change back."""
        if self.restore is None or not entry.before:
            return False
        return self.can_restore is None or self.can_restore(user, entry)


_types: dict[str, ObjectType] = {}


def register_object(
    object_type: str,
    *,
    label: Any,
    url: Callable[[str], str],
    can_view: Reading,
    restore: Callable[[Entry, Any], object] | None = None,
    can_restore: May | None = None,
    fields: Mapping[str, Any] | None = None,
    show: Callable[[str, Any], str | None] | None = None,
) -> None:
    """Give the objects of a room a history.

    ``url(object_id)`` is the object's page. ``can_view(user, entry)`` is asked once for each démarche that speaks of the
    object, with its last line there; ``can_view.among`` once for each page of the journal.
    ``restore(entry, actor)`` puts ``entry.before`` back through the room's own service, which checks its policy; it is
    called in a transaction, and the journal adds a line of its own. ``fields`` names the keys of before and after in
    French; ``show(key, value)`` writes a value for people, or answers nothing to leave it as it is.
    """
    _types[object_type] = ObjectType(object_type, label, url, can_view, restore, can_restore, fields or {}, show)


def object_type(code: str) -> ObjectType | None:
    return _types.get(code)


def object_types() -> list[ObjectType]:
    """All kinds of object with a history, by code."""
    return [_types[code] for code in sorted(_types)]


def linked(viewer: Any, entries: Iterable[Entry]) -> set[tuple[str, str]]:
    """The objects (code and id) of which the viewer of a démarche may open the history, among those that these lines of
    its journal name: no more than one query for each kind.
    """
    named: dict[str, set[str]] = {}
    for one in entries:
        named.setdefault(one.object_type, set()).add(one.object_id)
    return {
        (code, object_id)
        for code, ids in named.items()
        if (known := _types.get(code))
        for object_id in known.can_view.among(viewer, ids)
    }


def readable(user: Any, entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """The lines of an object's history that this user may read: what démarches share has a history in each of them."""
    allowed = Q(pk__in=[])
    for space_id in entries.order_by().values_list("space_id", flat=True).distinct():
        latest = entries.filter(space_id=space_id).first()
        known = _types.get(latest.object_type) if latest else None
        if latest and known and known.can_view(user, latest):
            allowed |= Q(space_id=space_id)
    return entries.filter(allowed)


def must_view(user: Any, entry: Entry | None) -> ObjectType:
    """The type of the line's object; raises ``NotVisible`` unless this user may read its history."""
    known = _types.get(entry.object_type) if entry else None
    if entry is None or known is None or not known.can_view(user, entry):
        raise NotVisible("")
    return known
