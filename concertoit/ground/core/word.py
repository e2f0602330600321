"""Word documents written fast and accessibly: real styles, header rows, landscape pages, page numbers.

python-docx makes the package (styles, properties, relationships); the body is written as WordprocessingML in one
piece, because adding cells one by one through its objects costs most of the time of a large table. Every text is
escaped here: callers give data, never markup.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from concertoit.ground.core.word_styles import apply_styles

LANGUAGE = "fr-CA"
# Letter, as used in Québec, in twips: 21.59 by 27.94 cm; margins of 1.6 cm.
SHORT_SIDE, LONG_SIDE = 12240, 15840
MARGIN = 907
MARKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph; line breaks in ``text`` are kept."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph made of runs, with the id of its style (``Tableau``, ``ListBullet``…)."""

    runs: tuple[Run, ...]
    style: str = "Tableau"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. ``merge``: ``start`` or ``more`` of a vertical merge; ``span``: columns; ``fill``: ``RRGGBB``."""

    content: str | tuple[Para, ...] = ""
    style: str = "Tableau"
    fill: str = ""
    merge: str = ""
    span: int = 1


@dataclass(slots=True)
class TableSpec:
    """A table: relative widths, one or more header rows (repeated on each page), and what it is about.

    It takes the whole width of the page. ``keep_rows`` keeps a row on one page as long as it fits there.
    """

    widths: Sequence[float]
    header: Sequence[Sequence[Cell | str]]
    title: str
    description: str = ""
    keep_rows: bool = False
    rows: Iterable[Sequence[Cell | str]] = field(default_factory=list)


def xml_text(text: str) -> str:
    """Escape a text, without the characters that XML cannot hold."""
    return escape(FORBIDDEN.sub("", text))


def run_xml(text: str, properties: str = "") -> str:
    """A run; line breaks and tabs become their Word elements."""
    if not text:
        return ""
    pieces = re.split("([\n\t])", xml_text(text.replace("\r\n", "\n").replace("\r", "\n")))
    body = "".join(MARKS.get(piece) or f'<w:t xml:space="preserve">{piece}</w:t>' for piece in pieces if piece)
    return f"<w:r>{properties}{body}</w:r>"


def paragraph_xml(content: str | tuple[Run, ...], style: str = "") -> str:
    """A paragraph in a style; ``content`` is a text or runs."""
    if isinstance(content, str):
        runs = run_xml(content)
    else:
        runs = "".join(run_xml(run.text, "<w:rPr><w:b/></w:rPr>" if run.bold else "") for run in content)
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{runs}</w:p>"


def cell_xml(cell: Cell | str, width: int, style: str) -> str:
    """A cell ``width`` twips wide; a bare text takes ``style``."""
    if isinstance(cell, str):
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph_xml(cell, style)}</w:tc>'
    properties = [f'<w:tcW w:w="{width}" w:type="dxa"/>']
    if cell.span > 1:
        properties.append(f'<w:gridSpan w:val="{cell.span}"/>')
    if cell.merge:
        properties.append('<w:vMerge w:val="restart"/>' if cell.merge == "start" else "<w:vMerge/>")
    if cell.fill:
        properties.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>')
    if isinstance(cell.content, str):
        body = paragraph_xml(cell.content, cell.style)
    else:
        body = "".join(paragraph_xml(p.runs, p.style) for p in cell.content) or paragraph_xml("", cell.style)
    return f"<w:tc><w:tcPr>{''.join(properties)}</w:tcPr>{body}</w:tc>"


def _row_xml(cells: Sequence[Cell | str], widths: Sequence[int], style: str, properties: str) -> str:
    out, column = [], 0
    for cell in cells:
        span = 1 if isinstance(cell, str) else cell.span
        out.append(cell_xml(cell, sum(widths[column : column + span]), style))
        column += span
    return f"<w:tr>{properties}{''.join(out)}</w:tr>"


def table_xml(table: TableSpec, available: int) -> str:
    """A table in our style, ``available`` twips wide, its header rows marked as such and repeated on every page."""
    whole = sum(table.widths)
    widths = [int(width * available / whole) for width in table.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    header_row = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    body_row = "<w:trPr><w:cantSplit/></w:trPr>" if table.keep_rows else ""
    attributes = {'"': "&quot;", "\n": " "}
    parts = [
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableauConcertoit"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escape(FORBIDDEN.sub("", table.title), attributes)}"/>'
        f'<w:tblDescription w:val="{escape(FORBIDDEN.sub("", table.description), attributes)}"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    ]
    parts += [_row_xml(row, widths, "TableauEntete", header_row) for row in table.header]
    parts += [_row_xml(row, widths, "Tableau", body_row) for row in table.rows]
    return "".join([*parts, "</w:tbl>"])


class WordDocument:
    """A document in the making: ``heading``, ``paragraph``, ``table``, ``section`` in order, then ``to_bytes``."""

    def __init__(
        self, title: str, *, subject: str = "", footer: str = "", landscape: bool = True, language: str = LANGUAGE
    ) -> None:
        self._package: DocxDocument = Document()
        self._body: list[str] = []
        self._landscape = landscape
        properties = self._package.core_properties
        clean = FORBIDDEN.sub("", title)
        properties.title, properties.subject, properties.language = clean[:250], subject[:250], language
        properties.author, properties.comments = "", ""
        apply_styles(self._package, language)
        self._of = " of " if language.startswith("en") else " de "
        self._footer = self._make_footer(footer)

    def stamp(self, moment: datetime) -> None:
        """Say when the document was made, for two runs to give the same bytes' content."""
        utc = moment.astimezone(UTC).replace(tzinfo=None)
        self._package.core_properties.created = utc
        self._package.core_properties.modified = utc

    def heading(self, text: str, level: int) -> None:
        """A heading of level 1 to 3, or the document's title for level 0."""
        self._body.append(paragraph_xml(text, f"Heading{level}" if level else "Title"))

    def paragraph(self, content: str | tuple[Run, ...], style: str = "") -> None:
        self._body.append(paragraph_xml(content, style))

    def table(self, table: TableSpec) -> None:
        """A table; the empty line after it keeps two tables from becoming one."""
        available = (LONG_SIDE if self._landscape else SHORT_SIDE) - 2 * MARGIN
        self._body.append(table_xml(table, available))
        self._body.append(paragraph_xml("", "Intervalle"))

    def section(self, *, landscape: bool) -> None:
        """Start a new page in the given orientation; nothing happens when the document is still empty."""
        if self._body:
            self._body.append(f"<w:p><w:pPr><w:pStyle w:val='Intervalle'/>{self._section_xml()}</w:pPr></w:p>")
        self._landscape = landscape

    def _section_xml(self) -> str:
        width, height = (LONG_SIDE, SHORT_SIDE) if self._landscape else (SHORT_SIDE, LONG_SIDE)
        orientation = ' w:orient="landscape"' if self._landscape else ""
        return (
            f"<w:sectPr>{self._footer}<w:type w:val='nextPage'/><w:pgSz w:w='{width}' w:h='{height}'{orientation}/>"
            f"<w:pgMar w:top='{MARGIN}' w:right='{MARGIN}' w:bottom='{MARGIN}' w:left='{MARGIN}' "
            "w:header='500' w:footer='500' w:gutter='0'/></w:sectPr>"
        )

    def _make_footer(self, text: str) -> str:
        """Write the footer (text, then ``Page x de y``) and answer the reference that each section carries."""
        section = self._package.sections[0]
        footer = section.footer
        footer.is_linked_to_previous = False
        element = footer._element
        for child in list(element):
            element.remove(child)
        for paragraph in self._footer_paragraphs(text):
            element.append(parse_xml(paragraph.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))
        relations = (reference.get(qn("r:id")) for reference in section._sectPr.iter(qn("w:footerReference")))
        return f'<w:footerReference w:type="default" r:id="{next(relations)}"/>'

    def _footer_paragraphs(self, text: str) -> list[str]:
        def number(code: str) -> str:
            return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

        lines = [paragraph_xml(line, "Footer") for line in text.split("\n") if line]
        pages = f"{run_xml('Page ')}{number('PAGE')}{run_xml(self._of)}{number('NUMPAGES')}"
        return [*lines, f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{pages}</w:p>']

    def to_bytes(self) -> bytes:
        """The ``.docx`` file."""
        namespaces = nsdecls("w", "r")
        body = parse_xml(f"<w:body {namespaces}>{''.join(self._body)}{self._section_xml()}</w:body>")
        root = self._package.element
        root.replace(root.body, body)
        out = io.BytesIO()
        self._package.save(out)
        return out.getvalue()
