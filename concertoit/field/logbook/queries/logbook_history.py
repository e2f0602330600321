"""Where what the journal tells of the logbook has its page, and who reads it."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.logbook.queries.entries import visible
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.queries import viewer_in

LABELS: dict[str, Any] = {
    "entry": gettext_lazy("intervention"),
    "site": gettext_lazy("immeuble desservi"),
    "worker": gettext_lazy("poste de soutien communautaire"),
    "team": gettext_lazy("équipe de soutien communautaire"),
    "edition": gettext_lazy("listes du journal de bord"),
}
_PAGES = {"site": "sites", "edition": "lists"}


def page_of(model: str, object_id: str) -> str:
    """Address of the object's page; the list of démarches when it is gone or is everybody's."""
    row: Any = apps.get_model("logbook", model)._default_manager.filter(pk=object_id).first()
    if row is None or row.space_id is None:
        return reverse("spaces:list")
    slug = Space.objects.get(pk=row.space_id).slug
    if model == "entry":
        return reverse("logbook:entry", kwargs={"slug": slug, "entry_id": row.pk})
    return reverse(f"logbook:{_PAGES.get(model, 'workers')}", kwargs={"slug": slug})


def can_view(user: Any, entry: Any) -> bool:
    """Who reads an entry reads its history; who sets the logbook up reads the rest."""
    viewer = viewer_in(user, entry.space_id)
    if viewer is None:
        return False
    if entry.object_type == "logbook.entry":
        return visible(viewer).filter(pk=entry.object_id).exists()
    return bool(viewer.can("logbook.setup"))


def show(key: str, value: Any) -> str | None:
    """A value for people; nothing leaves it as it is."""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    return None
