"""What codes, postal codes and outlines must look like, in pure Python."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from concertoit.ground.places.enums import MRCS

_SDA = frozenset(code for code, _name, _region in MRCS)
_POSTAL = re.compile(r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d")
# Québec lies between these longitudes and latitudes, with a margin (an outline elsewhere is in another projection).
_BOX = (-80.5, 44.5, -56.5, 63.0)


class NotAnOutline(ValueError):
    """A geometry that cannot be the boundary of a territory; the message says why, in French."""


def sda_code(written: str) -> str:
    """The code of the SDA for an MRC written either way: ``52``, ``520`` and ``981`` give ``52``, ``52`` and ``981``.

    Nothing when the code is not that of a MRC. No three-digit code of the SDA ends with a zero, so nothing is ambiguous.
    """
    code = written.strip()
    if code in _SDA:
        return code
    shorter = code[:-1]
    return shorter if len(code) == 3 and code.endswith("0") and shorter in _SDA else ""


def mamh_code(code: str) -> str:
    """The three-digit code of the municipal directory for a code of the SDA: ``52`` gives ``520``."""
    return code if len(code) == 3 else f"{code}0"


def postal_code(written: str) -> str:
    """A postal code as Canada Post writes it (``J0K 1A0``), or nothing when it is not whole.

    The letters D, F, I, O, Q and U are never used, nor W and Z in first place.
    """
    code = written.strip().upper()
    if not _POSTAL.fullmatch(code):
        return ""
    return f"{code[:3]} {code[-3:]}"


def website(written: str) -> str:
    """An address that a browser opens: the directory leaves the protocol out."""
    address = written.strip()
    if not address or " " in address or "." not in address:
        return ""
    return address if address.startswith(("http://", "https://")) else f"https://{address}"


def outline(geometry: Any) -> dict[str, Any]:
    """A GeoJSON ``Polygon`` or ``MultiPolygon`` of Québec, checked ring by ring.

    Raises ``NotAnOutline`` for another type, an open ring, fewer than four points, a flat ring, or coordinates that are
    not longitudes and latitudes of Québec (RFC 7946, section 3.1.6, for the rings).
    """
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise NotAnOutline("ce n’est ni un polygone ni un ensemble de polygones")
    polygons = geometry.get("coordinates")
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    if not isinstance(polygons, list) or not polygons:
        raise NotAnOutline("le contour est vide")
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            raise NotAnOutline("un polygone est vide")
        for ring in polygon:
            _check_ring(ring)
    return {"type": geometry["type"], "coordinates": geometry["coordinates"]}


def _check_ring(ring: Any) -> None:
    if not isinstance(ring, list) or len(ring) < 4:
        raise NotAnOutline("un anneau a moins de quatre points")
    for point in ring:
        _check_point(point)
    if ring[0] != ring[-1]:
        raise NotAnOutline("un anneau n’est pas fermé")
    if _area(ring) == 0:
        raise NotAnOutline("un anneau n’a pas de surface")


def _check_point(point: Any) -> None:
    numbers = isinstance(point, list) and len(point) >= 2 and all(isinstance(x, int | float) for x in point[:2])
    if not numbers:
        raise NotAnOutline("une coordonnée n’est pas un nombre")
    west, south, east, north = _BOX
    if not (west <= point[0] <= east and south <= point[1] <= north):
        raise NotAnOutline("une coordonnée est hors du Québec : longitude et latitude (WGS 84) sont attendues")


def _area(ring: Sequence[Sequence[float]]) -> float:
    """Twice the signed area (shoelace formula)."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


def decoded_arcs(topology: dict[str, Any]) -> list[list[list[float]]]:
    """The arcs of a TopoJSON as longitudes and latitudes: deltas summed, then scaled (TopoJSON 1.0, section 2.1.3)."""
    transform = topology.get("transform")
    if not transform:
        return [[[float(x), float(y)] for x, y, *_rest in arc] for arc in topology["arcs"]]
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y, *_rest in arc:
            x, y = x + step_x, y + step_y
            points.append([round(x * kx + dx, 5), round(y * ky + dy, 5)])
        decoded.append(points)
    return decoded


def stitched(rings: Iterable[Iterable[int]], arcs: list[list[list[float]]]) -> list[list[list[float]]]:
    """Rings of a TopoJSON polygon from the numbers of their arcs; ``~n`` is arc *n* walked backwards."""
    found = []
    for ring in rings:
        points: list[list[float]] = []
        for number in ring:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points.extend(arc[1:] if points else arc)
        found.append(points)
    return found
