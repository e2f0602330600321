"""One neutral page, written in each format: what a layout draws once can be read from Word, Excel, PDF or a page."""

from __future__ import annotations

import csv
import html
import io
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import odfdo
import xlsxwriter

from tests.together.plans.importers.small_documents import small_pdf, word


@dataclass
class Box:
    """A cell. ``down`` and ``across`` merge; ``bullets`` is a real list; ``value`` is what a spreadsheet stores."""

    text: str = ""
    down: int = 1
    across: int = 1
    bold: bool = False
    bullets: tuple[str, ...] = ()
    value: date | int | None = None

    @property
    def lines(self) -> list[str]:
        return [line for line in self.text.split("\n") if line] + [f"• {bullet}" for bullet in self.bullets]


@dataclass
class Grid:
    """A table: in each row, the boxes that start there. ``name`` is the sheet's name in a workbook."""

    rows: list[list[Box]]
    name: str = "Plan d'action"


@dataclass
class Text:
    """A heading (``level`` ≥ 1), an entry of a list, or a paragraph."""

    text: str
    level: int = 0
    bullet: bool = False


@dataclass
class Page:
    blocks: list[Text | Grid] = field(default_factory=list)


def placed(grid: Grid) -> list[list[Box | None]]:
    """Every square of the grid: the box that starts there, or ``None`` where a merged box covers it."""
    taken: set[tuple[int, int]] = set()
    spots: dict[tuple[int, int], Box] = {}
    for row, boxes in enumerate(grid.rows):
        column = 0
        for box in boxes:
            while (row, column) in taken:
                column += 1
            spots[row, column] = box
            taken.update((row + down, column + across) for down in range(box.down) for across in range(box.across))
            column += box.across
    width = max(column for _, column in taken) + 1
    return [[spots.get((row, column)) for column in range(width)] for row in range(len(grid.rows))]


STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="Titre{level}"><w:name w:val="heading {level}"/></w:style>'
    for level in (1, 2, 3)
)
BULLETS = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def to_docx(page: Page) -> bytes:
    """As Word writes it in French: styles ``Titre1``…, merges by ``vMerge`` and ``gridSpan``."""
    return word("".join(_block(block) for block in page.blocks), styles=STYLES, numbering=BULLETS)


def _block(block: Text | Grid) -> str:
    if isinstance(block, Text):
        style = f'<w:pStyle w:val="Titre{block.level}"/>' if block.level else ""
        return _p(block.text, style + (LISTED if block.bullet else ""))
    open_boxes: dict[int, tuple[Box, int]] = {}
    rows = []
    for row, squares in enumerate(placed(block)):
        cells: list[str] = []
        column = 0
        while column < len(squares):
            box = squares[column]
            merge = ""
            if box is not None:
                open_boxes[column] = (box, row + box.down)
                merge = '<w:vMerge w:val="restart"/>' if box.down > 1 else ""
            else:
                box, merge = Box(across=open_boxes[column][0].across), "<w:vMerge/>"
            span = f'<w:gridSpan w:val="{box.across}"/>' if box.across > 1 else ""
            cells.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{_cell(box)}</w:tc>")
            column += box.across
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def _p(text: str, properties: str = "", bold: bool = False) -> str:
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{weight}<w:t>{escape(text)}</w:t></w:r></w:p>"


def _cell(box: Box) -> str:
    lines = [_p(line, bold=box.bold) for line in box.text.split("\n") if line]
    return "".join(lines + [_p(bullet, LISTED) for bullet in box.bullets]) or "<w:p/>"


def to_html(page: Page) -> bytes:
    parts = ['<!doctype html><html lang="fr"><meta charset="utf-8"><body>']
    for block in page.blocks:
        if isinstance(block, Grid):
            parts.append(f"<table>{''.join(_line(row) for row in block.rows)}</table>")
        elif block.bullet:
            parts.append(f"<ul><li>{html.escape(block.text)}</li></ul>")
        else:
            tag = f"h{block.level}" if block.level else "p"
            parts.append(f"<{tag}>{html.escape(block.text)}</{tag}>")
    return "".join([*parts, "</body></html>"]).encode()


def _line(row: list[Box]) -> str:
    cells = []
    for box in row:
        bullets = "".join(f"<li>{html.escape(bullet)}</li>" for bullet in box.bullets)
        text = html.escape(box.text).replace("\n", "<br>") + (f"<ul>{bullets}</ul>" if bullets else "")
        cells.append(f'<td rowspan="{box.down}" colspan="{box.across}">{f"<b>{text}</b>" if box.bold else text}</td>')
    return f"<tr>{''.join(cells)}</tr>"


def to_md(page: Page) -> bytes:
    """Tables of Markdown have no merged cells: a merged box is written once, then left empty."""
    parts = []
    for block in page.blocks:
        if isinstance(block, Grid):
            rows = [["<br>".join(box.lines) if box else "" for box in row] for row in placed(block)]
            lines = ["| " + " | ".join(row) + " |" for row in rows]
            parts.append("\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]]))
        else:
            parts.append(f"{'#' * block.level}{' ' if block.level else ''}{'- ' if block.bullet else ''}{block.text}")
    return "\n\n".join(parts).encode()


def to_pdf(page: Page) -> bytes:
    """Typeset in landscape; a table may run over several pages."""
    parts = ['#set page(paper: "us-letter", flipped: true, margin: 1.5cm)\n#set text(size: 9pt)\n']
    for block in page.blocks:
        if isinstance(block, Text):
            mark = "=" * block.level + " " if block.level else "- " if block.bullet else ""
            parts.append(f"{mark}#{json.dumps(block.text, ensure_ascii=False)}\n\n")
            continue
        cells = []
        for box in (box for row in block.rows for box in row):
            text = " #linebreak() ".join(f"#{json.dumps(line, ensure_ascii=False)}" for line in box.lines)
            body = f"[#strong[{text}]]" if box.bold else f"[{text}]"
            cells.append(f"table.cell(rowspan: {box.down}, colspan: {box.across}){body}")
        parts.append(f"#table(columns: (1fr,) * {len(placed(block)[0])}, {', '.join(cells)})\n\n")
    return small_pdf("".join(parts))


def to_xlsx(page: Page) -> bytes:
    """A sheet per table; what stands between tables is written in the first column, above."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for name, texts, grid in _sheets(page):
        sheet = book.add_worksheet(name)
        top = len(texts) + 1 if texts else 0
        for row, text in enumerate(texts):
            sheet.write_string(row, 0, text)
        for row, squares in enumerate(placed(grid), start=top):
            for column, box in enumerate(squares):
                if box is not None:
                    _write(sheet, row, column, box, bold if box.bold else day if isinstance(box.value, date) else None)
    book.close()
    return data.getvalue()


def _write(sheet: Any, row: int, column: int, box: Box, form: object) -> None:
    content = box.value if box.value is not None else "\n".join(box.lines)
    if box.down * box.across > 1:
        sheet.merge_range(row, column, row + box.down - 1, column + box.across - 1, content, form)
    elif isinstance(content, date):
        sheet.write_datetime(row, column, content, form)
    elif isinstance(content, int):
        sheet.write_number(row, column, content, form)
    else:
        sheet.write_string(row, column, content, form)


def to_ods(page: Page) -> bytes:
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    for name, texts, grid in _sheets(page):
        table = odfdo.Table(name)
        above = [[text] for text in texts] + ([[None]] if texts else [])
        squares = placed(grid)
        values = [[_ods(box) for box in row] for row in squares]
        table.set_values([*above, *values])
        for row, boxes in enumerate(squares, start=len(above)):
            for column, box in enumerate(boxes):
                if box is not None and box.down * box.across > 1:
                    table.set_span((column, row, column + box.across - 1, row + box.down - 1))
        document.body.append(table)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _ods(box: Box | None) -> object:
    if box is None:
        return None
    return box.value if box.value is not None else "\n".join(box.lines) or None


def _sheets(page: Page) -> list[tuple[str, list[str], Grid]]:
    found: list[tuple[str, list[str], Grid]] = []
    texts: list[str] = []
    for block in page.blocks:
        if isinstance(block, Text):
            texts.append(block.text)
            continue
        name = block.name[:28]
        taken = sum(1 for other, _, _ in found if other.startswith(name))
        found.append((f"{name} {taken + 1}" if taken else name, texts, block))
        texts = []
    return found


def to_csv(page: Page) -> bytes:
    """One table, as Excel in French saves it: semicolons, Windows-1252."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for block in page.blocks:
        if isinstance(block, Text):
            writer.writerow([block.text])
        else:
            writer.writerows([["\n".join(box.lines) if box else "" for box in row] for row in placed(block)])
    return out.getvalue().encode("cp1252", "replace")


FORMATS = {
    "docx": to_docx,
    "xlsx": to_xlsx,
    "ods": to_ods,
    "html": to_html,
    "md": to_md,
    "pdf": to_pdf,
    "csv": to_csv,
}
