"""Where what the journal tells of a service has its page, who reads it, and how its values are said."""

from __future__ import annotations

from typing import Any

from concertoit.field.directory.enums import Language, Status
from concertoit.field.directory.models import Listing
from concertoit.field.directory.rules import needs
from concertoit.ground.spaces.queries.histories import address_of, read_with

_LANGUAGES, _STATUSES = dict(Language.choices), dict(Status.choices)


can_view = read_with("directory.write")


def url(object_id: str) -> str:
    """The service where it is shown; the list of démarches when nobody shows it."""
    found = Listing.objects.filter(service_id=object_id).select_related("space").order_by("pk").first()
    return address_of(found, "directory:service", service_id="service_id")


def show(key: str, value: Any) -> str | None:
    """A value for people; nothing leaves it as the journal writes it."""
    if key in needs.TERMS and isinstance(value, list):
        return ", ".join(needs.label_of(key, code) for code in value)
    if key == "languages" and isinstance(value, list):
        return ", ".join(str(_LANGUAGES.get(code, code)) for code in value)
    return str(_STATUSES.get(value, value)) if key == "status" else None
