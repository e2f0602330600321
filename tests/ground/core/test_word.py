"""Word documents: what is written is escaped, styled, and readable by Word's own rules."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml.ns import qn

from concertoit.ground.core.word import Cell, Para, Run, TableSpec, WordDocument, cell_xml, run_xml


def opened(word: WordDocument) -> docx.document.Document:
    return docx.Document(io.BytesIO(word.to_bytes()))


@pytest.mark.parametrize(
    "text", ["<w:p/>", "a & b", "]]>", '"', "  deux  espaces ", "é 🏠 \u00a0", "ligne\nligne", "a\tb"]
)
def test_texts_come_out_as_they_went_in(text: str) -> None:
    word = WordDocument("Titre")
    word.paragraph(text)
    assert opened(word).paragraphs[0].text == text


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    word = WordDocument("Ti\x00tre")
    word.paragraph("a\x00b\x0bc\ud800d\ufffe")
    document = opened(word)
    assert document.paragraphs[0].text == "abcd"
    assert document.core_properties.title == "Titre"


def test_the_language_is_said_once_for_all() -> None:
    document = opened(WordDocument("Titre"))
    assert document.core_properties.language == "fr-CA"
    languages = {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"fr-CA"}


def test_a_table_has_marked_headers_merges_and_the_width_of_the_page() -> None:
    word = WordDocument("Titre")
    two_lines = Cell((Para((Run("gras", bold=True),)), Para((Run("maigre"),))))
    rows = [[Cell("a", merge="start"), two_lines], [Cell(merge="more"), "c"], [Cell("d", span=2, fill="E4EFEB")]]
    word.table(TableSpec(widths=(1, 3), header=[["Un", "Deux"]], title='Dit "ceci"', keep_rows=True, rows=rows))
    table = opened(word).tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    assert table.rows[1]._tr.trPr.find(qn("w:cantSplit")) is not None
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc
    assert table.cell(3, 0)._tc is table.cell(3, 1)._tc
    assert [p.text for p in table.cell(1, 1).paragraphs] == ["gras", "maigre"]
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == 'Dit "ceci"'
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert widths[1] == pytest.approx(3 * widths[0], abs=3)
    assert sum(widths) == pytest.approx(15840 - 2 * 907, abs=2)


def test_sections_turn_the_page_and_keep_the_footer() -> None:
    word = WordDocument("Titre", footer="Pied & page\nDeux", landscape=False)
    word.section(landscape=False)
    word.heading("Un", 1)
    word.section(landscape=True)
    word.heading("Deux", 1)
    document = opened(word)
    assert [section.page_width > section.page_height for section in document.sections] == [False, True]
    for section in document.sections:
        assert [p.text for p in section.footer.paragraphs][:2] == ["Pied & page", "Deux"]


def test_an_empty_text_is_an_empty_run_and_cells_always_hold_a_paragraph() -> None:
    assert run_xml("") == ""
    assert "<w:p>" in cell_xml(Cell(()), 100, "Tableau")
