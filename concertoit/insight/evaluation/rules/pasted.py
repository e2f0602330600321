"""Reading a change strategy as people write it: headings of three kinds, a list under each, « (Axe 1) », « (Axes 2&3) ».

Nothing is dropped: each line is a change, a heading, an axis, or is given back as not understood.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

KINDS = {"connaissance": "knowledge", "pratique": "practices", "condition": "conditions", "cadre de vie": "conditions"}
_AXES = re.compile(r"\(\s*axes?\s*(?P<numbers>\d{1,2}(?:\s*(?:&|,|et|-)\s*\d{1,2})*)\s*\)\s*\.?\s*$", re.IGNORECASE)
_AXIS = re.compile(r"^axe\s*(?P<number>\d{1,2})\s*[:.–—-]?\s*(?P<name>.*)$", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[-–—•*▪►✓✔]|\d{1,2}[.)])\s+")
LONGEST = 400


@dataclass(frozen=True, slots=True)
class PastedChange:
    """A change as understood: its kind, its words, the numbers of its axes, and its line in the text (from 1)."""

    kind: str
    text: str
    axes: tuple[int, ...]
    line: int


@dataclass(slots=True)
class Pasted:
    """A text as understood. ``unread`` are lines that are neither a heading, an axis nor a change."""

    changes: list[PastedChange] = field(default_factory=list)
    axes: dict[int, str] = field(default_factory=dict)
    unread: list[tuple[int, str]] = field(default_factory=list)


def read(text: str) -> Pasted:
    """Understand a pasted strategy."""
    found, kind = Pasted(), ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = " ".join(raw.replace("\u00a0", " ").split())
        if not line:
            continue
        heading, axis = _heading(line), _AXIS.match(line)
        if heading:
            kind = heading
        elif axis:
            found.axes.setdefault(int(axis["number"]), axis["name"].strip() or f"Axe {axis['number']}")
            kind = ""  # what follows tells the axis, not a change
        elif kind and len(line) <= LONGEST:
            found.changes.append(_change(kind, line, number))
        else:
            found.unread.append((number, line))
    for change in found.changes:
        for axis_number in change.axes:
            found.axes.setdefault(axis_number, f"Axe {axis_number}")
    return found


def _heading(line: str) -> str:
    """« Changements de pratiques » opens a list; a sentence that speaks of practices does not."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", line.casefold()) if not unicodedata.combining(letter)
    )
    if not plain.startswith(("changement", "connaissances", "pratiques", "conditions")) or len(plain) > 60:
        return ""
    return next((kind for word, kind in KINDS.items() if word in plain), "")


def _change(kind: str, line: str, number: int) -> PastedChange:
    said = _BULLET.sub("", line)
    axes: tuple[int, ...] = ()
    if match := _AXES.search(said):
        said = said[: match.start()].strip()
        axes = tuple(dict.fromkeys(_numbers(match["numbers"])))
    return PastedChange(kind, said.rstrip(" ;"), axes, number)


def _numbers(written: str) -> list[int]:
    """« 2&3 » and « 2 et 3 » are two numbers; « 1-3 » is a range."""
    if match := re.fullmatch(r"(\d+)\s*-\s*(\d+)", written.strip()):
        low, high = int(match[1]), int(match[2])
        return list(range(low, high + 1)) if low <= high else [low, high]
    return [int(number) for number in re.findall(r"\d+", written)]
