"""Reads plain or pasted text: paragraphs, bullets, rows separated by tabs, pipe tables, leftovers of HTML tags.

Text pasted from a spreadsheet or drawn from a PDF comes like this. Rows of one table may have fewer cells than others;
they are completed with covered cells, and understanding decides which columns they are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from concertoit.together.plans.importers.source import Cell, Paragraph, SourceDocument, Table, UnreadableDocument

_TAGS = re.compile(r"</?(?:p|ol|ul|li|br|div|span|b|i|u|em|strong|td|th|tr|font)\b[^>]*>", re.IGNORECASE)
_BREAKS = re.compile(r"\s*</?(?:p|ol|ul|li|br|div)\b[^>]*>\s*", re.IGNORECASE)
_LIST_ENTRY = re.compile(r"<li\b[^>]*>(.*?)(?=<li\b|</li>|</ol>|</ul>|$)", re.IGNORECASE | re.DOTALL)
_RULE = re.compile(r"[\s|:+=_*-]*")
_BULLET = re.compile(r"^(?P<indent>[ \t]*)(?:[•▪◦●○■□►➢➤❖✓·]|[-–—*](?=\s)|o(?=\s+[A-ZÀ-Þ]))\s+(?P<text>.+)$")
_HEADING = re.compile(r"^(?P<marks>#{1,6})\s+(?P<text>.+?)\s*#*$")
_GLUED_BOLD = re.compile(r"(?<=[.!?:…])\s*\*\*(?=[^*\n]{3,120}\*\*\s*$)")
_MAX = 20_000_000


@dataclass(slots=True)
class _Line:
    number: int
    text: str


def read_text(text: str, name: str) -> SourceDocument:
    """Turn text into a source document; raises ``UnreadableDocument`` when there is nothing to read or too much."""
    if len(text) > _MAX:
        raise UnreadableDocument("Ce texte est trop long pour être un plan : plus de 20 millions de caractères.")
    if "\x00" in text or not text.strip():
        raise UnreadableDocument("Ce fichier ne contient pas de texte lisible.")
    source = SourceDocument(name=name, media_type="text/plain")
    for group in _groups(list(_lines(text))):
        if _is_row(group[0].text):
            source.blocks.append(_table(group))
        else:
            source.blocks.extend(_paragraphs(group))
    return source


def _lines(text: str) -> Iterator[_Line]:
    """Lines with their number; a quoted cell that holds line breaks (as spreadsheets paste them) stays one line."""
    pending, start = "", 0
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        line = f"{pending}\n{line}" if pending else line
        start = start if pending else number
        pending = ""
        if "\t" in line and _open_quote(line) and number - start < 60:
            pending = line
            continue
        yield _Line(start, line.replace("\\$", "$").rstrip("\n"))
    if pending:
        yield _Line(start, pending)


def _open_quote(line: str) -> bool:
    last = line.rpartition("\t")[2]
    return last.startswith('"') and last.count('"') % 2 == 1


def _is_row(text: str) -> bool:
    return "\t" in text.strip(" ") or bool(re.match(r"^\s*\|.*\|\s*$", text)) or text.count(" | ") >= 2


def _groups(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Consecutive rows together, consecutive other lines together."""
    group: list[_Line] = []
    for line in lines:
        blank = not line.text.strip()
        if group and (blank or _is_row(line.text) != _is_row(group[0].text)):
            yield group
            group = []
        if not blank:
            group.append(line)
    if group:
        yield group


def _table(group: list[_Line]) -> Table:
    rows: list[list[Cell]] = []
    for line in group:
        texts = _cells(line.text)
        if _RULE.fullmatch("".join(texts)) and any(texts):
            continue
        rows.append(
            [_cell(text, f"ligne {line.number}, colonne {index}") for index, text in enumerate(texts, start=1)]
        )
    width = max((len(row) for row in rows), default=0)
    for row in rows:
        row.extend(Cell(place=row[-1].place, covered=True) for _ in range(width - len(row)))
    return Table(rows=rows, place=f"lignes {group[0].number} à {group[-1].number}")


def _cells(line: str) -> list[str]:
    if "\t" in line:
        return line.split("\t")
    return re.split(r"(?<!\\)\|", re.sub(r"^\s*\||\|\s*$", "", line))


def _cell(raw: str, place: str) -> Cell:
    raw = raw.strip()
    if len(raw) > 1 and raw[0] == raw[-1] == '"':
        raw = raw[1:-1].replace('""', '"')
    entries = [_plain(entry) for entry in _LIST_ENTRY.findall(raw)]
    text = _plain(raw)
    bold = text.startswith("**") and text.endswith("**") and len(text) > 4
    return Cell(text=_unmark(text), place=place, items=[e for e in entries if e], bold=bold)


def _plain(raw: str) -> str:
    """Tags become line breaks or nothing, entities become characters."""
    text = html.unescape(_TAGS.sub("", _BREAKS.sub("\n", raw)))
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def _unmark(text: str) -> str:
    text = re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", r"\1", text, flags=re.DOTALL)
    return re.sub(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])", r"\1", text)


def _paragraphs(group: list[_Line]) -> Iterator[Paragraph]:
    for line in _unwrapped(group):
        for part in _GLUED_BOLD.split(line.text):
            part = part if part.count("**") % 2 == 0 else "**" + part
            paragraph = _paragraph(part, line.number)
            if paragraph is not None:
                yield paragraph


def _unwrapped(group: list[_Line]) -> Iterator[_Line]:
    """Join lines that were cut at a fixed width: a full line followed by one that starts in lower case."""
    current: _Line | None = None
    for line in group:
        if (
            current
            and len(current.text) >= 60
            and re.match(r"[a-zà-ÿ(]", line.text)
            and not current.text.rstrip().endswith((".", ":", ";"))
        ):
            current = _Line(current.number, f"{current.text.rstrip()} {line.text.strip()}")
            continue
        if current:
            yield current
        current = line
    if current:
        yield current


def _paragraph(raw: str, number: int) -> Paragraph | None:
    text = _plain(raw).replace("\n", " ") if "<" in raw else raw
    if _RULE.fullmatch(text):
        return None
    place = f"ligne {number}"
    heading = _HEADING.match(text.strip())
    if heading:
        return Paragraph(_unmark(heading["text"]).strip(), place, level=len(heading["marks"]))
    bullet = _BULLET.match(text)
    if bullet:
        indent = len(bullet["indent"].replace("\t", "    "))
        return Paragraph(_unmark(bullet["text"]).strip(), place, list_level=1 + (min(indent, 16) + 1) // 2)
    stripped = text.strip()
    bold = stripped.startswith("**") and stripped.rstrip(" :").endswith("**")
    return Paragraph(_unmark(stripped).strip(), place, bold=bold)
