"""Other layouts of plans, pasted as text: what each one must give, and that no word of any is lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from concertoit.together.plans.importers.readers.text import read_text
from concertoit.together.plans.importers.report import report
from concertoit.together.plans.importers.source import Cell, Paragraph, SourceDocument, Table
from concertoit.together.plans.importers.understand import Mapping, Role, Understanding, understand
from concertoit.together.plans.rules.document import ActorRole, Node, NodeKind, StepState
from tests.together.plans.importers.accounts import lost_words


def rows(*lines: str) -> str:
    """Rows of a pasted table: cells between bars, as tabs."""
    return "\n".join("\t".join(cell.strip() for cell in line.split("|")) for line in lines)


def read(text: str, mapping: Mapping | None = None) -> Understanding:
    source = read_text(text, "plan.txt")
    found = understand(source, mapping)
    assert not lost_words(source, found)
    return found


def titles(found: Understanding, kind: NodeKind) -> list[str]:
    return [node.title for node in found.document.of_kind(kind)]


def counts(found: Understanding) -> dict[str, int]:
    return {name: count for name, count in report(found)["counts"].items() if count}


def kinds(found: Understanding) -> set[str]:
    return {anomaly.kind for anomaly in found.anomalies}


def action(found: Understanding, title: str) -> Node:
    return next(node for node in found.document.walk() if node.title == title)


def test_general_and_specific_objectives() -> None:
    found = read(
        rows(
            "Objectifs généraux|Objectifs spécifiques|Moyens|Responsable|Échéancier",
            "Améliorer l'accès|Informer les locataires|Produire un guide|OMH|Mars 2026",
            "||Tenir des séances|OMH|Automne 2026",
            "|Soutenir les recours|Offrir un service|Comité logement|En continu",
            "Bâtir|Trouver des terrains|Faire un inventaire|MRC|2027",
        )
    )
    assert counts(found) == {"axes": 2, "objectives": 3, "actions": 4}
    assert action(found, "Tenir des séances").period.end == date(2026, 11, 30)
    assert action(found, "Offrir un service").period.continuous


def test_who_does_what_when() -> None:
    found = read(
        rows(
            "Quoi|Qui|Quand|Comment|Combien|Pourquoi",
            "Organiser un forum|DSL|Printemps 2026|Avec la MRC|5 000 $|Mobiliser",
            "Publier un bulletin|OMH|Chaque mois|Infolettre|0 $|Informer",
        )
    )
    assert counts(found) == {"actions": 2}
    assert found.document.budget_total() == Decimal(5000)
    assert "Comment : Avec la MRC" in action(found, "Organiser un forum").description.replace("\u00a0", " ")


def test_one_step_per_row() -> None:
    found = read(
        rows(
            "N°|Actions|Sous-actions|Responsable|Échéance|Statut",
            "1|Créer un comité|Recruter les membres|DSL|2026-03-31|Réalisé",
            "||Rédiger le mandat|OMH|2026-06-30|En cours",
            "2|Tenir un forum|Réserver la salle|DSL|46022|À faire",
        )
    )
    steps = found.document.of_kind(NodeKind.STEP)
    assert [step.state for step in steps] == [StepState.DONE, StepState.DOING, StepState.TODO]
    assert [step.period.end for step in steps] == [date(2026, 3, 31), date(2026, 6, 30), date(2025, 12, 31)]
    assert [step.actors_in(ActorRole.LEAD)[0].name for step in steps] == ["DSL", "OMH", "DSL"]
    assert "serial_date" in kinds(found)


def test_summaries_and_legends_are_not_plans() -> None:
    found = read(
        "\n\n".join(
            (
                rows("Axe|Nombre d'actions|Budget", "Axe 1|2|5 000 $", "Axe 2|1|2 000 $"),
                "Axe 1 : Habiter",
                rows(
                    "Action|Responsable|Échéancier|Budget",
                    "Construire|OMH|2026|3 000 $",
                    "Rénover|OMH|2027|2 000 $",
                    "Total|||5 000 $",
                ),
                "Axe 2 : Bouger",
                rows("Action|Responsable|Échéancier|Budget", "Marcher|Ville|2026|2 000 $"),
                rows(
                    "Sigle|Signification", "OMH|Office municipal d'habitation", "MRC|Municipalité régionale de comté"
                ),
            )
        )
    )
    assert counts(found) == {"axes": 2, "actions": 3}
    assert report(found)["budget_total"] == "7000.00"
    assert "total_mismatch" not in kinds(found)
    assert "Office municipal d'habitation" in [text for _, text in found.unplaced]


def test_a_wrong_total_is_reported() -> None:
    found = read(rows("Action|Responsable|Budget", "Construire|OMH|3 000 $", "Rénover|OMH|2 000 $", "Total||6 000 $"))
    assert "total_mismatch" in kinds(found)
    assert report(found)["budget_total"] == "5000.00"


def test_budgets_by_year_with_their_total() -> None:
    found = read(
        rows(
            "Actions|Responsable|Budget 2026|Budget 2027|Total",
            "Construire|OMH|1 000 $|2 000 $|3 000 $",
            "Rénover|Ville|500 $||700 $",
        )
    )
    lines = action(found, "Construire").budget_lines
    assert [(line.year, line.amount) for line in lines] == [("2026", Decimal(1000)), ("2027", Decimal(2000))]
    assert report(found)["budget_total"] == "3700.00"
    assert "budget_split_mismatch" in kinds(found)


def test_crosses_under_years() -> None:
    found = read(
        rows(
            "|||Échéancier||",
            "Objectif|Action|Responsable|2026|2027|2028",
            "1 Informer|1.1 Guide|OMH|x|x|",
            "|1.2 Ateliers|OMH||X|X",
        )
    )
    assert [node.period.written for node in found.document.of_kind(NodeKind.ACTION)] == ["2026, 2027", "2027, 2028"]
    assert action(found, "Guide").period.end == date(2027, 12, 31)


def test_several_actions_in_a_cell() -> None:
    found = read(
        "| Objectif | Actions | Responsable |\n|---|---|---|\n"
        "| 1. Informer | • Un guide<br>• Des ateliers<br>• Un forum | OMH |"
    )
    assert titles(found, NodeKind.ACTION) == ["Un guide", "Des ateliers", "Un forum"]
    assert "several_in_row" in kinds(found)


def test_a_numbered_list_under_an_action_gives_its_steps() -> None:
    listed = "<p>Former un comité :</p><ol><li>1. Recruter</li><li>2. Former</li></ol>"
    found = read(rows("Action|Responsable", f"{listed}|OMH", "Tenir un forum|MRC"))
    assert counts(found) == {"actions": 2, "steps": 2}


def test_results_indicators_and_targets() -> None:
    found = read(
        rows(
            "Objectif|Action|Résultats attendus|Livrables|Indicateurs|Cibles|Responsable|Échéance",
            "Informer|Un guide|Les locataires sont informés|Guide|Nombre de guides|500|OMH|d'ici juin 2027",
            "Informer|Des ateliers|Les locataires se mobilisent|Rapport|Nombre d'ateliers|12|OMH|À venir",
        )
    )
    assert counts(found) == {"objectives": 1, "actions": 2, "outcomes": 2}
    indicator = action(found, "Les locataires sont informés").indicators[0]
    assert (indicator.title, indicator.target) == ("Nombre de guides", "500")
    nodes = {node["title"]: node for node in report(found)["nodes"]}
    assert nodes["Un guide"]["leads"] == ["OMH"]
    assert "leads" in nodes["Un guide"]["guessed"]


def test_headings_in_capitals_and_a_note_below() -> None:
    found = read(
        rows(
            "Action|Responsable|Échéancier",
            "LOGEMENT||",
            "Construire|OMH|2026",
            "TRANSPORT||",
            "Marcher|Ville|2027",
            "* Si financé||",
        )
    )
    assert titles(found, NodeKind.AXIS) == ["LOGEMENT", "TRANSPORT"]
    assert [text for _, text in found.unplaced] == ["* Si financé"]


def test_an_issue_above_an_axis_is_its_heading() -> None:
    found = read(
        rows(
            "Enjeu|Orientation|Objectif|Mesure|Porteur|État d'avancement",
            "Enjeu 1 : Crise|Orientation 1 : Agir|Objectif 1.1 Construire|Mesure 1 : Bâtir|SHQ|50 %",
            "|||Mesure 2 : Rénover|SHQ|En cours",
            "|Orientation 2 : Prévenir|Objectif 2.1 Informer|Mesure 3 : Publier|MRC|Complété",
        )
    )
    assert counts(found) == {"axes": 2, "objectives": 2, "actions": 3}
    assert action(found, "Agir").group == "Enjeu 1 : Crise"
    assert [node.written for node in found.document.of_kind(NodeKind.ACTION)] == ["1", "2", "3"]


def test_a_plan_in_headings_and_lines() -> None:
    found = read(
        """# Plan d'action local 2026-2028
## Axe 1 : Habiter
### Objectif 1.1 : Construire plus
#### Action 1.1.1 : Trouver des terrains
- Responsable : MRC
- Partenaires : OMH, Ville de Joliette
- Budget : 5 000 $
- Étapes :
  1. Inventorier
  2. Négocier
#### Action 1.1.2 : Monter un projet
- Échéancier : D'ici juin 2027
- Résultat attendu : Vingt logements
## Axe 2 : Bouger
### Objectif 2.1 : Marcher
- Action 2.1.1 : Élargir les trottoirs (en cours)
"""
    )
    assert counts(found) == {"axes": 2, "objectives": 2, "actions": 3, "outcomes": 1, "steps": 2}
    assert found.document.title == "Plan d'action local 2026-2028"
    assert found.document.period.start == date(2026, 1, 1)
    assert action(found, "Élargir les trottoirs").state is StepState.DOING


def test_bullets_under_objectives_are_actions() -> None:
    found = read(
        "Axe 1 – Logement\nObjectif 1 : Informer\n• Produire un guide\n• Tenir des ateliers\nAxe 2 – Transport\n• Marcher"
    )
    assert counts(found) == {"axes": 2, "objectives": 1, "actions": 3}
    assert all("kind" in node.guessed for node in found.document.of_kind(NodeKind.ACTION))


def test_a_table_that_goes_on_without_header() -> None:
    found = read(
        "Axe 1 : Habiter\n\n"
        + rows(
            "Action|Responsable|Partenaires|Échéancier|Budget",
            "1.1 Construire|OMH|MRC|2026|3 000 $",
            "1.2 Rénover|OMH||2027|",
        )
        + "\n\n"
        + rows("1.3 Inspecter|Ville|printemps 2027", "1.4 Former|OMH|en continu")
    )
    assert counts(found) == {"axes": 1, "actions": 4}
    assert action(found, "Inspecter").period.end == date(2027, 5, 31)
    assert action(found, "Former").actors_in(ActorRole.LEAD)[0].name == "OMH"
    assert "guessed_columns" in kinds(found)


def test_a_table_without_any_header() -> None:
    found = read(
        rows(
            "1. Habiter|1.1 Construire des logements|OMH|2026-2027|5 000 $",
            "|1.2 Rénover|Ville|2026|",
            "2. Bouger|2.1 Marcher|Ville|2027|1 000 $",
        )
    )
    assert counts(found) == {"axes": 2, "actions": 3}
    assert {column.how for column in found.mappings[0].columns} == {"inherited"}


def test_two_tables_stacked_in_one_sheet() -> None:
    def cells(*lines: str) -> list[list[Cell]]:
        return [
            [Cell(text=t.strip(), place=f"{i}:{j}") for j, t in enumerate(line.split("|"))]
            for i, line in enumerate(lines)
        ]

    table = Table(
        cells(
            "Axe 1 : Habiter||",
            "Action|Responsable|Échéancier",
            "Construire|OMH|2026",
            "||",
            "Axe 2 : Bouger||",
            "Responsable|Mesures|Date",
            "Ville|Marcher|2027",
        ),
        "feuille Plan",
        "Plan",
    )
    found = understand(SourceDocument("plan.xlsx", "x", [table]))
    assert counts(found) == {"axes": 2, "actions": 2}
    assert action(found, "Marcher").actors_in(ActorRole.LEAD)[0].name == "Ville"


def test_an_introduction_names_the_axes_before_the_table() -> None:
    found = read(
        "Axe 1 : Habiter ........ 3\n\nAxe 1 : Habiter mieux\nAxe 2 : Bouger\n\n"
        + rows("Axe|Action|Responsable|Date", "1. Habiter|Construire|OMH|2026", "2. Bouger|Marcher|Ville|2027")
    )
    assert titles(found, NodeKind.AXIS) == ["Habiter", "Bouger"]


def test_steps_in_columns_of_years() -> None:
    found = read(
        rows("Action|Étapes An 1|Étapes An 2|Responsable", "Créer un réseau|1. Recruter 2. Former|1. Animer|DSL")
    )
    assert [(step.group, step.title) for step in found.document.of_kind(NodeKind.STEP)] == [
        ("An 1", "Recruter"),
        ("An 1", "Former"),
        ("An 2", "Animer"),
    ]


def test_a_list_of_participants_without_table() -> None:
    found = read(
        "Liste des participants\n- OMH de Joliette – Ada L.\n- MRC de Montcalm\n\nAxe 1 : Habiter\n- Construire"
    )
    people = [(participant.organisation, participant.person) for participant in found.document.participants]
    assert people == [("OMH de Joliette", "Ada L."), ("MRC de Montcalm", "")]


def test_sheets_of_actions_under_headings() -> None:
    found = read(
        "# Plan d'action\n## 1. Prévenir\n### 1.1 Créer une ligne\nResponsable : Comité logement\nBudget : 15 500 $\n"
        "## 2. Accompagner\n### 2.1 Offrir un suivi\nResponsable : Le Relais\nÉchéancier : en continu"
    )
    assert counts(found) == {"axes": 2, "actions": 2}
    assert report(found)["budget_total"] == "15500.00"


def test_unreadable_cells_say_where() -> None:
    found = read(
        rows("Action|Responsable|Échéance|Coût|Statut", "Construire|OMH|Quand ce sera prêt|Entre 200 et 500|presque")
    )
    places = {a.kind: a.place for a in found.anomalies}
    assert places["unreadable_amount"] == "ligne 2, colonne 4"
    assert places["unreadable_period"] == "ligne 2, colonne 3"
    assert places["unknown_state"] == "ligne 2, colonne 5"
    node = action(found, "Construire")
    assert node.budget is None
    assert "Entre 200 et 500" in node.description


def test_the_person_chooses_a_column() -> None:
    text = rows("Action|Zorglub|Échéancier", "Construire|OMH|2026")
    found = read(text)
    assert "unknown_column" in kinds(found)
    place = found.mappings[0].place
    chosen = read(text, Mapping({place: {1: Role.LEAD}}))
    assert action(chosen, "Construire").actors_in(ActorRole.LEAD)[0].name == "OMH"
    assert chosen.mappings[0].columns[1].how == "chosen"


def test_a_text_that_is_no_plan_is_kept_and_listed() -> None:
    found = read("Bonjour,\n\nVoici le compte rendu de la rencontre de mardi. Nous avons parlé du logement.\n\nMerci")
    assert "nothing_found" in kinds(found)
    assert not found.document.roots


WRITTEN = """
Action|Objectif|Axe|Responsable|Échéancier|Budget|Étapes|Résultats|2026|x|OMH, MRC|26-28|1.1 Agir|1,1,1 Faire
2.2.2.2 Un résultat|1, Un 2, Deux|5 000 $|À déterminer|Axe 2 : Vivre|Total|• a / • b|Lien avec 1,1,1|N/A|Terminé|T1
Une phrase plus longue qui dit quelque chose.|Objectif 1.1 : Un / Objectif 1.2 : Deux|Liste des participants|En continu
"""
TEXTS = st.sampled_from(
    ["", "", *(text.replace(" / ", "\n") for line in WRITTEN.split("\n") for text in line.split("|"))]
)
GRIDS = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(TEXTS, min_size=width, max_size=width), min_size=1, max_size=9)
)
BLOCKS = st.lists(st.one_of(GRIDS, st.tuples(TEXTS, st.integers(0, 3), st.integers(0, 2))), min_size=1, max_size=4)


def built(parts: list[object]) -> SourceDocument:
    source = SourceDocument("hasard", "x")
    for index, part in enumerate(parts):
        if isinstance(part, tuple):
            text, level, listed = part
            source.blocks.append(Paragraph(text, f"p{index}", level=level, list_level=listed))
        elif isinstance(part, list):
            cells = [[Cell(text, f"t{index}r{r}c{c}") for c, text in enumerate(row)] for r, row in enumerate(part)]
            source.blocks.append(Table(cells, f"t{index}"))
    return source


@settings(max_examples=300, deadline=None)
@given(BLOCKS)
def test_whatever_the_document_nothing_fails_and_no_word_is_lost(parts: list[object]) -> None:
    source = built(parts)
    found = understand(source)
    assert not lost_words(source, found)
    nodes = list(found.document.walk())
    assert len({node.id for node in nodes}) == len(nodes)
    assert all(node.title or node.written for node in nodes)
    report(found)
