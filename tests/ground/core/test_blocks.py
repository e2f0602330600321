"""Documents made of blocks: Word and PDF say the same."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import docx
import pdfplumber
import pytest

from concertoit.ground.core.blocks import WRITERS, Block, as_pdf, as_word

WHEN = datetime(2026, 11, 22, 12, tzinfo=UTC)
BLOCKS = [
    Block("heading", "Tenue"),
    Block("text", "Une phrase.\nUne autre."),
    Block("text", ""),
    Block("list", rows=[["Un point"], ["Un second"]]),
    Block("table", "Voix", [["Candidature", "Voix"], ["Ana *Li*", "12"]]),
    Block("table", "Signatures", [["Nom", "Signature"], ["Bo <b>", ""]], (1.0, 2.0), tall=True),
]


def test_word_has_headings_lists_and_tables() -> None:
    document = docx.Document(io.BytesIO(as_word("Titre", "Sous-titre", BLOCKS, made_at=WHEN)))
    texts = [one.text for one in document.paragraphs]
    assert texts[:4] == ["Titre", "Sous-titre", "Tenue", "Une phrase.\nUne autre."]
    assert [texts.count(text) for text in ("Un point", "Un second")] == [1, 1]
    assert texts.count("") == len(document.tables)  # one after each; none for the empty text
    votes, signatures = ([[cell.text for cell in row.cells] for row in table.rows] for table in document.tables)
    assert votes == [["Candidature", "Voix"], ["Ana *Li*", "12"]]
    assert signatures == [["Nom", "Signature"], ["Bo <b>", "\n\n"]]  # room to sign by hand


def test_the_pdf_says_the_same_as_text() -> None:
    """What people wrote is never markup."""
    with pdfplumber.open(io.BytesIO(as_pdf("Titre", "Sous-titre", BLOCKS, made_at=WHEN))) as document:
        text = document.pages[0].extract_text()
    for said in ("Titre", "Sous-titre", "Tenue", "Une phrase.", "Un second", "Ana *Li*", "Bo <b>", "Page 1 de 1"):
        assert said in text


@pytest.mark.parametrize("extension", sorted(WRITERS))
def test_the_same_document_is_the_same_file(extension: str) -> None:
    write, _media_type = WRITERS[extension]
    assert write("Titre", "", BLOCKS, made_at=WHEN) == write("Titre", "", iter(BLOCKS), made_at=WHEN)
