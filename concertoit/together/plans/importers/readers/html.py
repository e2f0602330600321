"""Web pages and what spreadsheets and editors export as HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from concertoit.together.plans.importers.readers.encoding import decode
from concertoit.together.plans.importers.readers.grid import Grid
from concertoit.together.plans.importers.readers.safety import whole
from concertoit.together.plans.importers.source import Cell, Paragraph, SourceDocument, Table

SILENT = {"script", "style", "template", "noscript", "head", "svg", "iframe", "object", "select", "colgroup"}
INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "cite",
    "code",
    "data",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "ins",
    "kbd",
    "label",
    "mark",
}
INLINE |= {"q", "s", "samp", "small", "span", "strong", "strike", "sub", "sup", "time", "tt", "u", "var", "wbr", "img"}
BOLD = {"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"}
HEADING = re.compile(r"h([1-6])$")
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
SPACES = re.compile(r"[ \t\n\r\f]+")
HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
MARK = "\0"
"""Stands for a line break of the document while its own white space is being folded."""


def read_html(data: bytes, name: str) -> SourceDocument:
    """Read a page; ``data`` in any encoding, declared or not."""
    text, warnings = _decoded(data)
    document = read_markup(text, name)
    document.warnings[:0] = warnings
    return document


def read_markup(text: str, name: str) -> SourceDocument:
    """Read markup already decoded."""
    document = SourceDocument(name=name, media_type="text/html")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    encoded = text.replace(MARK, "").encode("utf-8", "replace")
    root = etree.fromstring(encoded, parser) if encoded.strip() else None
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        document.warnings.append(
            ("page entière", "La page est mal formée; la fin peut manquer. Vérifiez le résultat.")
        )
    if root is not None:
        page = _Page(document)
        page.walk(root, 0)
        page.flush()
    return document


def _decoded(data: bytes) -> tuple[str, list[tuple[str, str]]]:
    declared = CHARSET.search(data[:4096])
    if declared and declared.group(1).lower() not in (b"utf-8", b"utf8"):
        try:
            return data.decode(declared.group(1).decode("ascii")), []
        except (LookupError, UnicodeDecodeError):
            pass  # what the page declares is wrong: judged on its content
    return decode(data)


@dataclass(slots=True)
class _Page:
    """Where the reading stands: text being gathered, and how many paragraphs and tables were met."""

    document: SourceDocument
    pieces: list[str] = field(default_factory=list)
    level: int = 0
    list_level: int = 0
    bold: bool = False
    paragraphs: int = 0
    tables: int = 0

    def walk(self, element: etree._Element, list_level: int) -> None:
        self._say(element.text)
        rank = _first_rank(element)
        for part in element:
            name = part.tag if isinstance(part.tag, str) else ""
            if name == "li":
                self._block(part, list_level + 1, _label(element, rank))
                rank += 1
            else:
                self._one(part, name, list_level)
            self._say(part.tail)

    def _one(self, part: etree._Element, name: str, list_level: int) -> None:
        if not name or name in SILENT or _is_hidden(part):
            return
        if name == "br":
            self.pieces.append(MARK)
        elif name == "table":
            self.flush()
            self._table(part)
        elif name in ("ul", "ol", "dl", "menu"):
            self.flush()
            self.walk(part, list_level)
            self.flush()
        elif name in INLINE:
            self.walk(part, list_level)
        else:
            self._block(part, list_level, "")

    def _block(self, part: etree._Element, list_level: int, label: str) -> None:
        self.flush()
        heading = HEADING.match(str(part.tag))
        self.level, self.list_level = int(heading.group(1)) if heading else 0, list_level
        self.bold = bool(heading) or _all_bold(part)
        if label:
            self.pieces.append(label)
        self.walk(part, list_level)
        self.flush()

    def _say(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)

    def flush(self) -> None:
        """What was gathered becomes a paragraph."""
        text = fold("".join(self.pieces))
        self.pieces.clear()
        if text:
            self.paragraphs += 1
            self.document.blocks.append(
                Paragraph(text, f"paragraphe {self.paragraphs}", self.level, self.list_level, self.bold)
            )
            self.level, self.bold = 0, False

    def _table(self, table: etree._Element) -> None:
        if _is_frame(table):
            self.walk(table, 0)
            self.flush()
            return
        self.tables += 1
        here = f"tableau {self.tables}"
        grid = Grid(lambda row, column: f"{here}, ligne {row + 1}, colonne {column + 1}")
        captions, nested = _fill(grid, table)
        for caption in captions:
            self.pieces.append(fold(cell_text(caption)))
            self.flush()
        rows = grid.rows()
        if rows:
            self.document.blocks.append(
                Table(rows=rows, place=here, name=" ".join(fold(cell_text(c)) for c in captions))
            )
        for inner in nested:
            self._table(inner)


def _rows_of(table: etree._Element) -> list[tuple[etree._Element, bool]]:
    """Rows of the table itself, those of ``thead`` first as a browser shows them, with whether each is hidden."""
    groups: dict[str, list[tuple[etree._Element, bool]]] = {"thead": [], "": [], "tfoot": []}
    for part in table:
        if part.tag == "tr":
            groups[""].append((part, _is_hidden(part)))
        elif part.tag in ("thead", "tbody", "tfoot"):
            key = part.tag if part.tag in groups else ""
            groups[key].extend((row, _is_hidden(part) or _is_hidden(row)) for row in part if row.tag == "tr")
    return [row for group in groups.values() for row in group]


def _fill(grid: Grid, table: etree._Element) -> tuple[list[etree._Element], list[etree._Element]]:
    """Put every cell of the table in the grid; return its captions and the tables found inside its cells."""
    nested: list[etree._Element] = []
    for row, (line, hidden) in enumerate(_rows_of(table)):
        column = 0
        grid.height = max(grid.height, row + 1)
        for part in line:
            if part.tag not in ("td", "th"):
                continue
            column = grid.free(row, column)
            cell = _cell(part)
            cell.hidden = hidden or _is_hidden(part)
            grid.put(row, column, cell)
            column += cell.colspan
            nested.extend(_tables_under(part))
    return [part for part in table if part.tag == "caption"], nested


def _cell(part: etree._Element) -> Cell:
    rowspan = whole(part.get("rowspan"), 1, 65_534)
    return Cell(
        text=fold(cell_text(part)),
        rowspan=65_534 if rowspan == 0 else max(1, rowspan),
        colspan=min(max(1, whole(part.get("colspan"), 1)), 1_000),
        items=[text for item in _entries(part) if (text := fold(cell_text(item)))],
        bold=part.tag == "th" or _all_bold(part),
    )


def _entries(part: etree._Element) -> list[etree._Element]:
    """Entries of the lists of a cell; a list inside an entry belongs to it."""
    found: list[etree._Element] = []
    for inner in part:
        if inner.tag == "li":
            found.append(inner)
        elif inner.tag != "table" and isinstance(inner.tag, str):
            found.extend(_entries(inner))
    return found


def cell_text(part: etree._Element) -> str:
    """Text of a cell or an item: a line per block, a label before each entry of a numbered list."""
    pieces: list[str] = [part.text or ""]
    rank = _first_rank(part)
    for inner in part:
        name = inner.tag if isinstance(inner.tag, str) else ""
        if name == "br":
            pieces.append(MARK)
        elif name == "li":
            pieces += [MARK, _label(part, rank) or "• ", cell_text(inner), MARK]
            rank += 1
        elif name in INLINE:
            pieces.append(cell_text(inner))
        elif name and name not in SILENT and not (name == "table" and not _is_frame(inner)) and not _is_hidden(inner):
            pieces += [MARK, cell_text(inner), MARK]
        pieces.append(inner.tail or "")
    return "".join(pieces)


def fold(text: str) -> str:
    """Fold white space as a browser does; line breaks of the document stay, empty lines go."""
    lines = (SPACES.sub(" ", line).strip(" ") for line in text.split(MARK))
    return "\n".join(line for line in lines if line.strip())


def _first_rank(element: etree._Element) -> int:
    return whole(element.get("start"), 1) if element.tag == "ol" else 1


def _label(listing: etree._Element, rank: int) -> str:
    return f"{rank}. " if listing.tag == "ol" else ""


def _is_frame(table: etree._Element) -> bool:
    """A table of a single cell that holds another table is a frame drawn around it."""
    rows = _rows_of(table)
    cells = [part for row, _ in rows for part in row if part.tag in ("td", "th")]
    return len(cells) == 1 and next(cells[0].iter("table"), None) is not None


def _tables_under(part: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = []
    for inner in part:
        if inner.tag == "table" and not _is_frame(inner):
            found.append(inner)
        elif isinstance(inner.tag, str):
            found.extend(_tables_under(inner))
    return found


def _is_hidden(part: etree._Element) -> bool:
    return "hidden" in part.attrib or bool(HIDDEN.search(part.get("style") or ""))


def _all_bold(part: etree._Element) -> bool:
    """Whether the only thing in the block is bold text."""
    if (part.text or "").strip():
        return False
    inner = [one for one in part if isinstance(one.tag, str)]
    return len(inner) == 1 and not (inner[0].tail or "").strip() and (inner[0].tag in BOLD or _all_bold(inner[0]))
