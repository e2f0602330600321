"""Geometry of a Word table: rows of cells with their spans become places in a grid.

Borders dragged by hand leave slivers: column edges a hair apart, which people see as one. Edges closer than two
millimetres are read as the same edge.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from concertoit.together.plans.importers.readers.docx_styles import setting
from concertoit.together.plans.importers.readers.safety import (
    LIMITS,
    attribute,
    child,
    children,
    local,
    too_wide,
    whole,
)

HAIR = 113
"""Two millimetres in twentieths of a point, the unit of Word."""


@dataclass(slots=True)
class Slot:
    """A cell of the file at its place in the grid: columns ``left`` (included) to ``right`` (excluded)."""

    element: etree._Element
    row: int
    left: int
    right: int
    rowspan: int = 1
    merge: str = ""
    """``restart`` opens a vertical merge, ``continue`` goes on with it."""


def slots_of(table: etree._Element) -> tuple[list[Slot], int]:
    """Cells of a table in reading order, and the number of rows. Rows deleted by a tracked change are left out."""
    slots: list[Slot] = []
    count = 0
    for line in _parts(table, "tr"):
        properties = child(line, "trPr")
        if child(properties, "del") is not None:
            continue
        slots.extend(_line(line, properties, count))
        count += 1
        if len(slots) > LIMITS.cells:
            raise too_wide(f"ligne {count} d'un tableau")
    _snap(slots, _edges(table))
    return _joined(slots), count


def _parts(element: etree._Element, name: str) -> list[etree._Element]:
    """Rows or cells, also inside content controls and tracked insertions."""
    found: list[etree._Element] = []
    for part in element:
        if local(part) == name:
            found.append(part)
        elif local(part) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            found.extend(_parts(part, name))
    return found


def _line(line: etree._Element, properties: etree._Element | None, row: int) -> list[Slot]:
    slots: list[Slot] = []
    column = max(0, whole(setting(properties, "gridBefore")))
    for cell in _parts(line, "tc"):
        about = child(cell, "tcPr")
        if child(about, "cellDel") is not None:
            continue
        span = max(1, whole(setting(about, "gridSpan"), 1))
        if column + span > LIMITS.columns:
            raise too_wide(f"ligne {row + 1} d'un tableau")
        if _horizontal(about) == "continue" and slots:
            slots[-1].right = column + span
        else:
            slots.append(Slot(cell, row, column, column + span, merge=_vertical(about)))
        column += span
    return slots


def _vertical(properties: etree._Element | None) -> str:
    merge = child(properties, "vMerge")
    return "" if merge is None else (attribute(merge, "val") or "continue")


def _horizontal(properties: etree._Element | None) -> str:
    merge = child(properties, "hMerge")
    return "" if merge is None else (attribute(merge, "val") or "continue")


def _edges(table: etree._Element) -> list[int]:
    """Distance of each column edge from the left, or nothing when the file does not say."""
    edges = [0]
    for column in children(table, "tblGrid"):
        if local(column) == "gridCol":
            width = whole(attribute(column, "w"))
            if width <= 0:
                return []
            edges.append(edges[-1] + width)
    return edges


def _snap(slots: list[Slot], edges: list[int]) -> None:
    """Read edges a hair apart as one, unless a cell would vanish."""
    if len(edges) < 3 or any(slot.right >= len(edges) for slot in slots):
        return
    place: list[int] = [0]
    group = 0
    for index in range(1, len(edges)):
        if edges[index] - edges[group] > HAIR:
            group = index
        place.append(group)
    if all(place[slot.left] < place[slot.right] for slot in slots):
        for slot in slots:
            slot.left, slot.right = place[slot.left], place[slot.right]


def _joined(slots: list[Slot]) -> list[Slot]:
    """Count how far each vertical merge reaches; a continuation without beginning is a cell like any other."""
    open_merges: dict[int, Slot] = {}
    kept: list[Slot] = []
    for slot in slots:
        above = open_merges.get(slot.left)
        if slot.merge == "continue" and above is not None and above.row + above.rowspan == slot.row:
            above.rowspan += 1
        else:
            kept.append(slot)
            if slot.merge:
                open_merges[slot.left] = slot
            else:
                open_merges.pop(slot.left, None)
    return kept
