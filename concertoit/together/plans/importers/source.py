"""What a reader hands to understanding: a document as blocks, each with its place, whatever the file format was.

A reader decides nothing about meaning. It keeps every piece of text of the file, in order, and says where it stood.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Cell:
    """A cell's text, with line breaks kept.

    ``items`` holds the entries of real lists inside the cell (``<ol>``, Word numbering), each as its own text, where the
    format tells them apart; ``text`` always holds everything. ``rowspan``/``colspan`` are those of the merged cell; cells
    covered by a merge are present with ``covered=True`` and empty text. ``value`` is a typed value (date, number) where
    the     format has one. ``hidden`` says a row or column was hidden in the source.
    """

    text: str = ""
    place: str = ""
    rowspan: int = 1
    colspan: int = 1
    covered: bool = False
    items: list[str] = field(default_factory=list)
    value: object = None
    hidden: bool = False
    bold: bool = False


@dataclass(slots=True)
class Table:
    """A rectangular grid of cells (every row has the same length), as it stands in the file."""

    rows: list[list[Cell]]
    place: str = ""
    name: str = ""


@dataclass(slots=True)
class Paragraph:
    """A paragraph outside tables. ``level`` is 1-9 for a heading, 0 for body text; ``list_level`` ≥ 1 inside a list."""

    text: str
    place: str = ""
    level: int = 0
    list_level: int = 0
    bold: bool = False


Block = Paragraph | Table


@dataclass(slots=True)
class SourceDocument:
    """Blocks in reading order. ``warnings`` are what the reader left out or could not read, with their place."""

    name: str
    media_type: str
    blocks: list[Block] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)

    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, Table)]


class UnreadableDocument(Exception):
    """The file cannot be read; ``str(error)`` is a sentence in French for the person who brought it."""
