"""People edit our Word and Excel files: what they change is read, what cannot be read is said with its place."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import docx
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from concertoit.together.plans.exports import blank_template_docx, blank_template_xlsx, to_docx, to_xlsx
from concertoit.together.plans.importers.readers import read
from concertoit.together.plans.importers.source import Cell, SourceDocument, Table
from concertoit.together.plans.importers.template import Problem, read_template, recognise
from concertoit.together.plans.rules.document import (
    Actor,
    ActorKind,
    ActorRole,
    BudgetLine,
    Link,
    Node,
    NodeKind,
    Period,
    PlanDocument,
    StepState,
    as_plain,
)


def small_plan() -> PlanDocument:
    step = Node("e1", NodeKind.STEP, "Inviter", "1,", "1.1.1.1.1", state=StepState.TODO)
    outcome = Node("r1", NodeKind.OUTCOME, "Le milieu agit", "1.1.1.1", "1.1.1.1", children=[step])
    outcome.period = Period("26-28", date(2026, 4, 1), date(2028, 3, 31))
    action = Node("a1", NodeKind.ACTION, "Mobiliser", "1.1.1", "1.1.1", children=[outcome])
    action.actors = [Actor(ActorRole.LEAD, "Habeo"), Actor(ActorRole.PARTNER, "Coco", ActorKind.COMMITTEE)]
    action.budget, action.budget_lines = Decimal("11446.00"), [BudgetLine(Decimal("11446.00"), "An 1")]
    action.links = [Link("1.1.1.1", "r1")]
    axis = Node("x1", NodeKind.AXIS, "Collaborer", "1", "1", children=[action])
    return PlanDocument(title="Plan", roots=[axis])


class Book:
    """An Excel file of ours, as a person sees it: cells by the header of their column and the title of their row."""

    def __init__(self, plan: PlanDocument) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(to_xlsx(plan)))

    def sheet(self, name: str = "Plan") -> Worksheet:
        return self.book[name]

    def column(self, header: str, name: str = "Plan") -> int:
        headers = [cell.value for cell in self.sheet(name)[1]]
        return headers.index(header) + 1

    def row(self, title: str) -> int:
        column = self.column("Titre")
        return next(r for r in range(2, 99) if self.sheet().cell(r, column).value == title)

    def write(self, title: str, header: str, value: object) -> None:
        self.sheet().cell(self.row(title), self.column(header)).value = value

    def back(self) -> tuple[PlanDocument, list[Problem]]:
        out = io.BytesIO()
        self.book.save(out)
        return read_template(read(out.getvalue(), "plan.xlsx"))


@pytest.fixture
def book() -> Book:
    return Book(small_plan())


def by_title(plan: PlanDocument) -> dict[str, Node]:
    return {node.title: node for node in plan.walk()}


def test_edited_cells_are_read_and_nothing_else_changes(book: Book) -> None:
    book.write("Inviter", "État", "faite")
    book.write("Inviter", "Fin", date(2027, 6, 30))
    book.write("Mobiliser", "Budget", 12000.5)
    book.write("Mobiliser", "Partenaires", "Coco [comité]\nTable des préfets — volet politique")
    plan, problems = book.back()
    expected = small_plan()
    nodes = by_title(expected)
    nodes["Inviter"].state, nodes["Inviter"].period.end = StepState.DONE, date(2027, 6, 30)
    nodes["Mobiliser"].budget = Decimal("12000.50")
    nodes["Mobiliser"].actors.append(Actor(ActorRole.PARTNER, "Table des préfets", precision="volet politique"))
    for node in plan.walk():
        assert node.source_place.startswith("feuille Plan, cellule")
        assert node.title in node.source_text
        node.source_place = node.source_text = ""
    assert problems == []
    assert as_plain(plan) == as_plain(expected)


@pytest.mark.parametrize(
    ("title", "header", "value", "kind", "cell"),
    [
        ("Inviter", "État", "presque", "unknown_word", "M5"),
        ("Mobiliser", "Budget", "Entre 200 et 500", "bad_amount", "R3"),
        ("Mobiliser", "Budget", "12,345", "bad_amount", "R3"),
        ("Inviter", "Début", "bientôt", "bad_date", "J5"),
        ("Inviter", "Niveau", "Sous-étape", "unknown_word", "C5"),
        ("Inviter", "En continu", "parfois", "unknown_word", "L5"),
        ("Inviter", "Sous", "#99", "unknown_parent", "B5"),
        ("Mobiliser", "Partenaires", "Coco [groupe]", "unknown_word", "P3"),
    ],
)
def test_a_cell_that_cannot_be_read_is_a_problem_with_its_place(
    book: Book, title: str, header: str, value: object, kind: str, cell: str
) -> None:
    book.write(title, header, value)
    plan, problems = book.back()
    assert [problem.kind for problem in problems] == [kind]
    assert problems[0].place == f"feuille Plan, cellule {cell}"
    assert str(value) in problems[0].text
    assert problems[0].message
    assert problems[0].suggestion
    assert len(list(plan.walk())) == 4


def test_a_new_row_finds_its_place_by_its_level_and_gets_an_identity(book: Book) -> None:
    book.sheet().insert_rows(6)
    for header, value in (("Niveau", "Étape"), ("No", "2,"), ("Titre", "Accueillir")):
        book.sheet().cell(6, book.column(header)).value = value
    plan, problems = book.back()
    outcome = by_title(plan)["Le milieu agit"]
    assert problems == []
    assert [step.title for step in outcome.children] == ["Inviter", "Accueillir"]
    assert outcome.children[1].id not in ("", "e1")


def test_a_copied_row_is_a_new_element_and_is_said(book: Book) -> None:
    values = [cell.value for cell in book.sheet()[5]]
    for place, value in enumerate(values, 1):
        book.sheet().cell(6, place).value = value
    plan, problems = book.back()
    assert [problem.kind for problem in problems] == ["repeated_reference"]
    assert len({node.id for node in plan.walk()}) == 5


def test_rows_sorted_in_another_order_keep_their_place_in_the_tree(book: Book) -> None:
    rows = [[cell.value for cell in row] for row in book.sheet().iter_rows(min_row=2)]
    for line, values in enumerate(reversed(rows), 2):
        for place, value in enumerate(values, 1):
            book.sheet().cell(line, place).value = value
    plan, problems = book.back()
    assert problems == []
    assert [node.id for node in plan.walk()] == ["x1", "a1", "r1", "e1"]


def test_elements_that_contain_each_other_are_separated(book: Book) -> None:
    book.write("Collaborer", "Sous", "#3")
    plan, problems = book.back()
    assert [problem.kind for problem in problems] == ["circle"]
    assert len(list(plan.walk())) == 4


def test_what_stands_outside_the_template_is_reported_not_lost(book: Book) -> None:
    book.sheet().cell(1, 30).value = "Remarques"
    book.sheet().cell(3, 30).value = "À revoir en comité"
    book.book.create_sheet("Brouillon").cell(2, 2).value = "Une idée"
    book.sheet("Budget").cell(3, 1).value = "#88"
    book.sheet("Budget").cell(3, book.column("Montant", "Budget")).value = 10
    _, problems = book.back()
    assert {(problem.kind, problem.text) for problem in problems} == {
        ("unknown_column", "À revoir en comité"),
        ("unplaced", "Une idée"),
        ("unknown_reference", "#88"),
    }


def test_a_budget_line_without_amount_is_said(book: Book) -> None:
    book.sheet("Budget").cell(2, book.column("Montant", "Budget")).value = None
    plan, problems = book.back()
    assert [(problem.kind, problem.place) for problem in problems] == [
        ("missing_amount", "feuille Budget, cellule C2"),
    ]
    assert by_title(plan)["Mobiliser"].budget_lines == []


def test_a_word_file_edited_by_hand() -> None:
    document = docx.Document(io.BytesIO(to_docx(small_plan())))
    table = next(t for t in document.tables if len(t.rows) == 5 and t.cell(0, 2).text == "Niveau")
    headers = [cell.text for cell in table.rows[0].cells]
    table.cell(4, headers.index("État")).text = "En cours"
    table.cell(2, headers.index("Organismes")).text = "Responsable: Habeo\nTable des préfets"
    document.add_paragraph("Une note en bas de page du document.")
    out = io.BytesIO()
    document.save(out)
    plan, problems = read_template(read(out.getvalue(), "plan.docx"))
    nodes = by_title(plan)
    assert nodes["Inviter"].state is StepState.DOING
    assert [(actor.role, actor.name) for actor in nodes["Mobiliser"].actors] == [
        (ActorRole.LEAD, "Habeo"),
        (ActorRole.PARTNER, "Table des préfets"),
    ]
    assert [problem.kind for problem in problems] == ["missing_role", "unplaced"]


@pytest.mark.parametrize("blank", [blank_template_docx, blank_template_xlsx])
def test_the_blank_template_is_recognised_and_empty(blank) -> None:  # type: ignore[no-untyped-def]
    source = read(blank(), "modele")
    assert recognise(source)
    plan, problems = read_template(source)
    assert problems == []
    assert as_plain(plan) == as_plain(PlanDocument())


def test_a_blank_template_filled_by_a_newcomer() -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank_template_xlsx()))
    sheet = book["Plan"]
    headers = [cell.value for cell in sheet[1]]
    for line, title in (
        (2, "Se loger"),
        (3, "Agir ensemble"),
        (4, "Inviter le milieu"),
        (5, "Le milieu vient"),
        (6, "Écrire"),
    ):
        sheet.cell(line, headers.index("Titre") + 1).value = title
    sheet.cell(4, headers.index("Réf.") + 1).value = "A"
    book["Budget"].append(["A", None, "An 1", None, "1 500,00 $"])
    out = io.BytesIO()
    book.save(out)
    plan, problems = read_template(read(out.getvalue(), "mon-plan.xlsx"))
    assert problems == []
    assert [node.kind for node in plan.walk()] == list(NodeKind)
    assert by_title(plan)["Inviter le milieu"].budget_lines == [BudgetLine(Decimal("1500.00"), "An 1")]


def test_other_documents_are_not_taken_for_ours() -> None:
    rows = [[Cell(text=text) for text in ("Objectifs", "Moyens", "Résultats", "Titre", "Budget")]]
    assert not recognise(SourceDocument("x.docx", "", [Table(rows)]))
    assert not recognise(SourceDocument("x.docx", "", [Table([[Cell(text="Niveau"), Cell(text="Titre")]])]))


def test_a_text_longer_than_an_excel_cell_comes_back_whole() -> None:
    plan = small_plan()
    plan.roots[0].description = "Un très long texte. " * 4000 + "Fin"
    back, problems = read_template(read(to_xlsx(plan), "plan.xlsx"))
    assert problems == []
    assert back.roots[0].description == plan.roots[0].description
