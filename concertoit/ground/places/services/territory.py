"""Writes of the territory: the official codes, the directory, the outlines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from concertoit.ground.audit.services import record
from concertoit.ground.places.enums import MRCS, REGIONS
from concertoit.ground.places.importers import MunicipalityFacts
from concertoit.ground.places.models import Mrc, Municipality, Region


@dataclass
class Loaded:
    """What loading did: counts, and codes that are in the database and no longer in the file."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    gone: list[str] = field(default_factory=list)


@transaction.atomic
def load_reference() -> None:
    """Regions and MRC of ``enums.py``; names are brought up to date, outlines and what refers to them stay."""
    regions = {}
    for code, name in REGIONS:
        regions[code], _created = Region.objects.update_or_create(code=code, defaults={"name": name})
    for code, name, region in MRCS:
        Mrc.objects.update_or_create(code=code, defaults={"name": name, "region": regions[region]})


@transaction.atomic
def load_municipalities(*, rows: list[MunicipalityFacts], source: str, actor: Any = None) -> Loaded:
    """Write the municipalities of a directory. A municipality that the file no longer has is kept, and named."""
    load_reference()
    regions = {row.code: row for row in Region.objects.defer("boundary")}
    mrcs = {row.code: row for row in Mrc.objects.defer("boundary")}
    known = {row.code: row for row in Municipality.objects.all()}
    loaded, new, changed = Loaded(), [], []
    for facts in rows:
        values = {
            "name": facts.name, "designation": facts.designation, "region": regions[facts.region],
            "mrc": mrcs.get(facts.mrc), "postal_code": facts.postal_code, "population": facts.population,
            "dwellings": facts.dwellings, "website": facts.website,
        }  # fmt: skip
        row = known.pop(facts.code, None)
        if row is None:
            new.append(Municipality(code=facts.code, **values))
        elif _differs(row, values):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
        else:
            loaded.unchanged += 1
    Municipality.objects.bulk_create(new)
    Municipality.objects.bulk_update(changed, list(_COLUMNS))
    loaded.created, loaded.updated, loaded.gone = len(new), len(changed), sorted(known)
    record(
        actor=actor, verb="places.municipalities_loaded", object_type="places.municipality", object_id="*",
        object_label=source, after={"created": loaded.created, "updated": loaded.updated, "gone": loaded.gone},
    )  # fmt: skip
    return loaded


_COLUMNS = ("name", "designation", "region", "mrc", "postal_code", "population", "dwellings", "website")


def _differs(row: Municipality, values: dict[str, Any]) -> bool:
    ids = {"region": "region_id", "mrc": "mrc_id"}
    now = {name: getattr(row, ids.get(name, name)) for name in _COLUMNS}
    return now != {name: getattr(value, "pk", value) if name in ids else value for name, value in values.items()}


@transaction.atomic
def load_boundaries(*, outlines: dict[tuple[str, str], dict[str, Any]], source: str, actor: Any = None) -> None:
    """Keep outlines, given by (``region`` or ``mrc``, code)."""
    models: dict[str, type[Region] | type[Mrc]] = {"region": Region, "mrc": Mrc}
    for (kind, code), geometry in outlines.items():
        models[kind].objects.filter(code=code).update(boundary=geometry)
    record(
        actor=actor, verb="places.boundaries_loaded", object_type="places.mrc", object_id="*", object_label=source,
        after={"outlines": sorted(f"{kind}:{code}" for kind, code in outlines)},
    )  # fmt: skip
