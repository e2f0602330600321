"""The declared columns of our own template: the one place where its tables, headers and words are named.

Exports write them, the template's reader recognises them, the blank template shows them. Headers and words are part of a
file format: they are French whatever the interface's language, and changing one needs a new ``MODEL``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from concertoit.ground.core.typography import NBSP, french_spaces

from .document import ActorRole, BudgetKind, Node, NodeKind, SectionKind, StepState

MODEL = "Concertoit, plan, version 1"
CONTINUED = "(suite)"
ROOT = "—"
UNTITLED = "Plan sans titre"
PAGE_NUMBER = "Page de"
LOOSE = "Éléments hors axe"
BLANK_TITLE = "Modèle de plan d'action"
HINT = french_spaces(
    "Ce document se modifie et se réimporte dans Concertoit. Modifiez les cellules, ajoutez ou retirez des lignes; "
    "gardez les titres des colonnes et la colonne « Réf. ». Une ligne nouvelle n'a pas de référence."
)


class Type(StrEnum):
    """What a cell holds; it decides the cell's format in Excel and its alignment in Word."""

    TEXT = "text"
    DATE = "date"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its code, its header, its type, its width in Excel characters and in centimetres in Word.

    A width of 0 says that the column is not written in that format: Word's page is narrow, so that some columns are
    gathered there into one (``details``, ``organisations``) and separate in Excel. A reader accepts either.
    ``info`` columns are there for the eye and are not read back.
    """

    key: str
    header: str
    xlsx: float
    docx: float
    type: Type = Type.TEXT
    info: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the template: an Excel sheet, or a Word table under its heading. ``needed`` headers recognise it."""

    key: str
    name: str
    heading: str
    columns: tuple[Column, ...]
    needed: tuple[str, ...]


PLAN = Sheet(
    "plan",
    "Plan",
    "Plan d'action",
    (
        Column("ref", "Réf.", 7, 1.2),
        Column("under", "Sous", 7, 1.2),
        Column("kind", "Niveau", 10, 1.7),
        Column("number", "No", 10, 1.7),
        Column("canonical", "Rang", 10, 0),
        Column("title", "Titre", 66, 6.9),
        Column("details", "Précisions", 0, 2.9),
        Column("description", "Description", 40, 0),
        Column("group", "Regroupement", 16, 0),
        Column("period", "Échéancier", 12, 3.2),
        Column("start", "Début", 11, 0, Type.DATE),
        Column("end", "Fin", 11, 0, Type.DATE),
        Column("continuous", "En continu", 11, 0),
        Column("state", "État", 11, 1.6),
        Column("organisations", "Organismes", 0, 4.1),
        Column("lead", "Responsables", 26, 0),
        Column("fiscal_agent", "Fiduciaires", 20, 0),
        Column("partner", "Partenaires", 36, 0),
        Column("to_contact", "À mettre en relation", 22, 0),
        Column("budget", "Budget", 14, 2.2, Type.MONEY),
        Column("cross_cutting", "Priorités transversales", 24, 0),
    ),
    needed=("kind", "title"),
)
BUDGET = Sheet(
    "budget",
    "Budget",
    "Budget détaillé",
    (
        Column("ref", "Réf.", 7, 1.4),
        Column("element", "Élément", 50, 8.2, info=True),
        Column("year", "Année", 14, 2.6),
        Column("budget_kind", "Nature", 12, 2.4),
        Column("amount", "Montant", 14, 2.8, Type.MONEY),
        Column("budget_agent", "Fiduciaire", 26, 4.4),
        Column("source", "Source", 30, 4.6),
    ),
    needed=("ref", "amount", "year"),
)
INDICATORS = Sheet(
    "indicators",
    "Indicateurs",
    "Indicateurs",
    (
        Column("ref", "Réf.", 7, 1.4),
        Column("element", "Élément", 50, 8.2, info=True),
        Column("indicator", "Indicateur", 50, 8.4),
        Column("unit", "Unité", 14, 2.6),
        Column("baseline", "Départ", 16, 2.9),
        Column("target", "Cible", 16, 2.9),
    ),
    needed=("ref", "indicator"),
)
LINKS = Sheet(
    "links",
    "Liens",
    "Liens entre les éléments",
    (
        Column("ref", "Réf.", 7, 1.4),
        Column("element", "Élément", 50, 8.2, info=True),
        Column("link_written", "Lien écrit", 20, 4.0),
        Column("link_ref", "Vers", 8, 1.6),
        Column("link_kind", "Type de lien", 16, 3.0),
        Column("note", "Note", 50, 8.2),
    ),
    needed=("ref", "link_written"),
)
PARTICIPANTS = Sheet(
    "participants",
    "Participants",
    "Organismes participants",
    (
        Column("organisation", "Organisme", 50, 11.0),
        Column("person", "Personne-ressource", 34, 8.2),
        Column("capacity", "Qualité", 34, 7.2),
    ),
    needed=("organisation", "person"),
)
CYCLE = Sheet(
    "cycle",
    "Démarche",
    "Étapes de la démarche",
    (
        Column("when", "Quand", 22, 4.2),
        Column("cycle_date", "Date", 12, 2.6, Type.DATE),
        Column("body", "Instance", 24, 4.2),
        Column("cycle_title", "Étape réalisée", 46, 7.0),
        Column("detail", "Détail", 70, 8.4),
    ),
    needed=("when", "cycle_title"),
)
SECTIONS = Sheet(
    "sections",
    "Textes",
    "Textes du plan",
    (
        Column("section_kind", "Sujet", 24, 4.4),
        Column("section_heading", "Intitulé", 34, 5.4),
        Column("section_body", "Texte", 110, 16.6),
    ),
    needed=("section_kind", "section_body"),
)
IDENTITY = Sheet(
    "identity",
    "Fiche",
    "Fiche du plan",
    (Column("field", "Champ", 20, 5.0), Column("value", "Valeur", 70, 21.4)),
    needed=("field", "value"),
)
REFERENCES = Sheet(
    "references",
    "Références",
    "Correspondance des références",
    (
        Column("ref", "Réf.", 7, 1.8),
        Column("element", "Élément", 60, 15.4, info=True),
        Column("identifier", "Identifiant", 40, 9.2),
    ),
    needed=("ref", "identifier"),
)

SHEETS = (PLAN, BUDGET, INDICATORS, LINKS, PARTICIPANTS, CYCLE, SECTIONS, IDENTITY, REFERENCES)

NODE_KINDS: dict[NodeKind, str] = {
    NodeKind.AXIS: "Axe",
    NodeKind.OBJECTIVE: "Objectif",
    NodeKind.ACTION: "Action",
    NodeKind.OUTCOME: "Résultat",
    NodeKind.STEP: "Étape",
}
STATES: dict[StepState, str] = {
    StepState.TODO: "À faire",
    StepState.DOING: "En cours",
    StepState.DONE: "Faite",
    StepState.DROPPED: "Abandonnée",
    StepState.BLOCKED: "Bloquée",
}
SECTION_KINDS: dict[SectionKind, str] = {
    SectionKind.FOLLOW_UP: "Mécanismes de suivi",
    SectionKind.COMPLEMENTARITY: "Complémentarité",
    SectionKind.CROSS_CUTTING: "Priorités transversales",
    SectionKind.PREAMBLE: "Préambule",
    SectionKind.OTHER: "Autre texte",
}
BUDGET_KINDS: dict[BudgetKind, str] = {
    BudgetKind.PLANNED: "Prévu",
    BudgetKind.COMMITTED: "Engagé",
    BudgetKind.SPENT: "Dépensé",
}
LINK_KINDS: dict[str, str] = {
    "related": "En lien avec",
    "depends": "Dépend de",
    "feeds": "Alimente",
    "overlaps": "Recoupe",
}
ROLES: dict[ActorRole, str] = {
    ActorRole.LEAD: "Responsable",
    ActorRole.FISCAL_AGENT: "Fiduciaire",
    ActorRole.PARTNER: "Partenaire",
    ActorRole.TO_CONTACT: "À mettre en relation",
}
YES = "Oui"

README = "Lisez-moi"
INSTRUCTIONS = tuple(
    french_spaces(sentence)
    for sentence in (
        "Comment remplir ce document et le réimporter dans Concertoit",
        "Feuille ou tableau « Plan » : une ligne par élément. La colonne « Niveau » dit ce que c'est : Axe, "
        "Objectif, Action, Résultat ou Étape. Un niveau peut manquer; il reste simplement absent.",
        "« Réf. » reconnaît un élément déjà importé : ne la changez pas. Laissez-la vide sur une ligne nouvelle.",
        "« Sous » donne la référence de l'élément qui contient celui-ci (un tiret pour le premier niveau). Si elle est "
        "vide, l'élément se place sous le plus proche élément de niveau supérieur qui le précède.",
        "« No » est le numéro tel que vous l'écrivez. « Rang » est sa place dans le plan, par exemple 1.1.1.3.",
        "Organismes : un par ligne. Une précision suit un tiret long : « Habeo — volet promotion ». Un comité se marque "
        "[comité] ou [comité à former]; ce qui n'est pas un nom se marque [description].",
        "États : À faire, En cours, Faite, Abandonnée, Bloquée.",
        "Dates : 2026-02-24. Montants : 11 446,00 $ ou un nombre. Le détail par année se trouve dans « Budget ».",
        "Les colonnes « Élément » aident à s'y retrouver; elles ne sont pas relues.",
        "Une barre oblique inversée (\\) devant un signe dit que ce signe fait partie du texte.",
        "Une ligne dont la première cellule est « (suite) » continue les textes de la ligne précédente.",
    )
)

NUMBER_LABELS = ("Rang",)
DETAIL_LABELS = ("Regroupement", "Priorité transversale")
PERIOD_LABELS = ("Début", "Fin", "En continu")
ROLE_LABELS = tuple(ROLES.values())
IDENTITY_FIELDS = ("Modèle", "Titre", "Échéancier", "Début", "Fin", "En continu")


def root_heading(node: Node) -> str:
    """The heading of a table of the plan in Word, from its first element: the axis, or a word for what has none."""
    if node.kind is not NodeKind.AXIS:
        return LOOSE
    number, title = (text.replace("\n", " ") for text in (node.written, node.title))
    return f"Axe {number}".strip() + (f"{NBSP}: {title}" if title else "")
