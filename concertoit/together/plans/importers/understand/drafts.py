"""The elements written in one cell: one title, or several (numbered, bulleted), with labels and states taken off."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from concertoit.together.plans.importers.source import Cell
from concertoit.together.plans.rules.document import NodeKind
from concertoit.together.plans.rules.enumerations import read_enumeration
from concertoit.together.plans.rules.outline import OutlineNumber, read_number
from concertoit.together.plans.rules.statuses import split_state
from concertoit.together.plans.rules.wording import squeeze

from .ledger import Ledger
from .roles import LEVEL_ROLES, Role, level_label
from .tree import Draft

_BULLET = re.compile(r"^\s*(?:[•▪◦●○■□►➢➤→❖✓·*–—-]|o(?=\s+[A-ZÀ-Þ]))\s+(?=\S)")
_INLINE = re.compile(r"(?<=[\s.])(?=\d{1,2}(?:[.,]\d{1,2}){2,4}\.?\s*:?\s+[«\"A-ZÀ-Þ])")
_BEFORE_CODE = re.compile(r"(?:avec|voir|axe|action|objectif|à|au|et|ou|mesure|\+|,|\()\s*$", re.IGNORECASE)
_SUITE = re.compile(r"\s*\(\s*(?:suite(?: et fin)?|cont(?:inué|\.)?)\s*\)\s*$", re.IGNORECASE)


@dataclass(slots=True)
class CellText:
    """A cell with the text to read from it (a part of the cell's, when something was taken off before)."""

    cell: Cell
    text: str
    items: list[str]

    @classmethod
    def of(cls, cell: Cell) -> CellText:
        return cls(cell, cell.text.strip(), list(cell.items))


def read_drafts(kind: NodeKind, source: CellText, ledger: Ledger, *, steps_inside: bool = False) -> list[Draft]:
    """Elements of a level written in a cell, in order; all of the cell goes into them or is set aside as a label."""
    pieces = split_elements(source.text, source.items) if kind is not NodeKind.AXIS else [source.text]
    return [
        draft for piece in pieces if (draft := read_draft(kind, piece, source.cell, ledger, steps_inside=steps_inside))
    ]


def split_elements(text: str, items: list[str] | None = None) -> list[str]:
    """Cut a cell where several elements are plainly written one after another; else the text alone."""
    coded = _cut_at_codes(text)
    if len(coded) > 1:
        return coded
    items = items or []
    if len(items) > 1 and len(squeeze("".join(items))) * 10 >= len(squeeze(text)) * 9 - 40:
        return items
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and _BULLET.match(lines[0]) and sum(bool(_BULLET.match(line)) for line in lines) > 1:
        return _join_until(lines, lambda line: bool(_BULLET.match(line)))
    if len(lines) > 1 and _simple_number(lines[0]) == 1:
        pieces = _join_until(lines, lambda line: bool(_simple_number(line)))
        if len(pieces) > 1:
            return pieces
    return [text]


def _cut_at_codes(text: str) -> list[str]:
    """Cut before outline numbers of one depth: at line starts (two parts or more) or in a line (three or more)."""
    lines = text.split("\n")
    depths = (
        [0] if len(lines) == 1 else [n.depth if (n := read_number(line)) and n.depth >= 2 else 0 for line in lines]
    )
    deep = max(depths, default=0)
    if deep and depths[0] == deep and depths.count(deep) > 1:
        marks = iter(depths)
        return _join_until(lines, lambda line: next(marks) == deep)
    first = read_number(text)
    if first is None or first.depth < 3:
        return [text]
    cuts = [m.start() for m in _INLINE.finditer(text) if m.start() and not _BEFORE_CODE.search(text[: m.start()])]
    cuts = [c for c in cuts if (n := read_number(text[c:])) and n.depth == first.depth]
    edges = [0, *cuts, len(text)]
    return [text[a:b].strip() for a, b in pairwise(edges)]


def _join_until(lines: list[str], starts: Callable[[str], bool]) -> list[str]:
    pieces: list[str] = []
    for line in lines:
        begins = starts(line)
        if begins or not pieces:
            pieces.append(line)
        else:
            pieces[-1] += "\n" + line
    return [piece.strip() for piece in pieces if piece.strip()]


def _simple_number(line: str) -> int:
    match = re.match(r"\s*(\d{1,2})\s?[.):°-]\s*[^\W\d_]", line)
    return int(match[1]) if match else 0


def read_draft(kind: NodeKind, text: str, cell: Cell, ledger: Ledger, *, steps_inside: bool = False) -> Draft | None:
    """One element: label, number, state, title, and what follows the title."""
    rest = _BULLET.sub("", text.strip(), count=1)
    number, rest = take_label(kind, rest, lambda words: ledger.set_aside(cell, "étiquette", words))
    if number is None:
        number = read_number(rest)
        if number is not None and not (number.rest or number.depth > 1):
            number = None
        rest = number.rest if number else rest
    bare = _SUITE.sub("", rest)
    if bare != rest:
        ledger.set_aside(cell, "suite", rest[len(bare) :])
    title, below = cut_title(bare)
    title, state, words = split_state(title)
    if state:
        ledger.set_aside(cell, "état", words)
    draft = Draft(kind, squeeze(title).rstrip(" :"), number, "", state, text=text)
    _place_rest(draft, below, steps_inside)
    if number:
        ledger.claim(cell, number.written)
        ledger.set_aside(cell, "numéro isolé", number.above)
    ledger.claim(cell, f"{title}\n{below}")
    return draft if draft.title or draft.number else None


def _place_rest(draft: Draft, below: str, steps_inside: bool) -> None:
    numbered = [item for item in read_enumeration(below).items if item.written] if below else []
    if steps_inside and len(numbered) > 1 and draft.kind is NodeKind.ACTION:
        draft.steps_text = below
    else:
        draft.description = below


def take_label(kind: NodeKind, text: str, set_aside: Callable[[str], None]) -> tuple[OutlineNumber | None, str]:
    """Take ``Objectif 1.1 :`` off a text. The label must be one of the level, followed by a number or a colon."""
    label = level_label(text)
    role = Role.OBJECTIVE if label is not None and label[0] is Role.SPECIFIC else label and label[0]
    if label is None or role is None or LEVEL_ROLES.get(role) is not kind:
        return None, text
    number = read_number(label[2], labelled=True)
    if number is not None:
        set_aside(label[1] + label[2].partition(number.written)[0])
        return number, number.rest
    bare = re.match(r"\s*[:–—-]\s+", label[2])
    if bare:
        set_aside(label[1])
        return None, label[2][bare.end() :]
    return None, text


def cut_title(text: str) -> tuple[str, str]:
    """Title and what follows: a new paragraph after a finished sentence, a colon, or before a list."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for index in range(1, len(lines)):
        ended = lines[index - 1].endswith((".", ";", ":", "!", "?"))
        listed = bool(_BULLET.match(lines[index])) or _simple_number(lines[index]) > 0
        if listed or (ended and not lines[index][:1].islower()):
            return " ".join(lines[:index]), "\n".join(lines[index:])
    return " ".join(lines), ""
