"""OpenDocument texts (.odt): headings, paragraphs, lists, tables, notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from concertoit.together.plans.importers.readers.docx_numbering import letter, roman
from concertoit.together.plans.importers.readers.grid import Grid
from concertoit.together.plans.importers.readers.opendocument import Found, repeated, text_of
from concertoit.together.plans.importers.readers.safety import (
    LIMITS,
    Archive,
    Limits,
    attribute,
    child,
    damaged,
    local,
    whole,
)
from concertoit.together.plans.importers.source import Block, Cell, Paragraph, SourceDocument, Table

ROW_GROUPS = {"table-header-rows", "table-rows", "table-row-group"}
COPIES = 200
FORMS: dict[str, Callable[[int], str]] = {
    "a": letter,
    "A": lambda number: letter(number).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
}


def read_odt(data: bytes, name: str, limits: Limits = LIMITS) -> SourceDocument:
    """Read a text; see ``source.py`` for what comes out."""
    archive = Archive(data, limits)
    content = archive.xml("content.xml")
    body = child(child(content, "body"), "text")
    if body is None:
        raise damaged()
    reader = _Reader(SourceDocument(name=name, media_type=""))
    reader.lists(content)
    if "styles.xml" in archive:
        styles = archive.xml("styles.xml")
        reader.lists(styles)
    reader.blocks(body, reader.document.blocks)
    reader.document.blocks.extend(reader.notes)
    if "styles.xml" in archive:
        reader.margins(styles)
    return reader.document


@dataclass(slots=True)
class _Reader:
    document: SourceDocument
    styles: dict[str, dict[int, etree._Element]] = field(default_factory=dict)
    """Levels of each list style."""
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    notes: list[Block] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0

    def lists(self, root: etree._Element) -> None:
        for style in root.iter():
            if local(style) in ("list-style", "outline-style"):
                name = attribute(style, "name") or ""
                self.styles[name] = {whole(attribute(level, "level"), 1): level for level in style}

    def blocks(self, element: etree._Element, blocks: list[Block], inside: str = "") -> None:
        for part in element:
            name = local(part)
            if name in ("p", "h"):
                self._paragraph(part, blocks, inside, 0, "")
            elif name == "list":
                self._list(part, blocks, inside, 1, "", "")
            elif name == "table":
                self._table(part, blocks, inside)
            elif name == "table-of-content":
                self._warn("table des matières", "La table des matières n'est pas reprise : elle répète les titres.")
            elif name in ("section", "index-body", "text-box", "frame", "note-body", "numbered-paragraph"):
                self.blocks(part, blocks, inside)

    def _warn(self, place: str, message: str) -> None:
        if (place, message) not in self.document.warnings:
            self.document.warnings.append((place, message))

    def _paragraph(self, part: etree._Element, blocks: list[Block], inside: str, depth: int, label: str) -> None:
        if not inside:
            self.paragraphs += 1
        place = inside or f"paragraphe {self.paragraphs}"
        found = Found()
        text = text_of(part, found)
        level = min(9, max(1, whole(attribute(part, "outline-level"), 1))) if local(part) == "h" else 0
        if text:
            blocks.append(Paragraph(f"{label} {text}".strip(), place, level, 0 if level else depth))
        self._hanging(found, blocks, place)

    def _hanging(self, found: Found, blocks: list[Block], place: str) -> None:
        for comment in found.comments:
            self._warn(place, f"Commentaire, non repris : « {comment[:200]} »")
        if found.pictures:
            self._warn(place, "Non repris : une image.")
        for note in found.notes:
            self.blocks(note, self.notes, f"note {1 + len(self.notes)} ({place})")
        for box in found.boxes:
            self.blocks(box, blocks, f"{place}, zone de texte")

    def _list(
        self, part: etree._Element, blocks: list[Block], inside: str, depth: int, style: str, number: str
    ) -> None:
        style = attribute(part, "style-name") or style
        if depth == 1 and attribute(part, "continue-numbering") != "true":
            self.counters.pop(style, None)
        for item in part:
            if local(item) not in ("list-item", "list-header"):
                continue
            label = self._label(item, style, depth) if local(item) == "list-item" else ""
            for inner in item:
                if local(inner) == "list":
                    self._list(inner, blocks, inside, depth + 1, style, label)
                elif local(inner) in ("p", "h"):
                    self._paragraph(inner, blocks, inside, depth, label)
                    label = ""

    def _label(self, item: etree._Element, style: str, depth: int) -> str:
        """The number of an entry, empty for a bullet. An item that only wraps a deeper list does not count."""
        level = self.styles.get(style, {}).get(depth)
        if level is None or local(level) == "list-level-style-bullet" or not any(local(i) in ("p", "h") for i in item):
            return ""
        counters = self.counters.setdefault(style, {})
        start = whole(attribute(level, "start-value"), 1)
        counters[depth] = whole(attribute(item, "start-value"), counters.get(depth, start - 1) + 1)
        for deeper in [deep for deep in counters if deep > depth]:
            del counters[deeper]
        shown = max(1, min(whole(attribute(level, "display-levels"), 1), depth))
        parts = [self._counted(style, one, counters) for one in range(depth - shown + 1, depth + 1)]
        return (attribute(level, "num-prefix") or "") + ".".join(parts) + (attribute(level, "num-suffix") or "")

    def _counted(self, style: str, depth: int, counters: dict[int, int]) -> str:
        level = self.styles.get(style, {}).get(depth)
        form = (attribute(level, "num-format") if level is not None else None) or "1"
        return FORMS.get(form, str)(counters.get(depth, 1))

    def _table(self, table: etree._Element, blocks: list[Block], inside: str) -> None:
        self.tables += 1
        here = f"{inside}, tableau imbriqué {self.tables}" if inside else f"tableau {self.tables}"
        grid = Grid(lambda row, column: f"{here}, ligne {row + 1}, colonne {column + 1}")
        after: list[Block] = []
        row = 0
        for line in _lines(table):
            for _ in range(min(repeated(line, "number-rows-repeated"), COPIES)):
                self._row(line, row, grid, here, after)
                row += 1
        rows = grid.rows()
        if rows:
            blocks.append(Table(rows=rows, place=here, name=""))
        blocks.extend(after)

    def _row(self, line: etree._Element, row: int, grid: Grid, here: str, after: list[Block]) -> None:
        column = 0
        grid.height = max(grid.height, row + 1)
        for part in line:
            across = min(repeated(part, "number-columns-repeated"), LIMITS.columns)
            if local(part) == "table-cell":
                for copy in range(across):
                    cell = self._cell(part, f"{here}, ligne {row + 1}, colonne {column + copy + 1}", after)
                    grid.put(row, column + copy, cell)
            column += across

    def _cell(self, part: etree._Element, place: str, after: list[Block]) -> Cell:
        blocks: list[Block] = []
        self.blocks(part, blocks, place)
        after.extend(block for block in blocks if isinstance(block, Table))
        lines = [block for block in blocks if isinstance(block, Paragraph)]
        return Cell(
            text="\n".join(line.text for line in lines),
            place=place,
            rowspan=repeated(part, "number-rows-spanned"),
            colspan=min(repeated(part, "number-columns-spanned"), LIMITS.columns),
            items=[line.text for line in lines if line.list_level],
        )

    def margins(self, styles: etree._Element) -> None:
        """Headers and footers of the master pages, each text once."""
        seen: set[str] = set()
        for element in styles.iter():
            if local(element) in ("header", "footer", "header-first", "footer-first"):
                place = "en-tête de page" if local(element).startswith("header") else "pied de page"
                blocks: list[Block] = []
                self.blocks(element, blocks, place)
                for block in blocks:
                    if (
                        isinstance(block, Paragraph)
                        and block.text not in seen
                        and any(c.isalpha() for c in block.text)
                    ):
                        seen.add(block.text)
                        self.document.blocks.append(block)


def _lines(table: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = []
    for part in table:
        if local(part) == "table-row":
            found.append(part)
        elif local(part) in ROW_GROUPS:
            found.extend(_lines(part))
    return found
