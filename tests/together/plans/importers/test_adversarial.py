"""Habits of real documents that mislead an importer: action sheets, texts that only look like a plan, glued words.

Each document is written here as blocks: a line is a paragraph (``#`` a heading), a list of rows a table whose ``None``
cells are covered by the cell on their left.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from concertoit.together.plans.importers.report import report
from concertoit.together.plans.importers.source import Block, Cell, Paragraph, SourceDocument, Table
from concertoit.together.plans.importers.understand import Understanding, understand
from concertoit.together.plans.rules.document import ActorRole, Node, NodeKind, Period, StepState
from tests.together.plans.importers.accounts import lost_words

Rows = list[list[str | None]]


def table(rows: Rows, place: str) -> Table:
    grid = []
    for r, row in enumerate(rows):
        cells: list[Cell] = []
        for c, text in enumerate(row):
            if text is None:
                cells.append(Cell(covered=True))
                continue
            across = 1 + next((i for i, other in enumerate(row[c + 1 :]) if other is not None), len(row) - c - 1)
            cells.append(Cell(text, f"{place}, ligne {r + 1}, colonne {c + 1}", colspan=across))
        grid.append(cells)
    return Table(grid, place)


def read(*blocks: str | Rows) -> Understanding:
    source = SourceDocument("essai", "")
    for index, block in enumerate(blocks, start=1):
        made: Block
        if isinstance(block, str):
            text = block.lstrip("#").strip()
            made = Paragraph(text.lstrip("- "), f"paragraphe {index}", len(block) - len(block.lstrip("#")))
            made.list_level = int(text.startswith("- "))
        else:
            made = table(block, f"tableau {index}")
        source.blocks.append(made)
    found = understand(source)
    assert not lost_words(source, found)
    return found


def counts(found: Understanding) -> dict[str, int]:
    return {name: count for name, count in report(found)["counts"].items() if count}


def titles(found: Understanding, kind: NodeKind) -> list[str]:
    return [node.title for node in found.document.of_kind(kind)]


def actors(node: Node, role: ActorRole) -> list[str]:
    return [actor.name for actor in node.actors_in(role)]


def period(node: Node) -> tuple[date | None, date | None]:
    return node.period.start, node.period.end


SHEET: Rows = [
    ["Contexte", "Les trajets pèsent lourd."],
    ["Pilote", "Syndicat d'énergie"],
    ["Partenaires", "Communes, Région"],
    ["Calendrier", "2024-2026"],
    ["Coût estimatif", "20 000 $"],
    ["Indicateurs de suivi", "Nombre de bornes"],
]


@pytest.mark.parametrize(
    ("above", "sheet"),
    [
        (["# Fiche action n° 3 : Créer un réseau de bornes"], SHEET),
        ([], [["Action 3 – Créer un réseau de bornes", None], *SHEET]),
        (["# Fiche n° 3"], [["Titre", "Créer un réseau de bornes"], *SHEET]),
        (
            [],
            [
                ["FICHE-ACTION N°3 : Créer un réseau de bornes", None, None, None],
                ["Pilote", "Syndicat d'énergie", "Partenaires", "Communes, Région"],
                ["Calendrier", "2024-2026", "Budget", "20 000 $"],
                ["Contexte", "Les trajets pèsent lourd.", None, None],
            ],
        ),
    ],
    ids=["titled by its heading", "titled by its banner", "numbered by its heading", "two fields per row"],
)
def test_a_sheet_is_one_action(above: list[str], sheet: Rows) -> None:
    found = read("# Axe 1 : Mobilité", *above, sheet)
    assert counts(found) == {"axes": 1, "actions": 1}
    [node] = found.document.of_kind(NodeKind.ACTION)
    assert (node.title, node.written, node.budget) == ("Créer un réseau de bornes", "3", Decimal("20000.00"))
    assert actors(node, ActorRole.LEAD) == ["Syndicat d'énergie"]
    assert actors(node, ActorRole.PARTNER) == ["Communes", "Région"]
    assert "Les trajets pèsent lourd." in node.description
    assert found.unplaced == []


def test_sheets_titled_by_plain_headings_that_are_alike() -> None:
    found = read("## Ouvrir une halte", SHEET, "## Créer une ludothèque", SHEET)
    assert titles(found, NodeKind.ACTION) == ["Ouvrir une halte", "Créer une ludothèque"]
    assert counts(found) == {"actions": 2}


def test_an_identification_table_is_no_action() -> None:
    found = read(
        "# Renseignements généraux",
        [["Organisme", "CDC du Lac"], ["Responsable", "Coordination"], ["Période", "2025-2026"], ["Statut", "OBNL"]],
        "# Axe 1 : Concertation",
        [["Actions", "Responsable", "Échéancier"], ["Tenir un forum", "CDC", "2026"]],
    )
    assert titles(found, NodeKind.ACTION) == ["Tenir un forum"]
    assert "CDC du Lac" in [text for _, text in found.unplaced]


def test_minutes_and_letters_hold_no_plan_and_are_listed_whole() -> None:
    texts = [
        "La présidente ouvre la séance à 19 h 04, le quorum étant atteint.",
        "L'ordre du jour est adopté à l'unanimité.",
    ]
    found = read("# Procès-verbal", "## 1. Ouverture", texts[0], "## 2. Ordre du jour", texts[1])
    assert counts(found) == {}
    assert {"nothing_found"} == {anomaly.kind for anomaly in found.anomalies}
    assert set(texts) <= {text for _, text in found.unplaced}


def test_steps_under_the_heading_of_their_action() -> None:
    found = read(
        "## Action 1.1 : Créer un comité",
        [["Étapes", "Responsable", "Échéancier"], ["Recruter", "Loisirs", "Sept. 2025"], ["Se réunir", "DG", "2026"]],
        "## Action 1.2 : Aménager un local",
        [["Étapes", "Responsable", "Échéancier"], ["Chercher", "DG", "2026"]],
    )
    assert counts(found) == {"actions": 2, "steps": 3}
    first = found.document.of_kind(NodeKind.STEP)[0]
    assert (first.title, actors(first, ActorRole.LEAD)) == ("Recruter", ["Loisirs"])
    assert period(first) == (date(2025, 9, 1), date(2025, 9, 30))


def test_quarters_take_the_year_written_above_them() -> None:
    found = read(
        [
            ["Action", "Responsable", "Échéancier 2025", None, "En continu"],
            ["", "", "T1", "T2", ""],
            ["Recruter", "DG", "x", "x", ""],
            ["Informer", "DG", "", "", "x"],
        ]
    )
    recruit, inform = found.document.of_kind(NodeKind.ACTION)
    assert period(recruit) == (date(2025, 1, 1), date(2025, 6, 30))
    assert inform.period.written == "En continu"
    assert inform.period.continuous


def test_years_as_headings_are_dates_and_no_axes() -> None:
    header: list[str | None] = ["Actions", "Responsable"]
    found = read("# Année 2025", [header, ["Rédiger", "DG"]], "# Année 2026", [header, ["Évaluer", "DG"]])
    assert counts(found) == {"actions": 2}
    assert [period(node) for node in found.document.of_kind(NodeKind.ACTION)] == [
        (date(2025, 1, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 12, 31)),
    ]


def test_a_level_alone_on_its_line_has_its_title_on_the_next_one() -> None:
    header: list[str | None] = ["Actions", "Porteur", "Échéancier"]
    found = read(
        "# PRIORITÉ 1",
        "# Logement",
        [header, ["Bâtir", "OMH", "2026"]],
        "# PRIORITÉ 2",
        "# Transport",
        [header, ["Rouler", "MRC", "2027"]],
    )
    assert titles(found, NodeKind.AXIS) == ["Logement", "Transport"]


def test_a_name_that_is_also_a_header_does_not_start_a_table() -> None:
    found = read(
        [
            ["Actions", "Responsable", "Échéance"],
            ["Axe 1 : Loisirs", None, None],
            ["Tenir un bal", "Direction", "2025"],
            ["Axe 2 : Culture", None, None],
            ["Ouvrir un musée", "Organisme", "2026"],
        ]
    )
    assert counts(found) == {"axes": 2, "actions": 2}
    assert "guessed_columns" not in {anomaly.kind for anomaly in found.anomalies}


def test_a_cell_that_says_the_roles_itself() -> None:
    found = read(
        [
            ["Actions", "Acteurs", "Échéancier"],
            ["Créer un sentier", "Responsable : MRC\nPartenaires : Club, Villes", "2026"],
        ]
    )
    [node] = found.document.of_kind(NodeKind.ACTION)
    assert actors(node, ActorRole.LEAD) == ["MRC"]
    assert actors(node, ActorRole.PARTNER) == ["Club", "Villes"]


def test_abbreviated_headers_and_cells_that_say_nothing() -> None:
    found = read([["Action", "Resp.", "Coll.", "Échéance"], ["Tenir un marché", "Ville", "UPA", "—"]])
    [node] = found.document.of_kind(NodeKind.ACTION)
    assert actors(node, ActorRole.LEAD) == ["Ville"]
    assert actors(node, ActorRole.PARTNER) == ["UPA"]
    assert node.period == Period()
    assert found.anomalies == []


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("✅ Fait", StepState.DONE),
        ("🔄 En cours", StepState.DOING),
        ("☐", StepState.TODO),
        ("Réalisé (mai 2025)", StepState.DONE),
        ("En cours : trois rencontres tenues", StepState.DOING),
    ],
)
def test_states_with_a_pictogram_or_a_comment(written: str, state: StepState) -> None:
    found = read([["Action", "Responsable", "Statut"], ["Repeindre le local", "Bénévoles", written]])
    assert found.document.of_kind(NodeKind.ACTION)[0].state is state
    assert "unknown_state" not in {anomaly.kind for anomaly in found.anomalies}


def test_boxes_to_tick_and_dates_in_titles() -> None:
    found = read(
        "# Axe 1 : Conception",
        "- [x] Rédiger la charte",
        "- [ ] Consulter (d'ici juin 2026)",
        "- Publier le plan (2024-2028)",
    )
    first, second, third = found.document.of_kind(NodeKind.ACTION)
    assert (first.title, first.state) == ("Rédiger la charte", StepState.DONE)
    assert (second.title, second.state, second.period.end) == ("Consulter", StepState.TODO, date(2026, 6, 30))
    assert third.title == "Publier le plan (2024-2028)"


def test_labels_of_climate_plans() -> None:
    found = read(
        "AXE STRATÉGIQUE 1 : Habitat",
        "FICHE ACTION N° 12 Rénover les logements",
        "Pilote : Office",
        "AXE TRANSVERSAL : Gouvernance",
        "Fiche-action MOB-03 Sortir les vélos",
        "Institution porteuse : Agglomération",
    )
    assert counts(found) == {"axes": 2, "actions": 2}
    assert [node.written for node in found.document.of_kind(NodeKind.ACTION)] == ["12", "MOB-03"]
    assert actors(found.document.of_kind(NodeKind.ACTION)[1], ActorRole.LEAD) == ["Agglomération"]
