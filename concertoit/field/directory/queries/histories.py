"""Where what the journal tells of a service has its page, who reads it, and how its values are said."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from concertoit.field.directory.enums import Language, Status
from concertoit.field.directory.models import Listing
from concertoit.field.directory.rules import needs
from concertoit.ground.spaces.queries import viewer_in

_LANGUAGES, _STATUSES = dict(Language.choices), dict(Status.choices)


def url(object_id: str) -> str:
    """The service where it is shown; the list of démarches when nobody shows it."""
    found = Listing.objects.filter(service_id=object_id).select_related("space").order_by("pk").first()
    if found is None:
        return reverse("spaces:list")
    return reverse("directory:service", kwargs={"slug": found.space.slug, "service_id": found.service_id})


def can_view(user: Any, entry: Any) -> bool:
    """Who writes records reads what became of them."""
    viewer = viewer_in(user, entry.space_id)
    return viewer is not None and viewer.can("directory.write")


def show(key: str, value: Any) -> str | None:
    """A value for people; nothing leaves it as it is."""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if key in needs.TERMS and isinstance(value, list):
        return ", ".join(needs.label_of(key, code) for code in value)
    if key == "languages" and isinstance(value, list):
        return ", ".join(str(_LANGUAGES.get(code, code)) for code in value)
    if key == "status":
        return str(_STATUSES.get(value, value))
    return ", ".join(str(one) for one in value) if isinstance(value, list) else None
