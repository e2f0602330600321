"""What changed between two states, down to the word. Pure."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

# Beyond this many words on either side, a word-by-word comparison costs more than it tells.
LONGEST = 4000


class Change(NamedTuple):
    """A field whose value changed."""

    field: str
    before: Any
    after: Any


class Piece(NamedTuple):
    """A run of words."""

    kind: Literal["same", "removed", "added"]
    text: str


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Fields that differ, in the order of ``after`` and then of what disappeared."""
    names = [*after, *(name for name in before if name not in after)]
    return [Change(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)]


def word_difference(old: str, new: str) -> list[Piece]:
    """Both texts as one: the words removed, the words added, and those that stay."""
    if old == new:
        return [Piece("same", old)] if old else []
    a, b = re.split(r"(\s+)", old), re.split(r"(\s+)", new)
    if max(len(a), len(b)) > LONGEST:
        return _replaced(old, new)
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(a[i1:i2])))
        else:
            pieces += _replaced("".join(a[i1:i2]), "".join(b[j1:j2]))
    return pieces


def _replaced(old: str, new: str) -> list[Piece]:
    pieces = [Piece("removed", old), Piece("added", new)]
    return [piece for piece in pieces if piece.text]
