"""Word documents (.docx): paragraphs, lists, tables in tables, notes, boxes, headers, with tracked changes accepted.

Read from the XML itself and not through a library: automatic numbers, merged cells, content controls and revisions are
visible only there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from concertoit.together.plans.importers.readers.docx_lines import Line, bulleted, items_of
from concertoit.together.plans.importers.readers.docx_numbering import Label, Numbering
from concertoit.together.plans.importers.readers.docx_styles import Styles, setting
from concertoit.together.plans.importers.readers.docx_tables import slots_of
from concertoit.together.plans.importers.readers.docx_text import Found, TextReader
from concertoit.together.plans.importers.readers.grid import Grid
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

WRAPPERS = {"sdtContent", "customXml", "ins", "moveTo", "smartTag", "body", "hdr", "ftr", "footnote", "endnote"}
WRAPPERS |= {"comment", "txbxContent", "document"}
NOTES = {"footnoteReference": "note de bas de page", "endnoteReference": "note de fin"}
EXCERPT = 200


def read_docx(data: bytes, name: str, limits: Limits = LIMITS) -> SourceDocument:
    """Read a Word document; see ``source.py`` for what comes out."""
    archive = Archive(data, limits)
    main = next((target for _, kind, target, _ in archive.relations(".") if kind == "officeDocument"), "")
    if main not in archive:
        main = "word/document.xml"
    return _Reader(archive, main, SourceDocument(name=name, media_type="")).document_read()


@dataclass(slots=True)
class _Reader:
    archive: Archive
    main: str
    document: SourceDocument
    styles: Styles = field(init=False)
    numbering: Numbering = field(init=False)
    text: TextReader = field(init=False)
    links: dict[str, str] = field(default_factory=dict)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)
    said: set[tuple[str, str]] = field(default_factory=set)
    joined: str = ""
    """Text of a paragraph whose end mark a tracked change deleted: it goes on in the next one."""
    paragraphs: int = 0
    tables: int = 0

    def document_read(self) -> SourceDocument:
        parts: dict[str, list[str]] = {}
        for identifier, kind, target, external in self.archive.relations(self.main):
            parts.setdefault(kind, []).append(target)
            if external:
                self.links[identifier] = target
        self.styles = Styles(self._part(parts, "styles"))
        self.numbering = Numbering(self._part(parts, "numbering"))
        self.text = TextReader(self.styles)
        body = child(self.archive.xml(self.main), "body")
        if body is None:
            raise damaged()
        self._blocks(body, self.document.blocks, "")
        self._notes(parts)
        self._margins(parts)
        return self.document

    def _part(self, parts: dict[str, list[str]], kind: str) -> etree._Element | None:
        target = next((target for target in parts.get(kind, ()) if target in self.archive), None)
        return self.archive.xml(target) if target else None

    def warn(self, place: str, message: str) -> None:
        if (place, message) not in self.said:
            self.said.add((place, message))
            self.document.warnings.append((place, message))

    # Blocks in the open

    def _blocks(self, element: etree._Element, blocks: list[Block], inside: str) -> None:
        """``inside`` names the place when it is not the body: a note, a box, a header."""
        for part in element:
            name = local(part)
            if name == "p":
                self._paragraph(part, blocks, inside)
            elif name == "tbl":
                self._table(part, blocks, inside)
            elif name == "sdt":
                self._control(part, blocks, inside)
            elif name in WRAPPERS:
                self._blocks(part, blocks, inside)
            elif name == "altChunk":
                self.warn(
                    inside or "document", "Un document inséré dans celui-ci n'est pas repris : importez-le à part."
                )

    def _control(self, part: etree._Element, blocks: list[Block], inside: str) -> None:
        gallery = child(child(child(part, "sdtPr"), "docPartObj"), "docPartGallery")
        if gallery is not None and (attribute(gallery, "val") or "") == "Table of Contents":
            self.warn("table des matières", "La table des matières n'est pas reprise : elle répète les titres.")
            return
        content = child(part, "sdtContent")
        if content is not None:
            self._blocks(content, blocks, inside)

    def _paragraph(self, part: etree._Element, blocks: list[Block], inside: str) -> None:
        if not inside:
            self.paragraphs += 1
        place = inside or f"paragraphe {self.paragraphs}"
        boxes: list[Block] = []
        line = self._line(part, place, boxes)
        if line is not None and line.text.strip():
            text = line.written().strip()
            blocks.append(Paragraph(text, place, line.level, line.list_level, line.bold))
        blocks.extend(boxes)

    def _line(self, part: etree._Element, place: str, boxes: list[Block]) -> Line | None:
        """Read one paragraph; what hangs from it goes to ``boxes``, warnings and notes."""
        properties = child(part, "pPr")
        style = setting(properties, "pStyle") or self.styles.default
        if self.styles.is_contents(style):
            self.text.read(part)
            self.warn("table des matières", "La table des matières n'est pas reprise : elle répète les titres.")
            return None
        found = self.text.read(part)
        found.text = self.joined + found.text
        self.joined = ""
        mark = child(properties, "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            self.joined = found.text
            found.text = ""
        self._hanging(found, place, boxes)
        numbered = self._number(properties, style) if found.text.strip() else None
        level = self.styles.level(style, setting(properties, "outlineLvl"))
        list_level = max(numbered.level, self.styles.list_rank(style)) if numbered and not level else 0
        return Line(found.text.strip(), level, numbered, found.bold, list_level)

    def _number(self, properties: etree._Element | None, style: str) -> Label | None:
        own = child(properties, "numPr")
        inherited = self.styles.numbering(style)
        identifier = setting(own, "numId") or (inherited[0] if inherited else None)
        if identifier is None or identifier == "0":
            return None
        index = setting(own, "ilvl")
        return self.numbering.label(identifier, whole(index) if index is not None else (inherited or ("", 0))[1])

    def _hanging(self, found: Found, place: str, boxes: list[Block]) -> None:
        for graphic in found.graphics:
            self.warn(place, f"Non repris : {graphic}.")
        if found.hidden.strip():
            self.warn(place, f"Texte masqué, non repris : « {found.hidden.strip()[:EXCERPT]} »")
        for link in found.links:
            target = self.links.get(link, "")
            if target and target not in found.text:
                self.warn(place, f"Adresse d'un lien, non reprise : {target[:EXCERPT]}")
        for kind, identifier in found.references:
            if kind in NOTES:
                self.notes.append((kind, identifier, place))
            else:
                self.comments.append((identifier, place))
        for box in found.boxes:
            self._blocks(box, boxes, f"{place}, zone de texte")

    # Tables

    def _table(self, table: etree._Element, blocks: list[Block], inside: str, here: str = "") -> None:
        slots, height = slots_of(table)
        if len(slots) == 1 and any(local(part) == "tbl" for part in slots[0].element):
            self._blocks(slots[0].element, blocks, inside)  # a frame drawn around the real table
            return
        if not here:
            self.tables += 1
            here = f"tableau {self.tables}" if not inside else f"{inside}, tableau {self.tables}"
        grid = Grid(lambda row, column: f"{here}, ligne {row + 1}, colonne {column + 1}")
        after: list[Block] = []
        for slot in slots:
            place = f"{here}, ligne {slot.row + 1}, colonne {slot.left + 1}"
            cell = self._cell(slot.element, place, after)
            cell.rowspan, cell.colspan = slot.rowspan, slot.right - slot.left
            grid.put(slot.row, slot.left, cell)
        grid.height = max(grid.height, height)
        rows = grid.rows()
        for row in rows:
            for column, cell in enumerate(row):
                cell.place = f"{cell.place.rpartition(' ')[0]} {column + 1}"
        if rows:
            blocks.append(Table(rows=rows, place=here))
        blocks.extend(after)

    def _cell(self, element: etree._Element, place: str, after: list[Block]) -> Cell:
        lines: list[Line] = []
        self._lines(element, place, lines, after)
        written = [line for line in lines if line.text]
        return Cell(
            text="\n".join(bulleted(line) for line in written),
            place=place,
            items=items_of(written),
            bold=bool(written) and all(line.bold for line in written),
        )

    def _lines(self, element: etree._Element, place: str, lines: list[Line], after: list[Block]) -> None:
        nested = 0
        for part in element:
            name = local(part)
            if name == "p":
                boxes: list[Block] = []
                line = self._line(part, place, boxes)
                if line is not None:
                    lines.append(line)
                lines.extend(Line(box.text) for box in boxes if isinstance(box, Paragraph))
                after.extend(box for box in boxes if isinstance(box, Table))
            elif name == "tbl":
                nested += 1
                self._table(part, after, place, f"{place}, tableau imbriqué {nested}")
            elif name in WRAPPERS or name == "sdt":
                self._lines(part, place, lines, after)

    # What stands outside the text

    def _notes(self, parts: dict[str, list[str]]) -> None:
        """Notes after the text, with the place that calls each; comments as warnings."""
        for kind, label in NOTES.items():
            root = self._part(parts, "footnotes" if kind.startswith("foot") else "endnotes")
            notes = {attribute(note, "id"): note for note in root} if root is not None else {}
            calls = [(identifier, place) for called, identifier, place in self.notes if called == kind]
            for rank, (identifier, place) in enumerate(calls, start=1):
                note = notes.get(identifier)
                if note is not None:
                    self._blocks(note, self.document.blocks, f"{label} {rank} ({place})")
        root = self._part(parts, "comments")
        comments = {attribute(comment, "id"): comment for comment in root} if root is not None else {}
        for identifier, place in self.comments:
            comment = comments.get(identifier)
            if comment is not None:
                blocks: list[Block] = []
                self._blocks(comment, blocks, place)
                text = " ".join(block.text for block in blocks if isinstance(block, Paragraph))
                self.warn(place, f"Commentaire, non repris : « {text[:EXCERPT]} »")

    def _margins(self, parts: dict[str, list[str]]) -> None:
        """Headers and footers, each text once, after everything else."""
        seen: set[str] = set()
        for kind, place in (("header", "en-tête de page"), ("footer", "pied de page")):
            for target in parts.get(kind, ()):
                if target not in self.archive:
                    continue
                blocks: list[Block] = []
                self._blocks(self.archive.xml(target), blocks, place)
                for block in blocks:
                    key = (
                        block.text if isinstance(block, Paragraph) else repr([[c.text for c in r] for r in block.rows])
                    )
                    if key not in seen and any(character.isalnum() for character in key):
                        seen.add(key)
                        self.document.blocks.append(block)
