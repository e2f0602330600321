"""Reading the official directory of municipalities and files of boundaries. Nothing is written here."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from concertoit.ground.core.errors import DomainError
from concertoit.ground.places import rules
from concertoit.ground.places.enums import MRCS, REGIONS

NEEDED = ("code_geo", "nom", "designation", "code_region")
_REGIONS = frozenset(code for code, _name in REGIONS)
_MRC_CODES = frozenset(code for code, _name, _region in MRCS)


@dataclass(frozen=True, slots=True)
class MunicipalityFacts:
    """A line of the official directory, understood. ``mrc`` is a code of the SDA, or nothing."""

    code: str
    name: str
    designation: str
    region: str
    mrc: str = ""
    postal_code: str = ""
    population: int | None = None
    dwellings: int | None = None
    website: str = ""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something of the file that a person should know. ``kind`` is one of those of ``FLAWS``."""

    kind: str
    line: int
    code: str
    name: str
    value: str


FLAWS = {
    "postal_code": "codes postaux tronqués ou impossibles (laissés vides)",
    "no_mrc": "municipalités sans MRC dans le répertoire",
    "unknown_mrc": "codes de MRC inconnus (laissés vides)",
    "unknown_region": "codes de région inconnus (lignes non importées)",
    "bad_code": "codes géographiques qui n’ont pas cinq chiffres (lignes non importées)",
    "repeated": "codes géographiques répétés (première ligne gardée)",
    "number": "nombres illisibles (laissés vides)",
}


@dataclass
class Directory:
    """A directory as understood: what can be imported, and every flaw with its line."""

    rows: list[MunicipalityFacts] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)

    def of(self, kind: str) -> list[Flaw]:
        return [flaw for flaw in self.flaws if flaw.kind == kind]


def read_municipalities(path: Path) -> Directory:
    """Understand a CSV of the municipal directory (columns of ``municipalites_qc.csv``; UTF-8 or Windows-1252).

    Codes stay text. Raises ``DomainError`` when the file is not a CSV with the columns needed.
    """
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    try:
        missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
        rows = [] if missing else list(enumerate(reader, 2))
    except csv.Error as error:
        raise DomainError("Ce fichier n’est pas un CSV lisible.") from error
    if missing:
        raise DomainError(f"Ce fichier n’a pas les colonnes attendues : il manque {', '.join(missing)}.")
    directory, seen = Directory(), set()
    for line, row in rows:
        values = {name: (value or "").strip() for name, value in row.items() if name and not isinstance(value, list)}
        facts = _municipality(values, line, directory)
        if facts and facts.code in seen:
            _flaw(directory, "repeated", line, values, facts.code)
        elif facts:
            seen.add(facts.code)
            directory.rows.append(facts)
    return directory


def _municipality(values: dict[str, str], line: int, directory: Directory) -> MunicipalityFacts | None:
    code = values["code_geo"]
    if not (len(code) == 5 and code.isdecimal()):
        _flaw(directory, "bad_code", line, values, code)
        return None
    if values["code_region"] not in _REGIONS:
        _flaw(directory, "unknown_region", line, values, values["code_region"])
        return None
    return MunicipalityFacts(
        code=code,
        name=values["nom"],
        designation=values["designation"],
        region=values["code_region"],
        mrc=_mrc(values, line, directory),
        postal_code=_postal_code(values, line, directory),
        population=_number(values, "population_decret", line, directory),
        dwellings=_number(values, "logements_prives_2021", line, directory),
        website=rules.website(values.get("site_web", "")),
    )


def _mrc(values: dict[str, str], line: int, directory: Directory) -> str:
    """The directory leaves its own code empty where a city stands for a MRC: listed, and that of the SDA is taken."""
    mamh, sda = values.get("code_mrc_mamh", ""), values.get("code_mrc_sda", "")
    if not mamh:
        _flaw(directory, "no_mrc", line, values, sda)
    written = mamh or sda
    code = rules.sda_code(written)
    if written and not code:
        _flaw(directory, "unknown_mrc", line, values, written)
    return code


def _postal_code(values: dict[str, str], line: int, directory: Directory) -> str:
    written = values.get("code_postal", "")
    code = rules.postal_code(written)
    if written and not code:
        _flaw(directory, "postal_code", line, values, written)
    return code


def _number(values: dict[str, str], column: str, line: int, directory: Directory) -> int | None:
    written = values.get(column, "")
    if not written:
        return None
    if not written.isdecimal():
        _flaw(directory, "number", line, values, f"{column} : {written}")
        return None
    return int(written)


def _flaw(directory: Directory, kind: str, line: int, values: dict[str, str], value: str) -> None:
    directory.flaws.append(Flaw(kind, line, values["code_geo"], values["nom"], value))


@dataclass
class Outlines:
    """Outlines as understood, by (``region`` or ``mrc``, code), and what was refused, in words."""

    found: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)


def read_boundaries(path: Path) -> Outlines:
    """Understand a GeoJSON or TopoJSON of regions or MRC (properties ``code_mrc`` or ``code_region``).

    Raises ``DomainError`` when the file is neither.
    """
    try:
        document = json.loads(_text(path))
    except ValueError as error:
        raise DomainError("Ce fichier n’est pas du JSON.") from error
    outlines = Outlines()
    for number, (properties, geometry) in enumerate(_features(document), 1):
        _outline(number, properties, geometry, outlines)
    return outlines


def _outline(number: int, properties: dict[str, Any], geometry: Any, outlines: Outlines) -> None:
    kind = "mrc" if "code_mrc" in properties else "region"
    written = str(properties.get(f"code_{kind}", ""))
    code = rules.sda_code(written) if kind == "mrc" else written
    if code not in (_MRC_CODES if kind == "mrc" else _REGIONS):
        outlines.refused.append(f"élément {number} : code « {written} » inconnu")
        return
    try:
        outlines.found[kind, code] = rules.outline(geometry)
    except rules.NotAnOutline as error:
        outlines.refused.append(f"élément {number} (code {code}) : {error}")


def _features(document: Any) -> list[tuple[dict[str, Any], Any]]:
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "FeatureCollection" and isinstance(document.get("features"), list):
        return [(one.get("properties") or {}, one.get("geometry")) for one in document["features"]]
    if kind == "Topology":
        try:
            return _topology(document)
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise DomainError("Ce TopoJSON est incomplet : ses arcs ne se lisent pas.") from error
    raise DomainError("Ce fichier n’est ni un GeoJSON (FeatureCollection) ni un TopoJSON (Topology).")


def _topology(document: dict[str, Any]) -> list[tuple[dict[str, Any], Any]]:
    arcs = rules.decoded_arcs(document)
    found = []
    for collection in document["objects"].values():
        for one in collection.get("geometries", [collection]):
            geometry: Any = None
            if one.get("type") == "Polygon":
                geometry = {"type": "Polygon", "coordinates": rules.stitched(one["arcs"], arcs)}
            elif one.get("type") == "MultiPolygon":
                coordinates = [rules.stitched(polygon, arcs) for polygon in one["arcs"]]
                geometry = {"type": "MultiPolygon", "coordinates": coordinates}
            found.append((one.get("properties") or {}, geometry))
    return found


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DomainError(f"Ce fichier ne s’ouvre pas : {path}.") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
