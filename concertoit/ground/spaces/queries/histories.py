"""What a room says of the histories of its objects in a démarche (``audit.policies.register_object``): their page, who
reads them, the words of their codes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries.viewers import viewer_in


def page_of_row(model: type[Model], view: str, **keys: str) -> Callable[[str], str]:
    """Where a row of a démarche has its page. ``keys``: each argument of the address and the field it comes from, apart
    from ``slug``; none where the row stands in a list.
    """

    def url(object_id: str) -> str:
        return address_of(model._default_manager.select_related("space").filter(pk=object_id).first(), view, **keys)

    return url


def address_of(row: Any, view: str, **keys: str) -> str:
    """The page of a row of a démarche; the list of démarches when the row is gone, or is everybody's."""
    if row is None or row.space is None:
        return reverse("spaces:list")
    return reverse(view, kwargs={"slug": row.space.slug} | {name: getattr(row, field) for name, field in keys.items()})


@dataclass(frozen=True, slots=True)
class ReadWith:
    """Who reads histories (``audit.policies.Reading``): see ``read_with``."""

    verb: str
    rows: Callable[[Viewer], QuerySet[Any]] | None = None

    def __call__(self, user: Any, entry: Any) -> bool:
        """Whether this line of the journal is theirs to read."""
        viewer = viewer_in(user, entry.space_id)
        return viewer is not None and entry.object_id in self.among(viewer, [entry.object_id])

    def among(self, viewer: Viewer, object_ids: Collection[str]) -> Collection[str]:
        """Those of these objects whose history the viewer reads; one query when it depends on the object."""
        if not viewer.can(self.verb):
            return ()
        if self.rows is None:
            return object_ids
        return {str(pk) for pk in self.rows(viewer).filter(pk__in=object_ids).values_list("pk", flat=True)}


def read_with(verb: str, rows: Callable[[Viewer], QuerySet[Any]] | None = None) -> ReadWith:
    """Whoever has the verb in the démarche where the change happened; with ``rows``, for the objects that they see."""
    return ReadWith(verb, rows)


def worded(values: Mapping[str, Mapping[Any, Any]]) -> Callable[[str, Any], str | None]:
    """The labels of codes, by field; any other value is left as the journal writes it."""

    def show(key: str, value: Any) -> str | None:
        label = values.get(key, {}).get(value) if isinstance(value, str | bool) else None
        return None if label is None else str(label)

    return show
