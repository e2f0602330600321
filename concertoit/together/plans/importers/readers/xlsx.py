"""Excel workbooks (.xlsx): every sheet that holds something is a table.

Read from the XML: merged cells, hidden rows, formats and comments are there, and a sheet whose only cell stands on the
last row of the last column costs nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from concertoit.together.plans.importers.readers.safety import (
    LIMITS,
    Archive,
    Limits,
    attribute,
    child,
    damaged,
    local,
    refuse_doctype,
    whole,
)
from concertoit.together.plans.importers.readers.spreadsheet import Sheet
from concertoit.together.plans.importers.readers.xlsx_formats import Format, Formats
from concertoit.together.plans.importers.source import Cell, Paragraph, SourceDocument

ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})$")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
MARGIN_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Za-z&+-])')
MERGES = 20_000
EXCERPT = 200


def read_xlsx(data: bytes, name: str, limits: Limits = LIMITS) -> SourceDocument:
    """Read a workbook; see ``source.py`` for what comes out."""
    archive = Archive(data, limits)
    main = next((target for _, kind, target, _ in archive.relations(".") if kind == "officeDocument"), "")
    return _Reader(
        archive, main if main in archive else "xl/workbook.xml", SourceDocument(name=name, media_type="")
    ).read()


@dataclass(slots=True)
class _Reader:
    archive: Archive
    main: str
    document: SourceDocument
    strings: list[str] = field(default_factory=list)
    formats: Formats = field(init=False)
    empty_formulas: int = 0

    def read(self) -> SourceDocument:
        workbook = self.archive.xml(self.main)
        parts = {identifier: (kind, target) for identifier, kind, target, _ in self.archive.relations(self.main)}
        by_kind = {kind: target for kind, target in parts.values() if target in self.archive}
        if "sharedStrings" in by_kind:
            self.strings = [text_of(item) for item in self.archive.xml(by_kind["sharedStrings"])]
        properties = child(workbook, "workbookPr")
        from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        styles = self.archive.xml(by_kind["styles"]) if "styles" in by_kind else None
        self.formats = Formats(styles, from_1904)
        sheets = child(workbook, "sheets")
        if sheets is None:
            raise damaged()
        for element in sheets:
            self._sheet(element, parts)
        return self.document

    def _sheet(self, element: etree._Element, parts: dict[str, tuple[str, str]]) -> None:
        kind, target = parts.get(attribute(element, "id") or "", ("", ""))
        sheet = Sheet(name=element.get("name") or "", hidden=element.get("state") in ("hidden", "veryHidden"))
        here = f"feuille {sheet.name}"
        if kind != "worksheet" or target not in self.archive:
            self.document.warnings.append(
                (here, "Cette feuille n'est pas un tableau (un graphique, par exemple): non reprise.")
            )
            return
        margins = self._cells(target, sheet)
        table = sheet.table()
        if table is not None:
            self.document.blocks.append(table)
        if sheet.hidden and table is not None:
            self.document.warnings.append(
                (here, "Cette feuille est masquée dans le classeur; elle est lue quand même.")
            )
        if self.empty_formulas:
            self.document.warnings.append(
                (
                    here,
                    f"{self.empty_formulas} formules sans valeur enregistrée : ouvrez le classeur et enregistrez-le.",
                )
            )
            self.empty_formulas = 0
        self._around(target, here)
        for text in margins:
            self.document.blocks.append(Paragraph(text, f"{here}, en-tête ou pied de page"))

    def _cells(self, target: str, sheet: Sheet) -> list[str]:
        """Fill the sheet from its part, row by row so that memory follows the row and not the sheet."""
        margins: list[str] = []
        row = -1
        for element in _parts(self.archive.read(target)):
            name = local(element)
            if name == "row":
                row = whole(element.get("r"), row + 2) - 1
                self._row(element, row, sheet)
            elif name in ("col", "mergeCell"):
                _geometry(element, name, sheet)
            else:
                text = " ".join(MARGIN_CODES.sub(" ", element.text or "").split())
                if any(character.isalpha() for character in text):
                    margins.append(text)
            element.clear()
        return margins

    def _row(self, element: etree._Element, row: int, sheet: Sheet) -> None:
        if element.get("hidden") in ("1", "true"):
            sheet.hidden_rows.add(row)
        column = -1
        for part in element:
            if local(part) != "c":
                continue
            address = ADDRESS.match(part.get("r") or "")
            column = column_of(address.group(1)) if address else column + 1
            cell = self._cell(part)
            if cell is not None:
                sheet.put(row, column, cell)

    def _cell(self, part: etree._Element) -> Cell | None:
        kind, form = part.get("t") or "n", self.formats.of(part.get("s"))
        written, computed = "", False
        for inner in part:
            name = local(inner)
            if name == "v":
                written = inner.text or ""
            elif name == "is":
                written, kind = text_of(inner), "str"
            elif name == "f":
                computed = True
        if computed and not written and kind != "str":
            self.empty_formulas += 1
        text, value = self._value(kind, written, form)
        return Cell(text=text.strip(), value=value, bold=form.bold) if text.strip() else None

    def _value(self, kind: str, written: str, form: Format) -> tuple[str, object]:
        if kind == "s":
            index = whole(written, -1)
            return (self.strings[index] if 0 <= index < len(self.strings) else ""), None
        if kind == "b":
            return ("VRAI", True) if written.strip() == "1" else ("FAUX", False)
        if kind == "n" and written:
            return self.formats.read(written.strip(), form)
        return _unescaped(written), None

    def _around(self, target: str, here: str) -> None:
        """Comments and drawings of a sheet: said, and the text of drawings kept."""
        parts = {kind: name for _, kind, name, external in self.archive.relations(target) if not external}
        comments = parts.get("threadedComment") or parts.get("comments")
        if comments and comments in self.archive:
            for comment in self.archive.xml(comments).iter():
                if local(comment) in ("comment", "threadedComment"):
                    text = " ".join(text_of(comment).split())
                    self.document.warnings.append(
                        (f"{here}, cellule {comment.get('ref')}", f"Commentaire, non repris : « {text[:EXCERPT]} »")
                    )
        drawing = parts.get("drawing")
        if drawing and drawing in self.archive:
            self._drawing(self.archive.xml(drawing), here)

    def _drawing(self, root: etree._Element, here: str) -> None:
        for shape in root.iter():
            name = local(shape)
            if name == "txBody":
                lines = ["".join(t.text or "" for t in p.iter() if local(t) == "t") for p in shape if local(p) == "p"]
                text = "\n".join(line for line in lines if line.strip())
                if text:
                    self.document.blocks.append(Paragraph(text, f"{here}, zone de texte"))
            elif name in ("pic", "graphicFrame"):
                what = "une image" if name == "pic" else "un graphique"
                self.document.warnings.append((here, f"Non repris : {what}."))


def _geometry(element: etree._Element, name: str, sheet: Sheet) -> None:
    """Hidden columns and merged cells."""
    if name == "col":
        if element.get("hidden") in ("1", "true"):
            first, last = whole(element.get("min"), 1), whole(element.get("max"), 1)
            sheet.hidden_columns.update(range(first - 1, min(last, first + LIMITS.columns)))
    elif len(sheet.merges) < MERGES and (area := area_of(element.get("ref") or "")):
        sheet.merges.append(area)


def _parts(data: bytes) -> Iterator[etree._Element]:
    """Rows and the few other elements of a sheet that matter, as they are parsed."""
    refuse_doctype(data)
    tags = [
        f"{{*}}{name}" for name in ("row", "col", "mergeCell", "oddHeader", "oddFooter", "firstHeader", "firstFooter")
    ]
    try:
        for _, element in etree.iterparse(
            io.BytesIO(data), events=("end",), tag=tags, resolve_entities=False, no_network=True, huge_tree=False
        ):
            yield element
    except etree.XMLSyntaxError as error:
        raise damaged() from error


def text_of(element: etree._Element) -> str:
    """Text of a string item: its runs put together, phonetic guides left out."""
    pieces: list[str] = []
    for part in element:
        name = local(part)
        if name in ("t", "text") and not len(part):
            pieces.append(part.text or "")
        elif name != "rPh":
            pieces.append(text_of(part))
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    """Excel writes control characters as ``_x000D_``."""
    if "_x" not in text:
        return text.replace("\r\n", "\n").replace("\r", "\n")
    plain = ESCAPED.sub(lambda match: _character(int(match.group(1), 16)), text)
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def _character(code: int) -> str:
    return chr(code) if code in (9, 10, 13) or (code >= 32 and not 0xD800 <= code <= 0xDFFF) else ""


def column_of(name: str) -> int:
    """Column from 0 of ``A``, ``B``, … ``AA``."""
    number = 0
    for character in name.upper():
        number = number * 26 + ord(character) - 64
    return number - 1


def area_of(reference: str) -> tuple[int, int, int, int] | None:
    """``B2:C5`` as (top, left, bottom, right) from 0."""
    first, _, last = reference.partition(":")
    start, end = ADDRESS.match(first), ADDRESS.match(last or first)
    if start is None or end is None:
        return None
    top, left, bottom, right = int(start[2]) - 1, column_of(start[1]), int(end[2]) - 1, column_of(end[1])
    return (top, left, bottom, right) if top <= bottom and left <= right else None
