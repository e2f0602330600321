"""Words of a page of a PDF put back into lines and paragraphs.

A PDF knows where words stand, not where a sentence ends. A line break is the writer's when the next word would have
fitted on the line; otherwise the margin made it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

BULLET = re.compile(r"(?:[•▪●○■□➢✓✔☐☑☒*]|[-\u2013\u2014]|[a-zA-Z]\)|\(?\d{1,2}[.)])$")
NUMBERED = re.compile(r"(?:\d+[.,])+\d*$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box, in points from the top left of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


@dataclass(slots=True)
class Line:
    """Words on one line, from left to right."""

    words: list[Word]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Lines from top to bottom; words whose middles share a line's height are on it."""
    lines: list[Line] = []
    for word in sorted(words, key=lambda word: (word.middle[1], word.x0)):
        last = lines[-1] if lines else None
        if last is not None and last.top - 1 <= word.middle[1] <= last.bottom - (last.bottom - last.top) * 0.2:
            last.words.append(word)
        else:
            lines.append(Line([word]))
    for line in lines:
        line.words.sort(key=lambda word: word.x0)
    return lines


def is_wrapped(line: Line, following: Line, right: float, usual_gap: float) -> bool:
    """Whether the following line only goes on with this one. ``right`` is how far the text may reach."""
    first = following.words[0]
    if BULLET.match(first.text) or NUMBERED.match(first.text):
        return False
    if following.top - line.bottom > max(usual_gap * 1.6, usual_gap + 3):
        return False
    if abs(following.size - line.size) > 1 or (line.bold != following.bold and following.x0 < line.x0 + 1):
        return False
    space = line.size * 0.25
    return line.x1 + space + (first.x1 - first.x0) > right - 1


def usual_gap(lines: Sequence[Line]) -> float:
    """The smallest distance between two lines: the one inside paragraphs."""
    gaps = [after.top - before.bottom for before, after in itertools.pairwise(lines)]
    return min((gap for gap in gaps if gap > -2), default=0.0)


def gathered(lines: Sequence[Line], right: float) -> list[list[Line]]:
    """Lines grouped into paragraphs."""
    groups: list[list[Line]] = []
    gap = usual_gap(lines)
    for line in lines:
        if groups and is_wrapped(groups[-1][-1], line, right, gap):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def joined(lines: Sequence[Line]) -> str:
    """The text of the lines of one paragraph; a hyphen that cut a word at the margin goes."""
    text = ""
    for line in lines:
        text = text[:-1] + line.text if text.endswith("\u00ad") else f"{text} {line.text}"
    return text.strip()


def cell_text(words: Sequence[Word], left: float, right: float) -> str:
    """Text of a cell whose borders are given: the margin inside it is taken to be the same on both sides."""
    lines = lines_of(words)
    if not lines:
        return ""
    padding = max(0.0, min(line.x0 for line in lines) - left)
    limit = right - min(padding, (right - left) / 4)
    return "\n".join(joined(group) for group in gathered(lines, limit))
