"""Reads of the territory. It is public knowledge: no viewer is asked for."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from concertoit.ground.places.models import Building, Door, Mrc, Municipality, Region
from concertoit.ground.places.rules import Address, BadAddress, read_address


@dataclass
class MrcPart:
    """A MRC (or nothing: municipalities that belong to none) with its municipalities."""

    mrc: Mrc | None
    municipalities: list[Municipality] = field(default_factory=list)

    @property
    def population(self) -> int:
        return sum(row.population or 0 for row in self.municipalities)

    @property
    def dwellings(self) -> int:
        return sum(row.dwellings or 0 for row in self.municipalities)


@dataclass
class RegionPart:
    """A region with its MRC, in order of names."""

    region: Region
    parts: list[MrcPart] = field(default_factory=list)

    @property
    def municipality_count(self) -> int:
        return sum(len(part.municipalities) for part in self.parts)


def territory(*, search: str = "", region: str = "", mrc: str = "") -> list[RegionPart]:
    """Region → MRC → municipalities, in three queries whatever their number.

    ``search`` finds names without regard to case or accents, and codes from their start. A MRC whose own name matches
    comes with all its municipalities; otherwise only what matches is kept.
    """
    wanted = _plain(search)
    mrcs = [row for row in Mrc.objects.defer("boundary").order_by("name", "pk") if mrc in ("", row.code)]
    known = {row.pk: row for row in mrcs}
    by_mrc: dict[int | None, list[Municipality]] = {}
    for row in Municipality.objects.filter(Q(mrc=None) | Q(mrc__in=known)).order_by("name", "code"):
        parent = known.get(row.mrc_id) if row.mrc_id else None
        if not wanted or _found(wanted, row.name, row.code) or (parent and _found(wanted, parent.name, parent.code)):
            by_mrc.setdefault(row.mrc_id, []).append(row)
    regions = []
    for one in Region.objects.defer("boundary").order_by("code"):
        if region not in ("", one.code):
            continue
        part = RegionPart(one, _parts_of(one, mrcs, by_mrc, wanted))
        if mrc == "":
            alone = [row for row in by_mrc.get(None, []) if row.region_id == one.pk]
            part.parts += [MrcPart(None, alone)] if alone else []
        if part.parts:
            regions.append(part)
    return regions


def _parts_of(
    region: Region, mrcs: list[Mrc], by_mrc: dict[int | None, list[Municipality]], wanted: str
) -> list[MrcPart]:
    everything = not wanted or _found(wanted, region.name, "")
    return [
        MrcPart(row, by_mrc.get(row.pk, []))
        for row in mrcs
        if row.region_id == region.pk and (everything or row.pk in by_mrc or _found(wanted, row.name, row.code))
    ]


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.strip().casefold().replace("’", "'"))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def _found(wanted: str, name: str, code: str) -> bool:
    return wanted in _plain(name) or (bool(code) and code.startswith(wanted))


def mrcs_of_region(region_code: str) -> list[tuple[Mrc, int]]:
    """The MRC of a region, by name, each with its number of municipalities."""
    rows = Mrc.objects.filter(region__code=region_code).defer("boundary").order_by("name", "pk")
    counts = Municipality.objects.filter(mrc__region__code=region_code).values_list("mrc_id", flat=True)
    per_mrc = Counter(counts.order_by())
    return [(row, per_mrc[row.pk]) for row in rows]


def buildings_at(municipality: Municipality, address: Address) -> QuerySet[Building]:
    """The buildings that have one of the doors of an address; one at most, unless a range runs over several."""
    doors = Door.objects.filter(
        municipality=municipality, street_key=address.street_key, number__in=address.numbers, suffix=address.suffix
    )
    return Building.objects.filter(pk__in=doors.values("building_id")).order_by("pk")


def building_of(municipality: Municipality, written: str) -> Building | None:
    """The building of an address as typed, when it is known and there is one; reads only."""
    try:
        return buildings_at(municipality, read_address(written, town=municipality.name)).first()
    except BadAddress:
        return None
