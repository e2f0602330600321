"""HTML, Markdown, OpenDocument texts."""

from __future__ import annotations

import io

import odfdo
import pytest

from concertoit.together.plans.importers.readers import read
from concertoit.together.plans.importers.readers.markdown import LARGEST, read_markdown
from concertoit.together.plans.importers.source import Paragraph, SourceDocument, Table, UnreadableDocument
from tests.together.plans.importers.small_documents import HTML, MARKDOWN, TEXT, archive, small_odt


def grid(table: Table) -> list[list[str]]:
    return [["#" if cell.covered else cell.text for cell in row] for row in table.rows]


def told(document: SourceDocument) -> list[tuple[str, int, int]]:
    return [(one.text, one.level, one.list_level) for one in document.blocks if isinstance(one, Paragraph)]


def html(text: str) -> SourceDocument:
    return read(f"<html><body>{text}</body></html>".encode(), "plan.html")


@pytest.mark.parametrize(("name", "text"), [("plan.html", HTML), ("plan.md", MARKDOWN)])
def test_heading_text_and_table(name: str, text: str) -> None:
    document = read(text.encode(), name)
    assert told(document) == [("Plan", 1, 0), ("Un texte.", 0, 0)]
    assert grid(document.tables()[0]) == [["Objectif", "Action"], ["Accueillir", "Tenir une fête"]]
    assert document.tables()[0].rows[1][1].place == "tableau 1, ligne 2, colonne 2"


def test_html_spans_and_lists_in_cells() -> None:
    document = html(
        "<table><tr><td rowspan=0>Axe<td colspan=2>Actions<tr><td>a<br>b<td>"
        "Étapes<ol start=3><li>x<li>y<ul><li>z</ul></ol><tr><td>c<td>d</table>"
    )
    (table,) = document.tables()
    assert grid(table) == [["Axe", "Actions", "#"], ["#", "a\nb", "Étapes\n3. x\n4. y\n• z"], ["#", "c", "d"]]
    assert table.rows[1][2].items == ["x", "y\n• z"]
    assert table.rows[0][0].rowspan == 3


def test_html_order_of_head_body_foot_and_what_is_hidden() -> None:
    document = html(
        "<p hidden>caché</p><script>x()</script><table><caption>Axe 1</caption><tfoot><tr><td>fin</tfoot>"
        "<tbody><tr style='display: none'><td>masquée<tr><td>milieu</tbody><thead><tr><th>tête</thead></table>"
    )
    (table,) = document.tables()
    assert grid(table) == [["tête"], ["masquée"], ["milieu"], ["fin"]]
    assert [row[0].hidden for row in table.rows] == [False, True, False, False]
    assert table.name == "Axe 1"
    assert told(document) == [("Axe 1", 0, 0)]


def test_html_lists_tables_in_tables_and_frames() -> None:
    document = html(
        "<ul><li>un<ul><li>deux</ul></ul><ol><li>trois</ol>"
        "<table><tr><td><h2>Axe</h2><table><tr><td>x<td>y<table><tr><td>dedans</table></table></table>"
    )
    assert told(document) == [("un", 0, 1), ("deux", 0, 2), ("1. trois", 0, 1), ("Axe", 2, 0)]
    assert [grid(table) for table in document.tables()] == [[["x", "y"]], [["dedans"]]]


def test_html_declared_encoding() -> None:
    page = '<meta charset="windows-1252"><p>Échéance – été</p>'.encode("cp1252")
    assert told(read(page, "plan.htm")) == [("Échéance – été", 0, 0)]


def test_sheet_exported_as_html_under_another_name() -> None:
    document = read(HTML.encode(), "plan.xls")
    assert document.media_type == "text/html"
    assert "L'extension annonce" in document.warnings[0][1]


def test_markdown_lists_breaks_and_boxes() -> None:
    document = read(b"1. un\n2. deux\n\n- [x] fait\n\n| a | b |\n|---|---|\n| 1. x<br>2. y | z |\n", "plan.md")
    assert told(document) == [("1. un", 0, 1), ("2. deux", 0, 1), ("[x] fait", 0, 1)]
    assert grid(document.tables()[0])[1] == ["1. x\n2. y", "z"]


def test_plain_text_goes_to_its_reader() -> None:
    assert read(TEXT.encode("cp1252"), "plan.txt").blocks


def test_odt_of_odfdo() -> None:
    document = read(small_odt(), "plan.odt")
    assert told(document) == [
        ("Plan d'action", 1, 0),
        ("Une introduction.", 0, 0),
        ("premier", 0, 1),
        ("second", 0, 1),
    ]
    assert grid(document.tables()[0]) == [["Objectif", "Action"], ["Accueillir", "Tenir une fête"]]


ODT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:automatic-styles><text:list-style style:name="L1">
 <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
 <text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/>
 </text:list-style></office:automatic-styles><office:body><office:text>{}</office:text></office:body>
 </office:document-content>"""


def odt(body: str) -> SourceDocument:
    return read(
        archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ODT.format(body)}), "plan.odt"
    )


def test_odt_numbers_notes_and_changes() -> None:
    document = odt(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>supprimé</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:list text:style-name="L1"><text:list-item><text:p>Axe</text:p><text:list><text:list-item>'
        "<text:p>Objectif</text:p></text:list-item>"
        "<text:list-item><text:p>Suite<text:s text:c='2'/>x</text:p></text:list-item>"
        "</text:list></text:list-item></text:list>"
        "<text:p>Avec<text:note><text:note-body><text:p>la note</text:p></text:note-body></text:note> note</text:p>"
    )
    assert [text for text, _, _ in told(document)] == [
        "1. Axe",
        "1.1 Objectif",
        "1.2 Suite  x",
        "Avec note",
        "la note",
    ]


def test_odt_table_with_spans_and_lists() -> None:
    document = odt(
        "<table:table><table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned='2'>"
        "<text:p>Plan</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows>"
        "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>"
        "<text:list text:style-name='L1'><text:list-item><text:p>x</text:p></text:list-item></text:list>"
        "</table:table-cell></table:table-row></table:table>"
    )
    (table,) = document.tables()
    assert grid(table) == [["Plan", "#"], ["a", "1. x"]]


def test_odt_saved_by_the_library_with_a_footnote() -> None:
    document = odfdo.Document("text")
    document.body.clear()
    paragraph = odfdo.Paragraph("Un plan important.")
    paragraph.insert_note(after="important", note_id="n1", citation="1", body="La note.")
    document.body.append(paragraph)
    data = io.BytesIO()
    document.save(data)
    assert [text for text, _, _ in told(read(data.getvalue(), "plan.odt"))] == ["Un plan important.", "La note."]


def test_odt_header_contents_section_comment_and_nested_table() -> None:
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    styles = (
        f'<o:document-styles xmlns:o="{space}office:1.0" xmlns:s="{space}style:1.0" xmlns:x="{space}text:1.0"><s:header>'
        "<x:p>Version de travail</x:p></s:header><s:footer><x:p>12</x:p></s:footer></o:document-styles>"
    )
    content = ODT.format(
        "<text:table-of-content><text:p>Axe 1 ... 3</text:p></text:table-of-content><text:section><text:p>Dedans"
        "<office:annotation><text:p>à revoir</text:p></office:annotation></text:p></text:section>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p><table:table><table:table-row>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table></table:table-cell>"
        "</table:table-row></table:table>"
    )
    data = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, "styles.xml": styles}
    document = read(archive(dict(data)), "plan.odt")
    assert [text for text, _, _ in told(document)] == ["Dedans", "Version de travail"]
    assert [grid(table) for table in document.tables()] == [[["a"]], [["b"]]]
    assert [place for place, _ in document.warnings] == ["table des matières", "paragraphe 1"]


def test_markdown_too_long() -> None:
    with pytest.raises(UnreadableDocument, match="trop long"):
        read_markdown("a" * (LARGEST + 1), "plan.md")
