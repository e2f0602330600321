"""The rail of a démarche and the top bar: rooms register what they bring, the shell shows what a person may open."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.cache import cache
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

_MINUTE, _DAY = 60, 60 * 60 * 24

SECTIONS: dict[str, Any] = {
    "together": _("Ensemble"),
    "field": _("Terrain"),
    "insight": _("Savoir"),
    "manage": _("Gestion"),
}


class Reader(Protocol):
    """What the shell knows of a viewer of a démarche (``spaces.policies.Viewer``)."""

    @property
    def space(self) -> Any: ...
    @property
    def user(self) -> Any: ...
    def can(self, verb: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the rail. ``view`` takes the démarche's ``slug``; ``verb`` is what one must be able to do.

    ``shown`` leaves the entry out of démarches that have no use for it; the page itself stays where it is.
    ``thumb`` brings it first on a phone: what is done standing up, outside.
    """

    key: str
    label: Any
    icon: str
    view: str
    section: str
    verb: str = "space.view"
    order: int = 50
    badge: Callable[[Reader], int] | None = None
    shown: Callable[[Reader], bool] | None = None
    thumb: bool = False


def where_used(begins: str, *models: type[Model]) -> Callable[[Reader], bool]:
    """For ``NavItem.shown``: to who may begin (the verb ``begins``), and to everybody once the démarche has one of these.

    A brigade that has no plan is not shown one. What is there stays: that is remembered for a day; that nothing is, for a
    minute, so that the rail asks nothing of the database on most pages.
    """

    def shown(reader: Reader) -> bool:
        return reader.can(begins) or _has(reader.space, models)

    return shown


def _has(space: Any, models: Iterable[type[Model]]) -> bool:
    names = ",".join(model._meta.label_lower for model in models)
    key = f"rail:{names}:{space.pk}:{space.created_at:%Y%m%d%H%M%S%f}"
    found = cache.get(key)
    if found is None:
        found = any(model._default_manager.filter(space=space.pk).exists() for model in models)
        cache.set(key, found, _DAY if found else _MINUTE)
    return bool(found)


_items: dict[str, NavItem] = {}
_switchers: list[Callable[[Any], Iterable[Any]]] = []
_viewers: list[Callable[[Any, int | None], Any]] = []
_counters: list[Callable[[Any], int]] = []


def register(item: NavItem) -> None:
    """Add an entry to the rail; the same key twice is a programming error."""
    if item.key in _items:
        raise ValueError(f"navigation key used twice: {item.key}")
    _items[item.key] = item


def rail(viewer: Reader) -> list[tuple[Any, list[NavItem]]]:
    """Sections with the entries this viewer may open, in order."""
    open_to = (
        item for item in _items.values() if viewer.can(item.verb) and (item.shown is None or item.shown(viewer))
    )
    shown = sorted(open_to, key=lambda item: (item.order, item.key))
    sections = ((label, [item for item in shown if item.section == key]) for key, label in SECTIONS.items())
    return [(label, entries) for label, entries in sections if entries]


def register_switcher(spaces_of: Callable[[Any], Iterable[Any]]) -> None:
    """Say how to list the démarches of a user for the top bar."""
    _switchers[:] = [spaces_of]


def spaces_of(user: Any) -> list[Any]:
    return list(_switchers[0](user)) if _switchers and user.is_authenticated else []


def register_viewer(viewer_in: Callable[[Any, int | None], Any]) -> None:
    """Say how to find the viewer of a démarche for a page whose address does not name it (a history, a search)."""
    _viewers[:] = [viewer_in]


def viewer_in(user: Any, space_id: int | None) -> Any:
    """The user as viewer of a démarche, so that its rail stays; nothing for a stranger."""
    return _viewers[0](user, space_id) if _viewers and user.is_authenticated else None


def register_counter(unread: Callable[[Any], int]) -> None:
    """Say how to count a user's unread notifications for the bell."""
    _counters[:] = [unread]


def unread(user: Any) -> int:
    return _counters[0](user) if _counters and user.is_authenticated else 0
