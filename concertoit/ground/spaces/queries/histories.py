"""What a room says of the histories of its objects in a démarche (``audit.policies.register_object``): their page, who
reads them, the words of their codes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model
from django.urls import reverse

from concertoit.ground.audit.policies import MayView
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


def read_with(verb: str) -> MayView:
    """Whoever has the verb in the démarche where the change happened."""

    def may(user: Any, entry: Any) -> bool:
        viewer = viewer_in(user, entry.space_id)
        return viewer is not None and viewer.can(verb)

    return may


def worded(values: Mapping[str, Mapping[Any, Any]]) -> Callable[[str, Any], str | None]:
    """The labels of codes, by field; any other value is left as the journal writes it."""

    def show(key: str, value: Any) -> str | None:
        label = values.get(key, {}).get(value) if isinstance(value, str | bool) else None
        return None if label is None else str(label)

    return show
