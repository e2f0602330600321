"""PDF with text: tables over several pages, paragraphs put back together. Files are typeset on the spot."""

from __future__ import annotations

from functools import cache

import pytest

from concertoit.together.plans.importers.readers.apart import as_json, document_from, read_apart
from concertoit.together.plans.importers.readers.pdf import read_pdf
from concertoit.together.plans.importers.readers.pdf_tables import append, goes_on, page_table
from concertoit.together.plans.importers.readers.pdf_words import Word, cell_text, lines_of
from concertoit.together.plans.importers.readers.safety import Limits
from concertoit.together.plans.importers.source import Paragraph, SourceDocument, UnreadableDocument
from tests.together.plans.importers.small_documents import form_pdf, small_pdf

PAGE = '#set page(paper: "us-letter", flipped: true, {})\n#set text(size: 10pt)\n'
RUNNING = "header: [Plan d'action de la région], footer: context [Page #counter(page).display()]"
HEADER = "[*Objectif*][*Action*][*Responsable*]"


def rows(count: int, objective: str = "Objectif {}") -> str:
    """Rows of a plan, long enough for their text to wrap."""
    return "".join(
        f"[{objective.format(index)}][Action {index} qui demande une rencontre avec tous les partenaires du territoire "
        f"et un suivi régulier par la suite, avec un bilan à la fin de l'année][Organisme {index}]"
        for index in range(1, count + 1)
    )


@cache
def document(source: str) -> SourceDocument:
    return read_pdf(small_pdf(source), "plan.pdf")


def grid(found: SourceDocument, table: int = 0) -> list[list[str]]:
    return [["#" if cell.covered else cell.text for cell in row] for row in found.tables()[table].rows]


def test_headings_paragraphs_and_running_titles() -> None:
    found = document(
        PAGE.format(RUNNING)
        + "= Plan d'action\nUne phrase assez longue pour ne pas tenir sur une seule ligne de la page, même en "
        "format paysage, ce qui oblige à la couper quelque part avant la fin, puis à la recoller.\n\nCourt.\n\n- puce\n"
        "== Axe 1\n#pagebreak()\nSuite."
    )
    blocks = [block for block in found.blocks if isinstance(block, Paragraph)]
    assert [(block.level, block.list_level) for block in blocks] == [
        (1, 0),
        (0, 0),
        (0, 0),
        (0, 1),
        (2, 0),
        (0, 0),
        (0, 0),
        (0, 0),
    ]
    assert blocks[1].text.endswith("puis à la recoller.")
    assert [block.text for block in blocks[2:6]] == ["Court.", "puce", "Axe 1", "Suite."]
    assert blocks[5].place == "page 2, paragraphe 1"
    assert [block.text for block in blocks[6:]] == ["Plan d’action de la région", "Page 1"]


@pytest.mark.parametrize("header", [f"table.header{HEADER},", f"{HEADER},".replace("][", "],[")])
def test_table_over_pages_is_one_with_or_without_repeated_header(header: str) -> None:
    source = PAGE.format(RUNNING) + f"#table(columns: (1fr, 2fr, 1fr), {header} {rows(40).replace('][', '],[')})"
    found = document(source)
    (table,) = found.tables()
    assert len(table.rows) == 41
    assert [row[0].text for row in table.rows[1:]] == [f"Objectif {index}" for index in range(1, 41)]
    assert all(row[1].text.endswith("à la fin de l’année") and "\n" not in row[1].text for row in table.rows[1:])
    assert table.rows[0][0].bold
    assert table.rows[-1][0].place.startswith("page 3, tableau 1, ligne ")


def test_merged_cells_of_a_page() -> None:
    source = (
        PAGE.format("") + "#table(columns: (1fr, 2fr, 1fr), table.cell(colspan: 3)[Axe 1], "
        "table.cell(rowspan: 2)[O1], [a], [b], [c], [d])"
    )
    found = document(source)
    assert grid(found) == [["Axe 1", "#", "#"], ["O1", "a", "b"], ["#", "c", "d"]]
    assert found.tables()[0].rows[1][0].rowspan == 2


def test_lines_of_a_cell_stay_where_the_writer_broke_them() -> None:
    source = PAGE.format("") + (
        "#table(columns: (10cm, 4cm), [Rencontrer les voisins \\ Appeler le bureau \\ 1. Écrire une lettre assez longue "
        "pour que la ligne doive être coupée par la marge de la cellule], [x])"
    )
    (row,) = document(source).tables()[0].rows
    assert row[0].text.split("\n") == [
        "Rencontrer les voisins",
        "Appeler le bureau",
        "1. Écrire une lettre assez longue pour que la ligne doive être coupée par la marge de la cellule",
    ]


def test_two_tables_apart_stay_two() -> None:
    found = document(
        PAGE.format("") + "== Axe 1\n#table(columns: 2)[a][b][c][d]\n== Axe 2\n#table(columns: 2)[e][f][g][h]"
    )
    assert [grid(found, 0), grid(found, 1)] == [[["a", "b"], ["c", "d"]], [["e", "f"], ["g", "h"]]]
    assert found.tables()[1].place == "page 1, tableau 2"


def test_table_with_horizontal_rules_only() -> None:
    rule = "stroke: (x: none, y: 0.5pt)"
    source = f"#table(columns: (1fr, 2fr, 1fr), {rule}, {(HEADER + rows(30)).replace('][', '],[')})"
    (table,) = document(PAGE.format(RUNNING) + "= Plan\nUne phrase qui court sur la page.\n" + source).tables()
    assert [row[0].text for row in table.rows] == ["Objectif", *(f"Objectif {index}" for index in range(1, 31))]
    assert table.rows[4][2].text == "Organisme 4"


def test_what_was_typed_in_a_form_is_text() -> None:
    found = read_pdf(form_pdf(), "plan.pdf")
    assert [block.text for block in found.blocks if isinstance(block, Paragraph)] == ["Action : Tenir une rencontre"]


def test_notes_stuck_on_a_page_are_told() -> None:
    assert any("à valider" in message for _, message in read_pdf(form_pdf(fields=False), "plan.pdf").warnings)


def test_a_file_that_lies_about_its_lengths_is_mended() -> None:
    found = read_pdf(form_pdf(fields=False, length=42), "plan.pdf")
    assert [block.text for block in found.blocks if isinstance(block, Paragraph)] == ["Action :"]


def word(text: str, x0: float, top: float, width: float = 20) -> Word:
    return Word(text, x0, x0 + width, top, top + 10, 10, False)


def one_page(number: int, texts: list[list[str]]) -> object:
    """A ruled table of two columns on a page."""
    boxes = [
        (100 * c, 20.0 * r, 100 * (c + 1), 20.0 * (r + 1)) for r in range(len(texts)) for c in range(len(texts[0]))
    ]
    words = [
        word(text, 100 * c + 5, 20 * r + 5) for r, line in enumerate(texts) for c, text in enumerate(line) if text
    ]
    return page_table(boxes, words, number, 1)


@pytest.mark.parametrize(
    ("after", "joined"),
    [
        ([["", "et la suite"], ["O2", "b"]], [["O1", "a et la suite"], ["O2", "b"]]),
        ([["", "Une autre"], ["O2", "b"]], [["O1", "a"], ["", "Une autre"], ["O2", "b"]]),
        ([["O1", "a"], ["O2", "b"]], [["O1", "a"], ["O2", "b"]]),
    ],
)
def test_rows_at_a_change_of_page(after: list[list[str]], joined: list[list[str]]) -> None:
    first, second = one_page(1, [["O1", "a"]]), one_page(2, after)
    assert first is not None
    assert second is not None
    assert goes_on(first, second)  # type: ignore[arg-type]
    warnings = append(first, second)  # type: ignore[arg-type]
    assert [[cell.text for cell in row] for row in first.table.rows] == joined  # type: ignore[attr-defined]
    assert bool(warnings) == (joined[0][1] == "a et la suite")


def test_lines_and_cut_words() -> None:
    words = [word("long\u00ad", 0, 0, 90), word("temps", 0, 12), word("fin", 0, 40)]
    assert [line.text for line in lines_of(words)] == ["long\u00ad", "temps", "fin"]
    assert cell_text(words, 0, 95) == "longtemps\nfin"


def test_child_process_says_the_same() -> None:
    data = small_pdf()
    direct, apart = read_pdf(data, "plan.pdf"), read_apart("pdf", data, "plan.pdf")
    assert as_json(direct) == as_json(apart)
    assert document_from({"name": "x", "blocks": [], "warnings": []}).blocks == []


def test_too_many_pages() -> None:
    with pytest.raises(UnreadableDocument, match="3 pages"):
        read_apart("pdf", small_pdf("a#pagebreak()b#pagebreak()c"), "plan.pdf", Limits(pages=2))


def test_too_slow() -> None:
    with pytest.raises(UnreadableDocument, match="trop de temps"):
        read_apart("pdf", small_pdf(), "plan.pdf", seconds=0)
