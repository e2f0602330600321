"""OpenDocument spreadsheets (.ods)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree

from concertoit.together.plans.importers.readers.opendocument import Found, repeated, text_of
from concertoit.together.plans.importers.readers.safety import (
    LIMITS,
    Archive,
    Limits,
    attribute,
    child,
    children,
    damaged,
    local,
    too_wide,
)
from concertoit.together.plans.importers.readers.spreadsheet import Sheet, day, number, shown
from concertoit.together.plans.importers.source import Cell, Paragraph, SourceDocument

GROUPS = {"table-row-group", "table-header-rows", "table-rows"}
COLUMN_GROUPS = {"table-column-group", "table-header-columns", "table-columns"}
COPIES = 2_000
"""A filled cell repeated more often than that is a fill to the edge of the sheet, not a plan."""


def read_ods(data: bytes, name: str, limits: Limits = LIMITS) -> SourceDocument:
    """Read a spreadsheet; see ``source.py`` for what comes out."""
    document = SourceDocument(name=name, media_type="")
    content = Archive(data, limits).xml("content.xml")
    body = child(child(content, "body"), "spreadsheet")
    if body is None:
        raise damaged()
    hidden = _hidden_styles(content)
    for element in body:
        if local(element) == "table":
            _Reader(document, Sheet(name=attribute(element, "name") or ""), hidden).read(element)
    return document


def _hidden_styles(content: etree._Element) -> set[str]:
    """Styles of sheets that are not displayed."""
    found: set[str] = set()
    for style in children(content, "automatic-styles"):
        properties = child(style, "table-properties")
        if properties is not None and attribute(properties, "display") == "false":
            found.add(attribute(style, "name") or "")
    return found


@dataclass(slots=True)
class _Reader:
    document: SourceDocument
    sheet: Sheet
    hidden_styles: set[str]

    def read(self, element: etree._Element) -> None:
        here = f"feuille {self.sheet.name}"
        self.sheet.hidden = (attribute(element, "style-name") or "") in self.hidden_styles
        self._columns(element)
        row = 0
        for line in _rows(element):
            count = repeated(line, "number-rows-repeated")
            self._row(line, row, count)
            row += count
        table = self.sheet.table()
        if table is not None:
            self.document.blocks.append(table)
            if self.sheet.hidden:
                self.document.warnings.append(
                    (here, "Cette feuille est masquée dans le classeur; elle est lue quand même.")
                )
        shapes = child(element, "shapes")
        if shapes is not None:
            text = text_of(shapes, found := Found())
            texts = [text, *(text_of(box, Found()) for box in found.boxes)]
            self.document.blocks.extend(Paragraph(text, f"{here}, zone de texte") for text in texts if text)

    def _columns(self, element: etree._Element) -> None:
        column = 0
        for part in _columns(element):
            count = repeated(part, "number-columns-repeated")
            if attribute(part, "visibility") in ("collapse", "filter"):
                self.sheet.hidden_columns.update(range(column, column + min(count, LIMITS.columns)))
            column += count

    def _row(self, line: etree._Element, row: int, count: int) -> None:
        copies = min(count, COPIES)
        if attribute(line, "visibility") in ("collapse", "filter"):
            self.sheet.hidden_rows.update(range(row, row + copies))
        column = 0
        for part in line:
            if local(part) not in ("table-cell", "covered-table-cell"):
                continue
            across = repeated(part, "number-columns-repeated")
            if len(part):
                if copies * min(across, LIMITS.columns) > LIMITS.cells:
                    raise too_wide(self.sheet.place(row, column))
                for copy in range(copies):
                    for offset in range(min(across, LIMITS.columns)):
                        self._cell(part, row + copy, column + offset)
            column += across

    def _cell(self, part: etree._Element, row: int, column: int) -> None:
        found = Found()
        lines = [text_of(p, found) for p in part if local(p) in ("p", "h")]
        comments = [text_of(inner, Found()) for inner in part if local(inner) == "annotation"]
        for comment in filter(None, comments + found.comments):
            self.document.warnings.append(
                (self.sheet.place(row, column), f"Commentaire, non repris : « {comment[:200]} »")
            )
        text = "\n".join(line for line in lines if line)
        value = _value(part)
        if isinstance(value, date):
            text = shown(value)
        if not text.strip():
            return
        self.sheet.put(row, column, Cell(text=text, value=value))
        down, across = repeated(part, "number-rows-spanned"), repeated(part, "number-columns-spanned")
        if down * across > 1:
            self.sheet.merges.append((row, column, row + down - 1, column + across - 1))


def _value(part: etree._Element) -> object:
    kind = attribute(part, "value-type")
    if kind in ("float", "currency", "percentage"):
        return number(attribute(part, "value") or "")
    if kind == "date":
        try:
            return day(datetime.fromisoformat((attribute(part, "date-value") or "")[:19]))
        except ValueError:
            return None
    return attribute(part, "boolean-value") == "true" if kind == "boolean" else None


def _rows(element: etree._Element) -> Iterator[etree._Element]:
    for part in element:
        if local(part) == "table-row":
            yield part
        elif local(part) in GROUPS:
            yield from _rows(part)


def _columns(element: etree._Element) -> Iterator[etree._Element]:
    for part in element:
        if local(part) == "table-column":
            yield part
        elif local(part) in COLUMN_GROUPS:
            yield from _columns(part)
