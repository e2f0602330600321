"""Bytes of a text file into text, without ever losing an accent silently."""

from __future__ import annotations

import codecs

from concertoit.together.plans.importers.source import UnreadableDocument

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DOUBTFUL = "Certains caractères n'ont pas pu être lus et sont remplacés par « \ufffd »."


def decode(data: bytes) -> tuple[str, list[tuple[str, str]]]:
    """The text, and a warning where characters had to be replaced.

    Order: byte order mark, UTF-16 without mark (every other byte null), UTF-8, then Windows-1252, which is what
    spreadsheets of Québec still write. Raises ``UnreadableDocument`` for what is not text.
    """
    encoding = _marked(data) or _sixteen(data)
    if encoding is None:
        try:
            text = data.decode("utf-8")
            warnings: list[tuple[str, str]] = []
        except UnicodeDecodeError:
            text, warnings = _replacing(data, "cp1252")
    else:
        text, warnings = _replacing(data, encoding)
    if _binary(text):
        raise UnreadableDocument(
            "Le contenu du fichier n'est pas du texte et son format n'est pas reconnu. "
            "Enregistrez le plan en .docx, .xlsx, .ods, .odt, .csv, .pdf, .html, .md ou .txt."
        )
    return text.replace("\r\n", "\n").replace("\r", "\n"), warnings


def _marked(data: bytes) -> str | None:
    return next((encoding for mark, encoding in MARKS if data.startswith(mark)), None)


def _sixteen(data: bytes) -> str | None:
    head = data[:2000]
    if len(head) < 4:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.3 and even < odd / 4:
        return "utf-16-le"
    if even > len(head) * 0.3 and odd < even / 4:
        return "utf-16-be"
    return None


def _replacing(data: bytes, encoding: str) -> tuple[str, list[tuple[str, str]]]:
    text = data.decode(encoding, errors="replace")
    return text, [("fichier entier", DOUBTFUL)] if "\ufffd" in text else []


def _binary(text: str) -> bool:
    """Control characters never stand in a text; a handful may, in one pasted from a PDF."""
    head = text[:20_000]
    strange = sum(
        1 for character in head if (character < " " and character not in "\t\n\r\f\v") or character == "\ufffd"
    )
    return strange > 5 + len(head) * 0.02
