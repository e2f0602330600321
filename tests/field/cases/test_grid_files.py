"""A grid in files (I7): CSV and XLSForm in and out, foreign forms read without dropping anything in silence."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.field.cases.enums.grid import CAUSE_LABELS, Mandate, Measure, Scope, SensitiveGroup
from concertoit.field.cases.exports.grid import grid_csv, grid_xlsform
from concertoit.field.cases.importers.grid import read_grid
from concertoit.field.cases.rules import grid_words as words
from concertoit.field.cases.rules.first_grid import FIRST_GRID
from concertoit.field.cases.rules.grid_document import (
    Cause,
    Dimension,
    GridDocument,
    Item,
    Refused,
    differences,
)
from concertoit.field.cases.rules.xlsform import read_markdown
from concertoit.field.cases.rules.xlsform_grid import from_grid
from concertoit.ground.core.workbooks import read_here
from tests.shared_data import shared

EMPTY = GridDocument("")


def test_words_of_files_stand_for_every_code() -> None:
    assert set(words.SCOPES) == set(Scope.values)
    assert set(words.MANDATES) == set(Mandate.values)
    assert set(words.MEASURES) == set(Measure.values)
    assert set(words.GROUPS) == set(SensitiveGroup.values)
    assert set(CAUSE_LABELS) == set(Cause)


text = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=30)


@st.composite
def documents(draw: st.DrawFn) -> GridDocument:
    dimensions = tuple(
        Dimension(f"D{at}", f"{draw(text)} {at}", tuple(draw(st.sets(st.sampled_from(sorted(words.GROUPS))))))
        for at in range(draw(st.integers(1, 3)))
    )
    items = []
    for dimension in dimensions:
        for _each in range(draw(st.integers(0, 3))):
            mandates = tuple(sorted(draw(st.sets(st.sampled_from(sorted(words.MANDATES)), max_size=3))))
            items.append(
                Item(
                    f"P{len(items)}", dimension.code, draw(text), draw(st.sampled_from(sorted(words.SCOPES))),
                    draw(st.one_of(st.just(""), text)), mandates, len(mandates) > 1 and draw(st.booleans()),
                    draw(st.sampled_from(sorted(words.MEASURES))), draw(st.integers(0, 9)),
                    draw(st.one_of(st.just(""), text)), draw(st.one_of(st.just(""), text)), draw(st.booleans()),
                )
            )  # fmt: skip
    return GridDocument("Grille", dimensions, tuple(items))


class TestThereAndBack:
    @given(documents())
    def test_csv(self, document: GridDocument) -> None:
        for known in (EMPTY, document):
            read = read_grid("grille.csv", grid_csv(document), known)
            assert differences(document, read.document) == []
            assert read.troubles == ()

    @given(documents())
    def test_xlsform(self, document: GridDocument) -> None:
        for known in (EMPTY, document):
            with patch("concertoit.field.cases.importers.grid.sheets_of", read_here):  # a process for each is long
                read = read_grid("grille.xlsx", grid_xlsform(document, "grille", "1"), known)
            assert differences(document, read.document) == []
            assert {one.why for one in read.troubles} <= {Cause.ALREADY_THERE}
            assert read.candidates == ()

    def test_the_first_grid(self) -> None:
        assert len(FIRST_GRID.items) == 38
        assert len(FIRST_GRID.dimensions) == 8
        for name, content in (("g.csv", grid_csv(FIRST_GRID)), ("g.xlsx", grid_xlsform(FIRST_GRID, "g", "1"))):
            assert differences(FIRST_GRID, read_grid(name, content, EMPTY).document) == []

    def test_no_cell_is_a_formula(self) -> None:
        item = replace(FIRST_GRID.items[0], label="=1+1")
        content = grid_xlsform(replace(FIRST_GRID, items=(item,)), "g", "1")
        assert read_grid("g.xlsx", content, EMPTY).document.items[0].label == "=1+1"


class TestTheSharedGrid:
    def test_csv_of_the_same_shape(self) -> None:
        content = shared("design/grid/grille_concertee_v0.csv").read_bytes()
        read = read_grid("grille.csv", content, FIRST_GRID)
        assert read.troubles == ()
        changed = differences(FIRST_GRID, read.document)
        # The first grid says the same points in its own words.
        assert {name for one in changed for name in one.names} <= {"label", "danger"}
        back = list(csv.reader(io.StringIO(grid_csv(read.document).decode("utf-8-sig"))))
        given_rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert [row[:9] for row in back] == given_rows

    def test_the_same_as_a_form(self) -> None:
        table = read_grid("g.csv", shared("design/grid/grille_concertee_v0.csv").read_bytes(), FIRST_GRID)
        form = read_grid("g.xlsx", shared("design/grid/grille_concertee_v0.xlsx").read_bytes(), FIRST_GRID)
        assert differences(table.document, form.document) == []
        assert {one.why for one in form.troubles} == {Cause.ALREADY_THERE, Cause.SCALE_WORDS}


FORMS = [
    "cascading_select_test_equivalent.xls", "choice_filter_test.xlsx", "field-list.xlsx", "group.md", "loop.md",
    "or_other.xlsx", "pull_data.xlsx", "repeat_date_test.xls", "specify_other.csv", "specify_other.md",
    "text_and_integer.md", "widgets.csv", "widgets.xls", "xlsform_spec_test.xlsx", "yes_or_no_question.md",
]  # fmt: skip


class TestForeignForms:
    @pytest.mark.parametrize("name", FORMS)
    def test_every_question_is_somewhere(self, name: str) -> None:
        content = shared(f"data/xlsform/{name}").read_bytes()
        read = read_grid(name, content, EMPTY)
        assert not read.stops
        assert read.document.items or read.troubles
        said = {one.what for one in read.troubles} | {item.label for item in read.document.items}
        assert {item.label for item in read.candidates} <= said

    def test_what_maps_and_what_does_not(self) -> None:
        form = """
        | survey |
        | | type | name | label::English | label::Français | hint | relevant | appearance |
        | | begin group | cuisine | Kitchen | Cuisine | | | |
        | | select_one state | murs | Walls | Murs | Portée : bâtiment | | minimal |
        | | select_one from colours or specify other | teinte | Colour | Teinte | | ${murs} = '1' | |
        | | begin repeat | pieces | Rooms | Pièces | | | |
        | | select_one state | sol | Floor | Sol | marcher dessus | | |
        | | end repeat | | | | | | |
        | | end group | | | | | | |
        | | integer | age | Age | Âge | | | |
        | | select_one nowhere | perdu | Lost | Perdu | | | |
        | | select_one state | murs | Walls again | Encore les murs | | | |
        | | select_one state | vide | | | | | |
        | choices |
        | | list name | name | label |
        | | state | 0 | Fine |
        | | state | 1 | So so |
        | | state | 2 | Bad |
        | | colours | red | Red |
        """
        read = read_grid("f.md", form.encode(), EMPTY)
        assert [(one.code, one.label, one.dimension, one.scope) for one in read.document.items] == [
            ("murs", "Murs", "cuisine", "building"), ("sol", "Sol", "cuisine", "dwelling"),
            ("murs2", "Encore les murs", "AUTRES", "dwelling"),
        ]  # fmt: skip
        assert [one.title for one in read.document.dimensions] == ["Cuisine", "Autres points"]
        assert [(one.code, one.label) for one in read.candidates] == [("teinte", "Teinte")]
        found = {(one.what, one.why) for one in read.troubles}
        assert found >= {
            ("Murs", Cause.COLUMN), ("Murs", Cause.OTHER_LANGUAGE), ("Teinte", Cause.FREE_ANSWER),
            ("Teinte", Cause.CONDITION), ("Teinte", Cause.NOT_A_STATE), ("Pièces", Cause.REPEAT), ("Sol", Cause.HINT),
            ("Âge", Cause.OTHER_TYPE), ("Perdu", Cause.NO_LIST), ("Encore les murs", Cause.CODE_CHANGED),
            ("vide", Cause.NO_LABEL), ("state", Cause.SCALE_WORDS),
        }  # fmt: skip

    def test_markdown_is_sheets(self) -> None:
        assert read_markdown("| settings | |\n| | form_title |\n| | Un titre |") == {
            "settings": [["form_title"], ["Un titre"]]
        }


class TestRefused:
    @pytest.mark.parametrize(
        ("name", "content", "why"),
        [
            ("a.pdf", b"%PDF", "unreadable"),
            ("a.xlsx", b"not a workbook", "unreadable"),
            ("a.csv", b"a,b\n1,2\n", "not_a_form"),
            ("a.md", b"| survey |\n| | label |\n| | x |\n", "not_a_form"),
            ("a.csv", b"x" * 5_000_001, "too_long"),
        ],
    )
    def test_files(self, name: str, content: bytes, why: str) -> None:
        with pytest.raises(Refused, match=why):
            read_grid(name, content, EMPTY)

    def test_words_that_nobody_knows_stop_the_import(self) -> None:
        rows = (
            "code,dimension,portee,libelle,coef,mandat_principal,groupes_sensibles,mesure,couleur\n"
            "A1,Air,cave,Odeur,beaucoup,Police,chats,pouces,bleu\n"
            "A1,Air,logement,Encore,1,,,,\n"
            ",,logement,Sans dimension,1,,,,\n"
            "A3,Air,,,,,,,\n"
        )
        read = read_grid("g.csv", rows.encode(), EMPTY)
        assert read.stops
        assert [(one.line, one.why) for one in read.troubles] == [
            (1, Cause.UNKNOWN_COLUMN), (2, Cause.UNKNOWN_WORD), (2, Cause.UNKNOWN_WORD), (2, Cause.UNKNOWN_WORD),
            (2, Cause.UNKNOWN_WORD), (2, Cause.NOT_A_NUMBER), (3, Cause.CODE_TAKEN), (4, Cause.NO_DIMENSION),
            (5, Cause.CODE_AND_LABEL),
        ]  # fmt: skip
        assert "Ville" in next(one.detail for one in read.troubles if one.what == "Police")


class TestOracle:
    """pyxform, which ODK and KoboToolbox use, accepts what is exported."""

    @pytest.mark.parametrize("document", [FIRST_GRID, replace(FIRST_GRID, items=FIRST_GRID.items[:3])])
    def test_pyxform_accepts_the_form(self, document: GridDocument) -> None:
        xls2xform = pytest.importorskip("pyxform.xls2xform", reason="pyxform is absent")
        retired = replace(document, items=(replace(document.items[0], retired=True), *document.items[1:]))
        for one in (document, retired):
            result = xls2xform.convert(xlsform=io.BytesIO(grid_xlsform(one, "grille", "3")), file_type=".xlsx")
            assert 'nodeset="/data/g_SEC/e_SEC2"' in result.xform

    def test_structure(self) -> None:
        sheets = from_grid(FIRST_GRID, "grille", "1")
        survey = [dict(zip(sheets["survey"][0], row, strict=True)) for row in sheets["survey"][1:]]
        names = [row["name"] for row in survey if row["name"]]
        assert len(names) == len(set(names))
        assert sum(row["type"] == "begin_group" for row in survey) == sum(row["type"] == "end_group" for row in survey)
        lists = {row[0] for row in sheets["choices"][1:]}
        assert {row["type"].split()[1] for row in survey if row["type"].startswith("select_one")} <= lists
