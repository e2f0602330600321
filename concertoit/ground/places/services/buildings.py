"""Finding or creating the one building of an address. What is written here is public knowledge of the territory."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.ground.core.errors import DomainError
from concertoit.ground.places.models import Building, Door, Dwelling, Municipality
from concertoit.ground.places.queries import buildings_at
from concertoit.ground.places.rules import (
    Address,
    BadAddress,
    postal_code,
    postal_code_in,
    read_address,
    unit_key,
)

_REFUSALS = {
    "empty": gettext_lazy("Écrivez l’adresse."),
    "number": gettext_lazy("Commencez par le numéro civique, par exemple : 1234, rue des Érables, app. 5."),
    "street": gettext_lazy("Nommez la rue après le numéro, par exemple : 1234, rue des Érables."),
    "range": gettext_lazy("Un numéro avec lettre ne peut pas être le début d’une suite de numéros."),
    "either": gettext_lazy(
        "Ce numéro se lit de deux façons. Écrivez le logement à part (app. 12), ou « 1230 à 1240 » pour les numéros d’un "
        "même immeuble, du même côté de la rue."
    ),
    "unit": gettext_lazy("L’adresse et la case « Logement » ne disent pas le même logement."),
}
_FIELDS = {"unit": "unit"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: a building, perhaps one of its dwellings, and whether the building is new here."""

    building: Building
    dwelling: Dwelling | None
    created: bool


def understood(written: str, unit: str = "", town: str = "") -> Address:
    """Read an address or raise ``DomainError`` (field ``address`` or ``unit``) with the sentence for people."""
    try:
        return read_address(written, unit=unit, town=town)
    except BadAddress as refusal:
        raise DomainError(_REFUSALS[refusal.code], field=_FIELDS.get(refusal.code, "address")) from refusal


@transaction.atomic
def find_or_create_place(
    *, municipality: Municipality, written: str, unit: str = "", postal: str = "", dwellings: int | None = None
) -> Place:
    """The building of an address, and its dwelling when one is named; created once, whoever comes first.

    A range that holds one known building adds its doors to it. Raises ``DomainError`` for an address that cannot be
    read, for a range that runs over two known buildings, and for one that overlaps a known range without holding it or
    being held by it (a person must tell them apart).
    """
    address = understood(written, unit, municipality.name)
    building, created = _building(municipality, address)
    changed = []
    if (code := postal_code(postal or postal_code_in(written))) and not building.postal_code:
        building.postal_code = code
        changed.append("postal_code")
    if dwellings and building.dwellings is None:
        building.dwellings = dwellings
        changed.append("dwellings")
    if changed:
        building.save(update_fields=[*changed, "updated_at"])
    return Place(building, dwelling_of(building=building, unit=address.unit) if address.unit_key else None, created)


@transaction.atomic
def dwelling_of(*, building: Building, unit: str) -> Dwelling:
    """The dwelling of a building by its number, created once. Raises ``DomainError`` for a number without a sign."""
    key = unit_key(unit)
    if not key:
        raise DomainError(_("Écrivez le numéro du logement."), field="unit")
    row, _created = Dwelling.objects.get_or_create(building=building, unit_key=key, defaults={"unit": unit.strip()})
    return row


def _building(municipality: Municipality, address: Address) -> tuple[Building, bool]:
    try:
        with transaction.atomic():
            return _known_or_new(municipality, address)
    except IntegrityError:  # somebody opened one of these doors between the question and the answer: ask again
        return _known_or_new(municipality, address)


def _known_or_new(municipality: Municipality, address: Address) -> tuple[Building, bool]:
    known = list(buildings_at(municipality, address))
    if len(known) > 1:
        raise DomainError(
            _("Ces numéros sont ceux de plusieurs immeubles déjà connus (%(lines)s). Choisissez-en un.")
            % {"lines": " ; ".join(one.line for one in known)},
            field="address",
        )
    if known:
        _must_hold(known[0], address)
        _open_doors(known[0], municipality, address)
        return known[0], False
    building = Building.objects.create(
        municipality=municipality, low=address.low, high=address.high, suffix=address.suffix, street=address.street
    )
    _open_doors(building, municipality, address)
    return building, True


def _must_hold(building: Building, address: Address) -> None:
    """Raise ``DomainError`` for a range that overlaps the building's without one holding the other."""
    held = building.low <= address.low and address.high <= building.high
    holds = address.low <= building.low and building.high <= address.high
    if not (held or holds):
        raise DomainError(
            _(
                "Une partie de ces numéros est déjà celle du %(line)s. Si c’est le même immeuble, écrivez toute la suite "
                "(%(low)s à %(high)s); sinon, seulement les numéros de l’autre."
            )
            % {"line": building.line, "low": min(building.low, address.low), "high": max(building.high, address.high)},
            field="address",
        )


def _open_doors(building: Building, municipality: Municipality, address: Address) -> None:
    known = set(Door.objects.filter(building=building, suffix=address.suffix).values_list("number", flat=True))
    missing = [number for number in address.numbers if number not in known]
    Door.objects.bulk_create(
        Door(
            municipality=municipality, building=building, street_key=address.street_key, number=number,
            suffix=address.suffix,
        )
        for number in missing
    )  # fmt: skip
    low, high = min(building.low, address.low), max(building.high, address.high)
    if missing and (low, high) != (building.low, building.high):
        building.low, building.high = low, high
        building.save(update_fields=["low", "high", "updated_at"])
