"""Invented plans, in the words municipalities and community organisations use, and what a layout must give back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from concertoit.together.plans.rules.document import NodeKind, StepState


@dataclass(frozen=True)
class Act:
    """An action. ``first`` and ``last`` are years; both 0 means « en continu »."""

    title: str
    lead: str
    partners: tuple[str, ...] = ()
    first: int = 0
    last: int = 0
    budget: int | None = None
    state: StepState = StepState.TODO
    indicator: str = ""
    steps: tuple[str, ...] = ()

    @property
    def years(self) -> str:
        if not self.first:
            return "En continu"
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def period(self) -> tuple[date | None, date | None, bool]:
        """Start, end, continuous."""
        if not self.first:
            return None, None, True
        return date(self.first, 1, 1), date(self.last, 12, 31), False


@dataclass(frozen=True)
class Goal:
    title: str
    acts: tuple[Act, ...]


@dataclass(frozen=True)
class Axe:
    title: str
    goals: tuple[Goal, ...]

    @property
    def acts(self) -> list[Act]:
        return [act for goal in self.goals for act in goal.acts]


@dataclass(frozen=True)
class Plan:
    """A whole invented plan."""

    title: str
    axes: tuple[Axe, ...]

    def walk(self) -> Iterator[tuple[Axe, Goal, Act]]:
        for axe in self.axes:
            for goal in axe.goals:
                for act in goal.acts:
                    yield axe, goal, act

    @property
    def acts(self) -> list[Act]:
        return [act for _, _, act in self.walk()]


@dataclass
class Expected:
    """A node that reading must find. ``None`` in a field means that the layout does not say it."""

    kind: NodeKind
    title: str
    parent: str = ""
    leads: list[str] | None = None
    partners: list[str] | None = None
    period: tuple[date | None, date | None, bool] | None = None
    budget: Decimal | None = None
    state: StepState | None = None
    indicators: list[str] | None = None
    written: str = ""


@dataclass
class Outline:
    """Expected nodes, gathered while a layout is written: a node already there is not repeated."""

    nodes: list[Expected] = field(default_factory=list)
    _seen: set[tuple[NodeKind, str, str]] = field(default_factory=set)

    def add(self, node: Expected) -> Expected:
        key = (node.kind, node.title, node.parent)
        if key not in self._seen:
            self._seen.add(key)
            self.nodes.append(node)
        return node

    def levels(self, axe: Axe | None, goal: Goal | None) -> str:
        """Add the axis and the objective where there are any; the title of the nearest."""
        nearest = ""
        if axe is not None:
            nearest = self.add(Expected(NodeKind.AXIS, axe.title)).title
        if goal is not None:
            nearest = self.add(Expected(NodeKind.OBJECTIVE, goal.title, nearest)).title
        return nearest

    def action(self, act: Act, parent: str, *says: str) -> Expected:
        """Add an action; ``says`` names the fields that the layout writes."""
        return self.add(
            Expected(
                NodeKind.ACTION,
                act.title,
                parent,
                leads=[act.lead] if "lead" in says else None,
                partners=list(act.partners) if "partners" in says else None,
                period=act.period if "period" in says else None,
                budget=Decimal(act.budget) if "budget" in says and act.budget is not None else None,
                state=act.state if "state" in says else None,
                indicators=[act.indicator] if "indicator" in says and act.indicator else None,
            )
        )


STATES = {"à faire": StepState.TODO, "en cours": StepState.DOING, "fait": StepState.DONE}


def written(text: str) -> Plan:
    """A plan from a few lines: ``#`` title, ``=`` axis, ``-`` objective; an action on two lines, fields between bars.

    First line: title | lead | partners | years | budget | state; second: indicator | steps.
    """
    lines = [line.strip() for line in text.strip().splitlines()]
    title, axes = "", list[tuple[str, list[tuple[str, list[Act]]]]]()
    for index, line in enumerate(lines):
        mark, rest = line[0], line[2:]
        if mark == "#":
            title = rest
        elif mark == "=":
            axes.append((rest, []))
        elif mark == "-":
            axes[-1][1].append((rest, []))
        elif mark == "*":
            axes[-1][1][-1][1].append(_act(rest, lines[index + 1]))
    return Plan(title, tuple(Axe(axe, tuple(Goal(goal, tuple(acts)) for goal, acts in goals)) for axe, goals in axes))


def _act(first: str, second: str) -> Act:
    title, lead, partners, years, budget, state = (part.strip() for part in first.split("|"))
    indicator, steps = (part.strip() for part in second.split("|"))
    start, _, end = years.partition("-")
    return Act(
        title,
        lead,
        tuple(part.strip() for part in partners.split(";") if part.strip()),
        int(start or 0),
        int(end or start or 0),
        int(budget) if budget else None,
        STATES[state],
        indicator,
        tuple(step.strip() for step in steps.split(";")),
    )


SENIORS = written(
    """
    # Plan d'action 2026-2028 – Municipalité amie des aînés
    = Habitation et milieu de vie
    - Favoriser le maintien à domicile des personnes aînées
    * Offrir une trousse d'adaptation du domicile | Urbanisme | CLSC; Office d'habitation | 2026 | 4500 | en cours
      Nombre de trousses remises | Choisir le contenu; Trouver un imprimeur
    * Jumeler des étudiantes et des personnes seules | Maison des aînés | Cégep | 2026-2027 | 12000 | à faire
      Nombre de jumelages actifs | Former les jumelages; Faire un bilan
    - Accroître l'offre de logements abordables
    * Céder un terrain municipal à un organisme | Direction générale | Coopérative | 2027-2028 | 250000 | à faire
      Terrain cédé | Adopter une résolution; Signer l'acte
    = Transport et mobilité
    - Rendre les déplacements plus sécuritaires
    * Prolonger la durée des feux pour piétons | Travaux publics | | 2026 | 8000 | fait
      Nombre d'intersections corrigées | Repérer les intersections; Régler les feux
    * Ajouter des bancs sur les trajets les plus fréquentés | Travaux publics | Comité de suivi | | 3200 | en cours
      Nombre de bancs installés | Consulter le comité; Installer les bancs
    """
)

HOMELESSNESS = written(
    """
    # Plan d'action concerté en itinérance et en logement
    = Prévenir la perte du logement
    - Rejoindre les ménages avant l'expulsion
    * Créer une ligne d'écoute | Comité logement | Office d'habitation; CISSS | 2026-2027 | 15500 | en cours
      Nombre d'appels reçus | Rédiger le guide d'accueil; Former l'équipe
    * Diffuser un dépliant sur les recours | Maison de la famille | Comité logement | 2026 | 1200 | fait
      Nombre de dépliants distribués | Écrire le texte; Imprimer
    - Soutenir le paiement du loyer
    * Ouvrir un fonds de dépannage | Centraide régional | Caisse populaire; Comité logement | 2027-2028 | 40000 | à faire
      Nombre de ménages aidés | Écrire les règles; Ouvrir le compte
    = Accompagner vers un toit stable
    - Augmenter le nombre de places en logement avec soutien
    * Négocier une entente avec deux propriétaires privés | Table itinérance | MRC | 2026-2028 | 0 | à faire
      Nombre d'ententes signées | Rencontrer les propriétaires; Signer les ententes
    * Offrir un suivi après l'emménagement | Organisme Le Relais | CISSS | | 65000 | en cours
      Taux de maintien après un an | Embaucher une intervenante; Tenir un registre
    """
)

PLANS = (SENIORS, HOMELESSNESS)
