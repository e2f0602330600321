"""Tables drawn with horizontal lines only: their columns are the white corridors that no word crosses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from concertoit.together.plans.importers.readers.pdf_words import Word

Box = tuple[float, float, float, float]

CORRIDOR = 7.0
"""Points of white that part two columns: wider than any space between two words of the sizes that plans use."""
SAME = 3.0
WIDE = 0.4
"""Part of the page's width from which a line is a rule of a table and not an underline."""
LEAST = 3
"""Two rules may frame a title; a table has at least three."""


def ruled_boxes(rules: Iterable[Box], words: Sequence[Word], page_width: float) -> list[Box]:
    """Boxes of the cells of a table that has only horizontal rules; nothing when the page has none."""
    wide = sorted((rule for rule in rules if rule[2] - rule[0] > page_width * WIDE), key=lambda rule: rule[1])
    tops: list[float] = []
    for rule in wide:
        if not tops or rule[1] - tops[-1] > SAME:
            tops.append(rule[1])
    if len(tops) < LEAST:
        return []
    left, right = min(rule[0] for rule in wide), max(rule[2] for rule in wide)
    inside = [
        word for word in words if left - 1 <= word.middle[0] <= right + 1 and tops[0] < word.middle[1] < tops[-1]
    ]
    edges = [left, *corridors(inside), right]
    if len(edges) < LEAST or not inside:
        return []
    return [
        (edges[column], tops[row], edges[column + 1], tops[row + 1])
        for row in range(len(tops) - 1)
        for column in range(len(edges) - 1)
    ]


def corridors(words: Sequence[Word]) -> list[float]:
    """Where white runs from top to bottom between the words: the middle of each corridor."""
    found: list[float] = []
    reach: float | None = None
    for word in sorted(words, key=lambda word: word.x0):
        if reach is not None and word.x0 - reach >= CORRIDOR:
            found.append((reach + word.x0) / 2)
        reach = word.x1 if reach is None else max(reach, word.x1)
    return found
