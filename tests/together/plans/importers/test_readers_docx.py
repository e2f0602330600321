"""Word documents: what people see on the page, nothing less."""

from __future__ import annotations

import pytest

from concertoit.together.plans.importers.readers import read
from concertoit.together.plans.importers.source import Paragraph, SourceDocument, Table
from tests.together.plans.importers.small_documents import (
    listed,
    numbering,
    p,
    small_docx,
    tbl,
    tc,
    tr,
    word,
)


def texts(document: SourceDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def grid(table: Table) -> list[list[str]]:
    """Texts of a table; a square covered by a merged cell is ``#``."""
    return [["#" if cell.covered else cell.text for cell in row] for row in table.rows]


def body(xml: str, **parts: str) -> SourceDocument:
    return read(word(xml, **parts), "plan.docx")


def test_document_of_python_docx() -> None:
    document = read(small_docx(), "plan.docx")
    assert document.name == "plan.docx"
    heading, text, table = document.blocks
    assert isinstance(heading, Paragraph)
    assert (heading.text, heading.level, heading.place) == ("Plan d'action", 1, "paragraphe 1")
    assert isinstance(text, Paragraph)
    assert text.level == 0
    assert isinstance(table, Table)
    assert grid(table) == [["0-0", "0-1", "0-2"], ["1-0\n2-0", "1-1", "1-2"], ["#", "2-1", "2-2"]]
    assert table.rows[1][0].rowspan == 2
    assert table.rows[2][2].place == "tableau 1, ligne 3, colonne 3"


def test_outline_numbers_are_counted_again() -> None:
    levels = numbering(("decimal", "%1"), ("decimal", "%1.%2"), ("lowerLetter", "%3)"))
    xml = listed("Axe") + listed("Objectif", 1) + listed("a", 2) + listed("b", 2) + listed("Objectif", 1)
    xml += listed("Axe") + listed("Objectif", 1)
    assert texts(body(xml, numbering=levels)) == [
        "1 Axe", "1.1 Objectif", "a) a", "b) b", "1.2 Objectif", "2 Axe", "2.1 Objectif",
    ]  # fmt: skip


def test_numbers_of_every_form() -> None:
    for form, expected in (("upperRoman", "IV"), ("lowerRoman", "iv"), ("upperLetter", "D"), ("decimalZero", "04")):
        document = body(listed("x") * 4, numbering=numbering((form, "%1.")))
        assert texts(document)[3] == f"{expected}. x"


def test_two_lists_of_one_drawing_go_on_unless_told_to_start_again() -> None:
    levels = numbering(
        ("decimal", "%1."), overrides='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    )
    assert texts(body(listed("a") + listed("b") + listed("c", number=2), numbering=levels)) == ["1. a", "2. b", "1. c"]
    shared = numbering(("decimal", "%1."))
    assert texts(body(listed("a") + listed("b", number=2), numbering=shared)) == ["1. a", "2. b"]


def test_numbers_come_from_the_style_too() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    xml = p("Premier", '<w:pStyle w:val="Titre1"/>') + p("Second", '<w:pStyle w:val="Titre1"/>')
    document = body(xml, styles=styles, numbering=numbering(("decimal", "Axe %1 :")))
    assert texts(document) == ["Axe 1 : Premier", "Axe 2 : Second"]
    assert [block.level for block in document.blocks if isinstance(block, Paragraph)] == [1, 1]


@pytest.mark.parametrize(
    ("style", "level"),
    [
        ('<w:style w:styleId="s"><w:name w:val="Titre 3"/></w:style>', 3),
        ('<w:style w:styleId="s"><w:name w:val="Title"/></w:style>', 1),
        ('<w:style w:styleId="s"><w:name w:val="Mon axe"/><w:basedOn w:val="t"/></w:style>'
         '<w:style w:styleId="t"><w:name w:val="heading 2"/></w:style>', 2),
        ('<w:style w:styleId="s"><w:name w:val="Bandeau"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>', 4),
        ('<w:style w:styleId="s"><w:name w:val="a"/><w:basedOn w:val="s"/></w:style>', 0),
    ],
)  # fmt: skip
def test_heading_levels(style: str, level: int) -> None:
    document = body(p("Texte", '<w:pStyle w:val="s"/>'), styles=style)
    assert isinstance(document.blocks[0], Paragraph)
    assert document.blocks[0].level == level


def test_merged_cells_both_ways() -> None:
    open_merge, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = tbl(
        tr(tc("Objectif"), tc("Actions", '<w:gridSpan w:val="2"/>')),
        tr(tc("O1", open_merge), tc("a"), tc("b")),
        tr(tc("", goes_on), tc("c"), tc("d")),
        tr(tc("O2", open_merge), tc("e"), tc("f")),
        widths=(3000, 3000, 3000),
    )
    (found,) = body(table).tables()
    assert grid(found) == [["Objectif", "Actions", "#"], ["O1", "a", "b"], ["#", "c", "d"], ["O2", "e", "f"]]
    assert (found.rows[1][0].rowspan, found.rows[3][0].rowspan, found.rows[0][1].colspan) == (2, 1, 2)


def test_edges_a_hair_apart_are_one() -> None:
    """A border dragged by hand in one row gives a third column edge: people still see two columns."""
    table = tbl(
        tr(tc("a"), tc("b", '<w:gridSpan w:val="2"/>')),
        tr(tc("c", '<w:gridSpan w:val="2"/>'), tc("d")),
        widths=(3000, 40, 3000),
    )
    (found,) = body(table).tables()
    assert grid(found) == [["a", "b"], ["c", "d"]]


def test_rows_that_start_late_or_end_early_stay_in_their_columns() -> None:
    table = tbl(
        tr(tc("a"), tc("b"), tc("c")),
        tr(tc("b2"), tc("c2"), properties='<w:gridBefore w:val="1"/>'),
        tr(tc("a3")),
    )
    (found,) = body(table).tables()
    assert grid(found) == [["a", "b", "c"], ["", "b2", "c2"], ["a3", "", ""]]


def test_lists_inside_cells_become_items() -> None:
    levels = numbering(("decimal", "%1."), ("bullet", "o"))
    cell = p("Étapes") + listed("Écrire") + listed("un courriel", 1) + listed("Appeler")
    (found,) = body(tbl(tr(tc(cell), tc("b"))), numbering=levels).tables()
    assert found.rows[0][0].text == "Étapes\n1. Écrire\n• un courriel\n2. Appeler"
    assert found.rows[0][0].items == ["Écrire\n• un courriel", "Appeler"]


def test_outline_numbers_inside_cells_stay_in_items() -> None:
    levels = numbering(("decimal", "%1"), ("decimal", "%1.%2"))
    (found,) = body(
        tbl(tr(tc(listed("Axe")), tc(listed("Action", 1) + listed("Action", 1)))), numbering=levels
    ).tables()
    assert found.rows[0][1].items == ["1.1 Action", "1.2 Action"]


def test_tables_in_tables() -> None:
    inner = tbl(tr(tc("x"), tc("y")))
    document = body(tbl(tr(tc("a"), tc(p("avant") + inner + p("après")))))
    outer, nested = document.tables()
    assert grid(outer) == [["a", "avant\naprès"]]
    assert grid(nested) == [["x", "y"]]
    assert nested.place == "tableau 1, ligne 1, colonne 2, tableau imbriqué 1"


def test_frame_around_the_real_table_is_no_table() -> None:
    document = body(tbl(tr(tc(p("Axe 1") + tbl(tr(tc("x"), tc("y"))) + p("")))))
    assert texts(document) == ["Axe 1"]
    assert [grid(table) for table in document.tables()] == [[["x", "y"]]]


def test_tracked_changes_are_accepted() -> None:
    xml = (
        "<w:p><w:r><w:t>Le </w:t></w:r><w:del><w:r><w:delText>vieux</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>nouveau</w:t></w:r></w:ins><w:r><w:t> plan</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Une phrase </w:t></w:r></w:p>" + p("réunie")
    )
    xml += tbl(tr(tc("gardée")), tr(tc("supprimée"), properties="<w:del/>"))
    document = body(xml)
    assert texts(document) == ["Le nouveau plan", "Une phrase réunie"]
    assert grid(document.tables()[0]) == [["gardée"]]


def test_what_people_see_of_fields_controls_and_symbols() -> None:
    xml = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>mars 2026</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        "<w:sdt><w:sdtPr/><w:sdtContent>" + p("rempli") + "</w:sdtContent></w:sdt>"
        "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Cliquez ici</w:t></w:r></w:sdtContent>"
        '</w:sdt><w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t xml:space="preserve"> fait</w:t><w:br/>'
        "<w:t>ligne</w:t><w:tab/><w:t>fin</w:t></w:r></w:p>"
        '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>'
        '</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> réalisé</w:t></w:r></w:p>'
    )
    assert texts(body(xml)) == ["mars 2026", "rempli", "✓ fait\nligne\tfin", "☒ réalisé"]


def test_a_field_that_never_ends_does_not_swallow_the_document() -> None:
    xml = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' + p("la suite")
    assert texts(body(xml)) == ["la suite"]


def test_text_boxes_are_kept_once() -> None:
    box = f"<w:txbxContent>{p('dans la boîte')}</w:txbxContent>"
    xml = (
        "<w:p><w:r><w:t>avant</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    document = body(xml)
    assert texts(document) == ["avant", "dans la boîte"]
    assert document.blocks[1].place == "paragraphe 1, zone de texte"


def test_notes_headers_comments_links_and_hidden_text_are_told() -> None:
    xml = (
        '<w:p><w:r><w:t>Texte</w:t><w:footnoteReference w:id="2"/><w:commentReference w:id="0"/></w:r>'
        '<w:hyperlink r:id="rlink"><w:r><w:t> guide</w:t></w:r></w:hyperlink>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>"
    )
    document = body(
        xml,
        footnotes=f'<w:footnote w:id="2">{p("La note.")}</w:footnote>',
        comments=f'<w:comment w:id="0">{p("À revoir")}</w:comment>',
        header=p("Version de travail"),
    )
    assert texts(document) == ["Texte guide", "La note.", "Version de travail"]
    assert document.blocks[1].place == "note de bas de page 1 (paragraphe 1)"
    assert document.blocks[2].place == "en-tête de page"
    told = " ".join(message for _, message in document.warnings)
    assert all(piece in told for piece in ("À revoir", "secret", "https://exemple.test/guide"))


def test_table_of_contents_is_left_out_and_told() -> None:
    styles = '<w:style w:styleId="TM1"><w:name w:val="toc 1"/></w:style>'
    document = body(p("Axe 1 ... 4", '<w:pStyle w:val="TM1"/>') + p("Axe 1"), styles=styles)
    assert texts(document) == ["Axe 1"]
    assert document.warnings[0][0] == "table des matières"


def test_bold_cells_and_paragraphs() -> None:
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Gras</w:t></w:r></w:p>"
    document = body(bold + tbl(tr(tc(bold), tc("maigre"))))
    assert isinstance(document.blocks[0], Paragraph)
    assert document.blocks[0].bold
    assert [cell.bold for cell in document.tables()[0].rows[0]] == [True, False]


def test_pictures_and_documents_inside_are_told() -> None:
    xml = (
        "<w:p><w:r><w:t>a</w:t><w:drawing><w:blip/></w:drawing></w:r></w:p><w:altChunk/>"
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{p('Axe 1 ... 3')}</w:sdtContent></w:sdt>"
    )
    document = body(xml)
    assert texts(document) == ["a"]
    assert [place for place, _ in document.warnings] == ["paragraphe 1", "document", "table des matières"]


def test_choice_of_an_old_form_and_page_numbers() -> None:
    xml = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="oui"/>'
        '<w:listEntry w:val="non"/></w:ddList></w:ffData></w:fldChar></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        '<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>'
        "<w:p><w:r><w:t>x</w:t><w:ruby><w:rubyBase><w:r><w:t>y</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
    )
    assert texts(body(xml)) == ["non", "xy"]


def test_list_drawn_in_another_style_and_levels_that_do_not_restart() -> None:
    linked = (
        '<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="L"/><w:lvl w:ilvl="0"><w:lvlText w:val="A%1"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:lvlRestart w:val="0"/><w:isLgl/><w:lvlText w:val="%1-%2"/></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num>'
    )
    xml = listed("a") + listed("b", 1) + listed("c") + listed("d", 1) + listed("e", number=3) + listed("f", number=0)
    assert texts(body(xml, numbering=linked)) == ["A1 a", "1-1 b", "A2 c", "2-2 d", "e", "f"]


def test_cells_merged_sideways_the_old_way_or_taken_out() -> None:
    table = tbl(
        tr(tc("a", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("c")),
        tr(tc("x"), tc("y", "<w:cellDel/>"), tc("z"), tc("", "<w:vMerge/>")),
    )
    assert grid(body(table).tables()[0]) == [["a", "#", "c"], ["x", "z", ""]]
