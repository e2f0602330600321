"""What OpenDocument texts and sheets share: the text of a paragraph, notes and comments."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from concertoit.together.plans.importers.readers.safety import attribute, local, whole

SPACES = 200
"""A run of spaces is written as a count: a broken file may claim billions."""
REPEATS = 2_000_000
BREAKS = {"tab": "\t", "line-break": "\n"}
SILENT = {"annotation-end", "tracked-changes", "bookmark", "title", "desc"}


@dataclass(slots=True)
class Found:
    """What hangs from a paragraph."""

    comments: list[str] = field(default_factory=list)
    notes: list[etree._Element] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    pictures: int = 0


def text_of(element: etree._Element, found: Found) -> str:
    """Text of a paragraph: white space folded, counted spaces and breaks restored."""
    return _text(element, found).strip()


def _text(element: etree._Element, found: Found) -> str:
    pieces = [_folded(element.text)]
    for part in element:
        name = local(part)
        if name == "s":
            pieces.append(" " * max(1, min(whole(attribute(part, "c"), 1), SPACES)))
        elif name in BREAKS:
            pieces.append(BREAKS[name])
        elif not _hangs(part, name, found):
            pieces.append(_text(part, found))
        pieces.append(_folded(part.tail))
    return "".join(pieces)


def _hangs(part: etree._Element, name: str, found: Found) -> bool:
    """Keep aside what is not the text of the paragraph."""
    if name == "annotation":
        found.comments.append(" ".join(_text(p, Found()) for p in part.iter() if local(p) == "p").strip())
    elif name == "note":
        found.notes.append(part)
    elif name == "text-box":
        found.boxes.append(part)
    elif name == "image":
        found.pictures += 1
    else:
        return name in SILENT
    return True


def _folded(text: str | None) -> str:
    if not text:
        return ""
    words = " ".join(text.split())
    if not words:
        return " "
    return (" " if text[0].isspace() else "") + words + (" " if text[-1].isspace() else "")


def repeated(element: etree._Element, name: str) -> int:
    """How many times a row or a cell is repeated, bounded."""
    return max(1, whole(attribute(element, name), 1, REPEATS))
