"""The funder's form: everything the plan says is in it, to the cent, in Word and in tagged PDF, whatever people wrote."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import docx
import pdfplumber
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings

from concertoit.insight.reporting.exports import FormMeta, funder_form_docx, funder_form_pdf
from concertoit.insight.reporting.exports.form_axes import HEADERS, axis_tables
from concertoit.insight.reporting.exports.form_budget import NO_YEAR, budget_of, total
from concertoit.insight.reporting.exports.form_content import form_content
from concertoit.insight.reporting.exports.form_texts import lines_of, organisation, step_number
from concertoit.together.plans.importers.interpret import interpret
from concertoit.together.plans.rules.document import (
    Actor,
    ActorKind,
    ActorRole,
    BudgetLine,
    CycleStep,
    Indicator,
    Link,
    Node,
    NodeKind,
    Participant,
    Period,
    PlanDocument,
    Section,
    SectionKind,
    as_plain,
)
from concertoit.together.plans.rules.normal_form import normal_form
from tests.together.plans.generated import plans

NBSP = "\u00a0"
META = FormMeta(
    space_name="Chantier habitation",
    version_label="Version 3",
    adopted_on=date(2026, 2, 24),
    filed_on=date(2026, 2, 27),
    sha256="ab" * 32,
    funder_name="Table des préfets",
    generated_at=datetime(2026, 2, 27, 14, 30, tzinfo=UTC),
)
LEAD = Actor(ActorRole.LEAD, "Développement social")


def step(number: str, title: str, group: str = "") -> Node:
    return Node(f"e{number}{title}", NodeKind.STEP, title, number, group=group)


def example() -> PlanDocument:
    first = Node("r1", NodeKind.OUTCOME, "Des milieux diversifiés", "1,1,1,1", "1.1.1.1", period=Period("26-28"))
    first.actors = [LEAD, Actor(ActorRole.PARTNER, "Comité municipal", ActorKind.COMMITTEE_TO_FORM)]
    first.children = [step("1,", "Inviter", "AN 1"), step("2,", "Accueillir", "AN 1"), step("1,", "Évaluer", "AN 2")]
    first.indicators = [Indicator("Municipalités engagées", "municipalités", "12", "30")]
    second = Node("r2", NodeKind.OUTCOME, "Des échanges adaptés", "1.1.1 2", "1.1.1.2", links=[Link("2.1.1.1")])
    second.actors = [LEAD, Actor(ActorRole.TO_CONTACT, "Table des préfets")]
    action = Node(
        "a1", NodeKind.ACTION, "Mobiliser", "1,1,1", "1.1.1", children=[first, second], period=Period("26-27")
    )
    action.budget = Decimal("11446.00")
    action.budget_lines = [
        BudgetLine(Decimal("7590.00"), "An 1", fiscal_agent="Habeo"),
        BudgetLine(Decimal("3856.00"), "an 2", fiscal_agent="Habeo"),
    ]
    alone = Node("a2", NodeKind.ACTION, "Agir seul", "1.1.2", children=[step("", "Une étape sans résultat")])
    alone.budget, alone.actors = Decimal("541.50"), [Actor(ActorRole.FISCAL_AGENT, "Université", precision="an 1")]
    objective = Node("o1", NodeKind.OBJECTIVE, "Rassembler", "1,1", "1.1", children=[action, alone])
    return PlanDocument(
        title="Plan d’action 2026-2028",
        period=Period("2026-2028", date(2026, 4, 1), date(2028, 3, 31)),
        participants=[Participant("Office d’habitation", "Camille Roy", "direction"), Participant("Citoyenne")],
        cycle=[CycleStep("Janvier 2026", "Révision des actions", "COCO", "- cesser\n- conserver")],
        sections=[
            Section(SectionKind.FOLLOW_UP, "Un comité suit le plan.\n- six rencontres\n - de deux heures"),
            Section(SectionKind.CROSS_CUTTING, "Des familles mieux logées.", "Jeunes enfants"),
        ],
        roots=[Node("x1", NodeKind.AXIS, "Mobilisation", "", "1", children=[objective])],
    )


def words_of_row(row) -> list[str]:  # type: ignore[no-untyped-def]
    return [" / ".join(piece.text for piece in cell.pieces) for cell in row]


def test_an_axis_is_a_table_of_results_with_what_spans_them() -> None:
    (table,) = axis_tables(example())
    assert table.heading == f"Axe d’intervention 1{NBSP}: Mobilisation"
    assert [words_of_row(row) for row in table.rows] == [
        [
            "1,1 Rassembler",
            "1,1,1 Mobiliser",
            "Développement social",
            "Comité municipal (à former)",
            "1,1,1,1 Des milieux diversifiés",
            f"Municipalités engagées{NBSP}: 12 → 30 municipalités",
            "26-28",
            "AN 1 / Inviter / Accueillir / AN 2 / Évaluer",
            f"11{NBSP}446,00{NBSP}$ / An 1{NBSP}: 7{NBSP}590,00{NBSP}$ / an 2{NBSP}: 3{NBSP}856,00{NBSP}$",
        ],
        [
            "", "", "", f"À mettre en relation{NBSP}: Table des préfets",
            "1.1.1 2 Des échanges adaptés / Lien avec 2.1.1.1", "", "26-27", "", "",
        ],
        [
            "", "1.1.2 Agir seul", f"Fiduciaire{NBSP}: Université — an 1", "", "", "", "", "Une étape sans résultat",
            f"541,50{NBSP}$",
        ],
    ]  # fmt: skip
    assert [[cell.span for cell in row] for row in table.rows] == [
        [3, 2, 2, 1, 1, 1, 1, 1, 2],
        [0, 0, 0, 1, 1, 1, 1, 1, 0],
        [0, 1, 1, 1, 1, 1, 1, 1, 1],
    ]


def test_the_budget_is_counted_once_by_year_and_fiscal_agent() -> None:
    content = form_content(example(), META)
    assert content.budget_total == f"11{NBSP}987,50{NBSP}$"
    by_action, by_agent, by_source = content.budget
    assert by_action.headers == ["Élément", "Fiduciaire", "Source", "An 1", "An 2", NO_YEAR, "Total"]
    assert [row.words[0] for row in by_action.rows] == ["1,1,1 Mobiliser", "1.1.2 Agir seul"]
    assert [(row.words, row.total) for row in by_agent.rows] == [
        (["Habeo"], f"11{NBSP}446,00{NBSP}$"),
        (["Université"], f"541,50{NBSP}$"),
    ]
    assert by_action.footer.total == by_agent.footer.total == by_source.footer.total == content.budget_total
    assert content.budget_notes == []


def test_parts_beyond_the_stated_total_are_said() -> None:
    plan = example()
    plan.roots[0].children[0].children[0].budget = Decimal("10000.00")
    content = form_content(plan, META)
    assert content.budget_notes == [
        f"1,1,1 Mobiliser{NBSP}: les montants détaillés (11{NBSP}446,00{NBSP}$) dépassent de 1{NBSP}446,00{NBSP}$ "
        f"le total inscrit (10{NBSP}000,00{NBSP}$)."
    ]


def test_lines_without_a_stated_total_count_and_are_said() -> None:
    plan = example()
    plan.roots[0].children[0].children[0].budget = None
    content = form_content(plan, META)
    assert content.budget_total == f"11{NBSP}987,50{NBSP}$"
    assert content.budget_notes == [
        f"Le total comprend 11{NBSP}446,00{NBSP}$ inscrits par année sur des éléments sans budget total."
    ]


HEAVY = [HealthCheck.too_slow, HealthCheck.data_too_large]


@given(plan=plans())
@settings(max_examples=60, deadline=None, suppress_health_check=HEAVY)
def test_the_budget_reconciles_to_the_cent_on_any_plan(plan: PlanDocument) -> None:
    budget = budget_of(plan)
    assert (
        sum((total(e for e in budget.entries if e.year == year) for year in budget.years), Decimal()) == budget.total
    )
    if not budget.gaps and not any(node.budget is None and node.budget_lines for node in plan.walk()):
        assert budget.total == plan.budget_total()


@given(plan=plans())
@settings(max_examples=60, deadline=None, suppress_health_check=HEAVY)
def test_no_title_nor_text_of_the_plan_is_left_out(plan: PlanDocument) -> None:
    content = repr(as_plain(form_content(plan, META)))

    def shown(text: str) -> bool:
        return all(repr(line.text)[1:-1] in content for line in lines_of(text))

    clean = normal_form(plan)
    for node in clean.walk():
        assert repr(node.title)[1:-1] in content or repr(node.title.replace("\n", " "))[1:-1] in content
        assert shown(node.description)
        assert all(repr(actor.name)[1:-1] in content for actor in node.actors)
    assert all(shown(section.body) for section in clean.sections)
    assert all(repr(p.organisation)[1:-1] in content for p in clean.participants)


def test_word_form_is_accessible_and_laid_out() -> None:
    data = funder_form_docx(example(), META)
    document = docx.Document(io.BytesIO(data))
    assert (document.core_properties.title, document.core_properties.language) == ("Plan d’action 2026-2028", "fr-CA")
    assert document.core_properties.created == datetime(2026, 2, 27, 14, 30, tzinfo=UTC)
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert headings == [
        ("Title", "Plan d’action 2026-2028"),
        ("Heading 1", "Organismes participants"),
        ("Heading 1", "Étapes de la révision du plan"),
        ("Heading 2", "Janvier 2026 — COCO"),
        ("Heading 1", "Mécanismes de suivi du plan d’action"),
        ("Heading 1", "Priorités transversales"),
        ("Heading 2", "Jeunes enfants"),
        ("Heading 1", f"Axe d’intervention 1{NBSP}: Mobilisation"),
        ("Heading 1", "Budget"),
        ("Heading 2", "Budget par action"),
        ("Heading 2", "Budget par fiduciaire"),
        ("Heading 2", "Budget par source"),
    ]
    assert [section.page_width > section.page_height for section in document.sections] == [False, True, True]
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    axis = document.tables[1]
    assert [cell.text for cell in axis.rows[0].cells] == list(HEADERS)
    assert axis.cell(1, 0)._tc is axis.cell(3, 0)._tc
    bullets = [p.text for p in document.paragraphs if p.style.name.startswith("List Bullet")]
    assert bullets == ["cesser", "conserver", "six rencontres", "de deux heures"]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        footer = package.read("word/footer1.xml").decode()
        assert package.read("word/document.xml").decode().count("w:footerReference") == 3
    assert all(part in footer for part in ("ab" * 32, " PAGE ", " NUMPAGES ", "Version 3"))


def pdf_text(data: bytes) -> str:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def test_pdf_form_is_tagged_and_says_the_same() -> None:
    data = funder_form_pdf(example(), META)
    assert b"/StructTreeRoot" in data
    assert b"pdfuaid" in data
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert pdf.metadata["Title"] == "Plan d’action 2026-2028"
        assert [page.width > page.height for page in pdf.pages] == [False, True, True]
        text = "\n".join(page.extract_text() for page in pdf.pages).replace(NBSP, " ")
    for words in (
        "Axe d’intervention 1 : Mobilisation",
        "11 446,00 $",
        "11 987,50 $",
        "ab" * 32,
        "Page 1 de 3",
        "Camille Roy",
    ):
        assert words in text


def test_two_forms_of_one_snapshot_are_the_same_file() -> None:
    assert funder_form_pdf(example(), META) == funder_form_pdf(example(), META)


def test_what_people_write_is_never_markup() -> None:
    plan = example()
    hostile = '#panic("x") *gras* $1/0$ = Titre `code` <w:p/> ]]> &amp; \\" @ref #import "/etc/passwd"'
    plan.title = plan.roots[0].title = plan.sections[0].body = hostile
    plan.participants[0].organisation = hostile
    text = pdf_text(funder_form_pdf(plan, META))
    assert '#panic("x") *gras* $1/0$ = Titre `code` <w:p/>' in text
    document = docx.Document(io.BytesIO(funder_form_docx(plan, META)))
    assert document.tables[0].cell(1, 0).text == hostile


def test_a_character_that_no_font_shows_does_not_stop_the_filing() -> None:
    plan = example()
    plan.roots[0].title = "Maison \U0001f3e0 \ue000 et suite"
    assert "et suite" in pdf_text(funder_form_pdf(plan, META))


def test_a_text_longer_than_a_page_goes_on() -> None:
    plan = example()
    plan.roots[0].children[0].children[0].children[0].children[0].title = "mot " * 4000 + "final"
    assert "final" in pdf_text(funder_form_pdf(plan, META))
    assert funder_form_docx(plan, META)


def test_an_empty_plan_gives_a_form_that_says_so() -> None:
    text = pdf_text(funder_form_pdf(PlanDocument(), FormMeta("Démarche")))
    assert "Aucun organisme n’est inscrit." in text
    assert "Aucun budget n’est inscrit." in text
    assert "Ce document n’est pas encore déposé." in text
    assert "SHA-256" not in text
    assert funder_form_docx(PlanDocument(), FormMeta("Démarche"))


def test_elements_outside_any_axis_are_shown() -> None:
    plan = PlanDocument(roots=[Node("a", NodeKind.ACTION, "Seule"), Node("x", NodeKind.AXIS, "Axe", "1")])
    assert [table.heading for table in axis_tables(plan)] == ["Éléments hors axe", f"Axe d’intervention 1{NBSP}: Axe"]


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("Vigie", ActorKind.COMMITTEE_TO_FORM, "Vigie (comité à former)"),
        ("Comité vigie", ActorKind.COMMITTEE_TO_FORM, "Comité vigie (à former)"),
        ("Formation d’un comité", ActorKind.COMMITTEE_TO_FORM, "Formation d’un comité"),
        ("Coco", ActorKind.COMMITTEE, "Coco"),
    ],
)
def test_committees_to_form_say_so_once(name: str, kind: ActorKind, shown: str) -> None:
    assert organisation(Actor(ActorRole.PARTNER, name, kind)) == shown


@pytest.mark.parametrize(("written", "shown"), [("3,", "3."), ("1.1 ", "1.1."), ("2-", "2."), ("", ""), (". ", "")])
def test_step_numbers_lose_their_sign_only(written: str, shown: str) -> None:
    assert step_number(Node("e", NodeKind.STEP, written=written)) == shown


LISTED = """Trois rencontres :
- une au printemps
  - en personne
  - en ligne
- une à l’automne
Puis un bilan.
1. écrit
2. dit"""


def test_lists_are_lists_in_word_and_come_back_with_their_dashes() -> None:
    plan = example()
    plan.sections = [Section(SectionKind.FOLLOW_UP, LISTED)]
    plan.cycle = [CycleStep(when="Janvier 2026", title="", detail="- consulter\n- écrire")]
    data = funder_form_docx(plan, META)
    styles = {one.text: one.style.name for one in docx.Document(io.BytesIO(data)).paragraphs if one.style}
    assert (styles["une au printemps"], styles["en personne"]) == ("List Bullet", "List Bullet 2")
    found = interpret(data, "formulaire.docx").document
    assert [one.body for one in found.sections if one.kind is SectionKind.FOLLOW_UP] == [LISTED]
    assert found.cycle[0].detail == "- consulter\n- écrire"
    again = normal_form(found)
    assert lines_of(again.sections[-1].body) == lines_of(LISTED), "filed again, the same lists"
