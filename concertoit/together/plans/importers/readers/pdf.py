"""PDF with text: ruled tables, and paragraphs outside them. Runs in a child process, see ``apart.py``."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pdfplumber
import pypdfium2
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text
from pypdfium2 import raw

from concertoit.together.plans.importers.readers.pdf_rules import ruled_boxes
from concertoit.together.plans.importers.readers.pdf_tables import Box, PageTable, append, goes_on, page_table
from concertoit.together.plans.importers.readers.pdf_words import Line, Word, gathered, joined, lines_of
from concertoit.together.plans.importers.readers.safety import LIMITS, Limits, Told, damaged, protected
from concertoit.together.plans.importers.source import Paragraph, SourceDocument, UnreadableDocument

SETTINGS = {"snap_tolerance": 3, "join_tolerance": 3, "intersection_tolerance": 3}
EXCERPT = 200
MARGIN = 0.11
"""Part of the page's height, above and below, where running titles stand."""
BULLETS = re.compile(r"[•▪●○■➢*\u2013-]\s+")
FIGURES = re.compile(r"\d+")


@dataclass(slots=True)
class Page:
    """What was found on a page: paragraphs of lines and tables, from top to bottom."""

    number: int
    height: float
    right: float
    pieces: list[Line | PageTable] = field(default_factory=list)


def read_pdf(data: bytes, name: str, limits: Limits = LIMITS, told: Told | None = None) -> SourceDocument:
    """Read a PDF; ``told`` hears of each page.

    Raises ``UnreadableDocument`` when it is protected, broken, too long, or only made of pictures.
    """
    document = SourceDocument(name=name, media_type="")
    try:
        pages = _pages(_prepared(data, limits), document, told)
    except UnreadableDocument:
        raise
    except Exception:  # the library below raises anything on a broken file; the other one may know how to mend it
        pages = []
    if not any(page.pieces for page in pages):
        document.warnings.clear()
        try:
            pages = _pages(_mended(data), document, told)
        except Exception as error:
            raise damaged() from error
    if not any(page.pieces for page in pages):
        raise UnreadableDocument(
            "Le PDF ne contient pas de texte : c'est sans doute une numérisation (des images de pages). "
            "Importez le document d'origine, ou passez-le d'abord à la reconnaissance de caractères."
        )
    _assemble(pages, document)
    return document


def _pages(data: bytes, document: SourceDocument, told: Told | None) -> list[Page]:
    pages: list[Page] = []
    with pdfplumber.open(io.BytesIO(data)) as opened:
        for number, page in enumerate(opened.pages, start=1):
            pages.append(_page(page, number, document))
            page.close()
            if told is not None:
                told(number, len(opened.pages))
    return pages


def _mended(data: bytes) -> bytes:
    """The same file written anew by the more tolerant library."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        written = io.BytesIO()
        pdf.save(written)
        return written.getvalue()
    finally:
        pdf.close()


def _prepared(data: bytes, limits: Limits) -> bytes:
    """Check that the file opens, and paint what was typed in its form fields onto the pages."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise protected() if "assword" in str(error) else damaged() from error
    try:
        if len(pdf) > limits.pages:
            raise UnreadableDocument(
                f"Le PDF compte {len(pdf)} pages; la limite est de {limits.pages}. "
                "Gardez seulement les pages du plan d'action, puis réessayez."
            )
        if pdf.get_formtype() == raw.FORMTYPE_NONE:
            return data
        pdf.init_forms()
        for index in range(len(pdf)):
            raw.FPDFPage_Flatten(pdf[index], raw.FLAT_NORMALDISPLAY)
        painted = io.BytesIO()
        pdf.save(painted)
        return painted.getvalue()
    finally:
        pdf.close()


def _page(page: Any, number: int, document: SourceDocument) -> Page:
    words = [
        Word(
            word["text"],
            word["x0"],
            word["x1"],
            word["top"],
            word["bottom"],
            word["size"],
            "bold" in word["fontname"].lower() or "black" in word["fontname"].lower(),
        )
        for word in page.extract_words(extra_attrs=["size", "fontname"], keep_blank_chars=False, use_text_flow=False)
    ]
    result = Page(number, page.height, max((word.x1 for word in words), default=page.width))
    if not words:
        if page.images:
            document.warnings.append((f"page {number}", "Cette page est une image sans texte : elle n'est pas lue."))
        return result
    tables = _tables(page, words, number)
    outside = [word for word in words if not any(_within(word, table.box) for table in tables)]
    for text in _notes(page):
        document.warnings.append((f"page {number}", f"Commentaire, non repris : « {text} »"))
    result.pieces = sorted([*lines_of(outside), *tables], key=_top)
    return result


def _notes(page: Any) -> list[str]:
    """Notes stuck on the page. Read below the library, which fails on accents in the encoding that PDF prescribes."""
    found: list[str] = []
    for reference in resolve1(page.page_obj.annots) or ():
        note = resolve1(reference)
        written = resolve1(note.get("Contents")) if isinstance(note, dict) else None
        if isinstance(written, bytes) and written.strip():
            found.append(" ".join(decode_text(written).split())[:EXCERPT])
    return found


def _tables(page: Any, words: list[Word], number: int) -> list[PageTable]:
    found: list[PageTable] = []
    for table in page.find_tables(SETTINGS):
        boxes: list[Box] = [cell for cell in table.cells if cell]
        if len(boxes) > 1:
            built = page_table(boxes, words, number, len(found) + 1)
            if built is not None:
                found.append(built)
    if not found:
        rules = [(edge["x0"], edge["top"], edge["x1"], edge["bottom"]) for edge in page.horizontal_edges]
        boxes = ruled_boxes(rules, words, page.width)
        built = page_table(boxes, words, number, 1) if boxes else None
        if built is not None:
            built.loose = True
            found.append(built)
    return found


def _within(word: Word, box: Box) -> bool:
    return box[0] <= word.middle[0] <= box[2] and box[1] <= word.middle[1] <= box[3]


def _top(piece: Line | PageTable) -> float:
    return piece.top if isinstance(piece, Line) else piece.box[1]


def _assemble(pages: list[Page], document: SourceDocument) -> None:
    """Blocks in reading order; running titles once, at the end; tables over several pages as one."""
    running = _running(pages)
    sizes = _heading_sizes(pages)
    last: PageTable | None = None
    kept: dict[str, Paragraph] = {}
    count = 0
    for page in pages:
        lines: list[Line] = []
        for piece in [*page.pieces, None]:
            if isinstance(piece, Line):
                if _key(piece, page) in running:
                    kept.setdefault(piece.text, Paragraph(piece.text, "en-tête ou pied de page"))
                else:
                    lines.append(piece)
                continue
            for group in gathered(lines, page.right):
                count += 1
                document.blocks.append(_paragraph(group, f"page {page.number}, paragraphe {count}", sizes))
                last = None
            lines = []
            last = _add(piece, last, document) if piece is not None else last
        count = 0
    seen: set[str] = set()
    for text, paragraph in kept.items():
        if FIGURES.sub("#", text) not in seen and any(map(str.isalpha, text)):
            seen.add(FIGURES.sub("#", text))
            document.blocks.append(paragraph)


def _add(piece: PageTable, last: PageTable | None, document: SourceDocument) -> PageTable:
    if last is not None and goes_on(last, piece):
        document.warnings.extend(append(last, piece))
        return last
    document.blocks.append(piece.table)
    return piece


def _paragraph(group: list[Line], place: str, sizes: list[float]) -> Paragraph:
    text = joined(group)
    size = round(group[0].size, 1)
    level = sizes.index(size) + 1 if size in sizes else 0
    bullet = BULLETS.match(text)
    if bullet and not level:
        return Paragraph(text[bullet.end() :], place, 0, 1, all(line.bold for line in group))
    return Paragraph(text, place, min(level, 9), 0, all(line.bold for line in group))


def _heading_sizes(pages: list[Page]) -> list[float]:
    """Sizes clearly above the usual one, largest first: the first is a heading of level 1."""
    weights: Counter[float] = Counter()
    for page in pages:
        for piece in page.pieces:
            if isinstance(piece, Line):
                weights[round(piece.size, 1)] += len(piece.text)
    if not weights:
        return []
    usual = weights.most_common(1)[0][0]
    return sorted((size for size in weights if size > usual * 1.12), reverse=True)[:9]


def _key(line: Line, page: Page) -> str:
    """What makes two running titles the same: text without figures, and height on the page."""
    in_margin = line.bottom < page.height * MARGIN or line.top > page.height * (1 - MARGIN)
    return f"{FIGURES.sub('#', line.text)}@{round(line.top / 6)}" if in_margin else ""


def _running(pages: list[Page]) -> set[str]:
    """Lines in the margins that come back on most pages."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({key for piece in page.pieces if isinstance(piece, Line) and (key := _key(piece, page))})
    enough = max(2, len(pages) * 0.5)
    return {key for key, count in counts.items() if count >= enough}
