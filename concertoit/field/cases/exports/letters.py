"""A letter as a Word document or a tagged PDF, in one language; its file is named by the case, never by a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from concertoit.field.cases.rules import letter_words, letters
from concertoit.ground.core.media import PDF, WORD
from concertoit.ground.core.pdf import tagged_pdf
from concertoit.ground.core.word import Run, WordDocument

TEMPLATE = Path(__file__).with_name("letter.typ")
LANGUAGE_CODES = {"fr": "fr-CA", "en": "en-CA"}
_PREFIX = {"fr": "Objet\u00a0: ", "en": "Subject: "}
MEDIA = {"docx": WORD, "pdf": PDF}


def file_name(content: Mapping[str, Any], language: str, extension: str) -> str:
    """``2026-0007-owner-fr.docx``."""
    return f"{content['reference']}-{content['kind']}-{language}.{extension}"


def letter_file(
    content: Mapping[str, Any], language: str, extension: str, *, name: str, made_at: datetime
) -> bytes:  # fmt: skip
    """The letter that was frozen, with the household's name or a line to fill. Raises ``KeyError`` for another format."""
    writer = {"docx": _docx, "pdf": _pdf}[extension]
    words = {key: letters.named(text, name, language) for key, text in content[language].items()}
    day = letter_words.spoken(date.fromisoformat(content["dated"]), language)
    return writer(words, day, language, made_at)


def _docx(words: Mapping[str, str], day: str, language: str, made_at: datetime) -> bytes:
    document = WordDocument(words["subject"], landscape=False, language=LANGUAGE_CODES[language])
    document.stamp(made_at)
    document.paragraph(day)
    document.paragraph(words["to"])
    document.heading(_PREFIX[language] + words["subject"], 1)
    for kind, lines in letters.paragraphs(words["body"]):
        if kind == "list":
            for line in lines:
                document.paragraph(line, "ListBullet")
        else:
            document.paragraph((Run("\n".join(lines)),))
    return document.to_bytes()


def _pdf(words: Mapping[str, str], day: str, language: str, made_at: datetime) -> bytes:
    blocks = [{"kind": kind, "lines": lines} for kind, lines in letters.paragraphs(words["body"])]
    content = {
        "lang": language, "day": day, "to": words["to"], "title": words["subject"],
        "heading": _PREFIX[language] + words["subject"], "of": "of" if language == "en" else "de", "blocks": blocks,
    }  # fmt: skip
    return tagged_pdf(TEMPLATE, content, made_at=made_at)
