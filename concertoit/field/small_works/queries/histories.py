"""Where what the journal tells of small works has its page, and who reads it."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.queries import viewer_in

LABELS: dict[str, Any] = {
    "request": gettext_lazy("demande de menus travaux"),
    "handyperson": gettext_lazy("aide aux menus travaux"),
    "pilot": gettext_lazy("projet de menus travaux"),
    "extraction": gettext_lazy("extraction pour la recherche"),
}
_PAGES = {"handyperson": "handypersons", "pilot": "home", "extraction": "research"}


def page_of(model: str, object_id: str) -> str:
    """Address of the object's page; the list of démarches when it is gone."""
    row: Any = apps.get_model("small_works", model)._default_manager.filter(pk=object_id).first()
    if row is None:
        return reverse("spaces:list")
    slug = Space.objects.get(pk=row.space_id).slug
    if model == "request":
        return reverse("small_works:request", kwargs={"slug": slug, "reference": row.reference})
    return reverse(f"small_works:{_PAGES[model]}", kwargs={"slug": slug})


def can_view(user: Any, entry: Any) -> bool:
    """Who reads the journal of small works: the team, and the coordination for what it sets up."""
    viewer = viewer_in(user, entry.space_id)
    if viewer is None:
        return False
    of_request = entry.object_type in ("small_works.request", "small_works.handyperson")
    return bool(viewer.can("works.view" if of_request else "works.setup"))


def show(key: str, value: Any) -> str | None:
    """A value for people; nothing leaves it as it is."""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return None
