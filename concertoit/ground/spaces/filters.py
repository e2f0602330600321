"""Filters of lists, read from the address of the page."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from concertoit.ground.identity.enums import OrganisationKind
from concertoit.ground.spaces import queries
from concertoit.ground.spaces.enums import Capacity, Role
from concertoit.ground.spaces.policies import Viewer

NAMES = {"q": "search", "type": "kind", "mrc": "mrc", "titre": "capacity", "role": "role", "etape": "step"}


def from_address(values: QueryDict) -> queries.Filters:
    """Filters of a page; a value that does not exist narrows the list to nothing, and the page says so."""
    chosen = {name: values.get(key, "").strip() for key, name in NAMES.items()}
    return queries.Filters(**chosen, past=values.get("passees") == "1")


def choices(viewer: Viewer) -> list[tuple[str, Any, list[tuple[str, Any]]]]:
    """What the lists can be narrowed to: key in the address, label, values."""
    mrcs = viewer.space.mrcs.defer("boundary").order_by("name", "pk")
    steps = queries.steps_of(viewer)
    found: list[tuple[str, Any, list[tuple[str, Any]]]] = [
        ("type", _("Type d’organisme"), list(OrganisationKind.choices)),
        ("mrc", _("Territoire"), [(row.code, row.name) for row in mrcs]),
        ("titre", _("À titre de"), list(Capacity.choices)),
        ("role", _("Rôle"), list(Role.choices)),
        ("etape", _("Étape"), [(step.key, step.label) for step in steps]),
    ]
    return [(key, label, values) for key, label, values in found if values]
