"""Accounts of the source: each piece (a cell, a paragraph) and the words of it that found a place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from concertoit.together.plans.importers.source import Cell, Paragraph, SourceDocument, Table
from concertoit.together.plans.rules.wording import WORD, fold, words

from .result import Furniture

Piece = Cell | Paragraph


@dataclass(slots=True)
class Ledger:
    """Pieces in reading order; understanding claims their text as it places it, and the rest is listed as unplaced."""

    pieces: list[Piece] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    _claimed: dict[int, list[str]] = field(default_factory=dict)
    _whole: set[int] = field(default_factory=set)
    _owner: dict[int, Piece] = field(default_factory=dict)
    _parts: list[Piece] = field(default_factory=list)

    @classmethod
    def of(cls, source: SourceDocument) -> Ledger:
        ledger = cls()
        for block in source.blocks:
            cells = [cell for row in block.rows for cell in row] if isinstance(block, Table) else [block]
            ledger.pieces.extend(piece for piece in cells if piece.text.strip())
        return ledger

    def stand_for(self, part: Piece, piece: Piece) -> None:
        """Claims on ``part`` (a piece made for reading) count for the source's ``piece``: only its own words."""
        self._parts.append(part)
        self._owner[id(part)] = self._owner.get(id(piece), piece)

    def take(self, piece: Piece) -> None:
        """All the words of the piece are in the document."""
        owner = self._owner.get(id(piece))
        if owner is not None:
            self.claim(owner, piece.text)
        else:
            self._whole.add(id(piece))

    def claim(self, piece: Piece, text: str) -> None:
        """These words of the piece are in the document."""
        if text:
            self._claimed.setdefault(id(self._owner.get(id(piece), piece)), []).append(text)

    def is_taken(self, piece: Piece) -> bool:
        return id(piece) in self._whole or id(piece) in self._claimed

    def is_whole(self, piece: Piece) -> bool:
        return id(piece) in self._whole

    def set_aside(self, piece: Piece, reason: str, text: str | None = None) -> None:
        """Words that belong to the form, or that were read into something else than text (a state, a number)."""
        part = piece.text if text is None else text
        if not part.strip():
            return
        if text is None:
            self.take(piece)
        else:
            self.claim(piece, text)
        self.furniture.append(Furniture(piece.place, part, reason))

    def release(self, piece: Piece) -> None:
        """Give a piece back: what it was taken for turned out to be wrong."""
        self._whole.discard(id(piece))
        self._claimed.pop(id(piece), None)
        self.furniture = [entry for entry in self.furniture if entry.place != piece.place]

    def unplaced(self) -> list[tuple[str, str]]:
        """Place and text of everything that nobody claimed, in reading order."""
        left: list[tuple[str, str]] = []
        for piece in self.pieces:
            if id(piece) in self._whole:
                continue
            claims = self._claimed.get(id(piece))
            if not claims:
                left.append((piece.place, piece.text.strip()))
                continue
            rest = _missing(piece.text, claims)
            if rest:
                left.append((piece.place, rest))
        return left


def _missing(text: str, claims: list[str]) -> str:
    """The words of ``text`` that the claims do not cover, in order."""
    covered = Counter(word for claim in claims for word in words(claim))
    kept: list[str] = []
    for word in WORD.findall(text):
        folded = fold(word)
        if covered[folded] > 0:
            covered[folded] -= 1
        else:
            kept.append(word)
    return " ".join(kept)
