"""How an address finds its room without trying the seven hundred addresses of the house one after the other."""

from functools import cached_property
from typing import Any

from django.urls import ResolverMatch, URLResolver, include
from django.urls.exceptions import Resolver404
from django.urls.resolvers import RoutePattern

SPACE = "demarches"


class Room(URLResolver):
    """The addresses of a room, looked through only when the room has some that begin as the address asked for."""

    def resolve(self, path: str) -> ResolverMatch:
        if not self.may_have(str(path)):
            raise Resolver404({"tried": [], "path": path})
        return super().resolve(path)

    def may_have(self, path: str) -> bool:
        """Whether an address (without its first slash) may be one of the room's."""
        return self._beginnings is None or _beginning(path) in self._beginnings

    @cached_property
    def _beginnings(self) -> frozenset[str] | None:
        """How the room's addresses begin; nothing when one of them begins with a value, or hides behind another list."""
        routes = [getattr(one.pattern, "_route", "<") for one in self.url_patterns if not isinstance(one, URLResolver)]
        known = frozenset(map(_beginning, map(str, routes)))
        whole = len(routes) == len(self.url_patterns)
        return known if whole and not any("<" in one for one in known) else None


def _beginning(path: str) -> str:
    """What tells rooms apart: the word after the démarche (``dossiers``), or the first word of any other address."""
    first, *rest = path.split("/", 3)
    return f"{SPACE}/{rest[1]}" if first == SPACE and len(rest) > 1 else first


def room(module: str) -> Any:
    """The addresses of a room, for the list of all."""
    urls, app_name, namespace = include(module)
    return Room(RoutePattern("", is_endpoint=False), urls, app_name=app_name, namespace=namespace)
