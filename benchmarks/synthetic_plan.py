"""A plan of any size in the shape of the real regional one: 4 axes, several results per action, about 6 steps each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

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
    StepState,
)

AXES = (
    "Mobilisation et collaboration",
    "Vision et leadership",
    "Connaissances partagées",
    "Accès à divers modèles d’habitation",
)
VERBS = (
    "Documenter", "Rencontrer", "Préparer", "Diffuser", "Soutenir",
    "Évaluer", "Animer", "Consolider", "Proposer", "Ajuster",
)  # fmt: skip
THINGS = (
    "les besoins des ménages de la région avec les organismes du milieu",
    "une démarche commune avec les municipalités volontaires",
    "les pratiques qui ont fait leurs preuves ailleurs au Québec",
    "un portrait du parc de logements sociaux et communautaires",
    "les arrimages entre les comités locaux et la région",
    "des rencontres d’échange adaptées aux personnes élues",
)
PERIODS = (("26-28", 2026, 2028), ("26-27", 2026, 2027), ("27-28", 2027, 2028))
PARTNERS = (
    "Habeo",
    "Office d’habitation",
    "MRC",
    "CISSS",
    "Comités locaux de logement",
    "Fédération régionale des OBNL",
)


def synthetic_plan(actions: int = 35) -> PlanDocument:
    """A plan with that many actions; two calls give equal plans."""
    plan = PlanDocument(
        title="Plan d’action régional en habitation",
        period=Period("2026-2028", date(2026, 4, 1), date(2028, 3, 31)),
        participants=[
            Participant(f"Organisme {n} de la région", "" if n % 3 else f"Personne {n}") for n in range(1, 32)
        ],
        cycle=[
            CycleStep(f"{month} 2026", VERBS[n] + " " + THINGS[n], "Plénière", "- un premier point\n- un second point")
            for n, month in enumerate(("Janvier", "Février", "Mars", "Avril"))
        ],
        sections=[
            Section(SectionKind.FOLLOW_UP, "\n".join(f"- {verb} {THINGS[n % 6]}." for n, verb in enumerate(VERBS))),
            Section(SectionKind.COMPLEMENTARITY, "\n".join(f"- {THINGS[n].capitalize()}." for n in range(5))),
            *(
                Section(
                    SectionKind.CROSS_CUTTING, f"- {THINGS[n].capitalize()}.\n- {THINGS[n + 1].capitalize()}.", heading
                )
                for n, heading in enumerate(
                    ("Information et communication", "Services de proximité", "Jeunes enfants")
                )
            ),
        ],
    )
    per_axis = -(-actions // len(AXES))
    for number, title in enumerate(AXES, 1):
        count = min(per_axis, actions - per_axis * (number - 1))
        if count > 0:
            plan.roots.append(_axis(number, title, count))
    return plan


def _axis(number: int, title: str, actions: int) -> Node:
    axis = Node(f"axe-{number}", NodeKind.AXIS, title, str(number), str(number))
    for n in range(actions):
        if n % 3 == 0:
            place = f"{number}.{n // 3 + 1}"
            title = f"{VERBS[n % 10]} {THINGS[n % 6]}"
            axis.children.append(Node(f"obj-{place}", NodeKind.OBJECTIVE, title, place, place))
        objective = axis.children[-1]
        objective.children.append(_action(f"{objective.canonical}.{n % 3 + 1}", n))
    return axis


def _action(place: str, n: int) -> Node:
    action = Node(f"act-{place}", NodeKind.ACTION, f"{VERBS[(n + 3) % 10]} {THINGS[(n + 1) % 6]}", place, place)
    action.actors = [Actor(ActorRole.LEAD, "Développement social régional")]
    if n % 4 == 1:
        action.actors.append(Actor(ActorRole.FISCAL_AGENT, "Université régionale", precision="an 1"))
    if n % 7 == 2:
        action.budget = Decimal(5000) + n
        action.budget_lines = [
            BudgetLine(Decimal("3000.25"), "An 1", source="Entente régionale"),
            BudgetLine(Decimal("1999.75") + n, "An 2", source="Entente régionale"),
        ]
    for rank in range(1, 3 if n % 4 == 0 else 2):
        action.children.append(_outcome(f"{place}.{rank}", n + rank))
    return action


def _outcome(place: str, n: int) -> Node:
    written, first, last = PERIODS[n % 3]
    title = f"Le milieu peut {VERBS[n % 10].lower()} {THINGS[n % 6]}"
    outcome = Node(f"res-{place}", NodeKind.OUTCOME, title, place, place)
    outcome.period = Period(written, date(first, 4, 1), date(last, 3, 31))
    outcome.actors = [Actor(ActorRole.PARTNER, PARTNERS[(n + k) % 6]) for k in range(3)]
    if n % 3 == 0:
        outcome.actors.append(Actor(ActorRole.PARTNER, "Comité municipal", ActorKind.COMMITTEE_TO_FORM))
        outcome.actors.append(Actor(ActorRole.TO_CONTACT, "Table des préfets"))
    if n % 5 == 0:
        outcome.indicators = [Indicator("Nombre de municipalités engagées", "municipalités", "12", "30")]
        outcome.links = [Link("1.1.1.1", "res-1.1.1.1")]
    for rank in range(1, 5 + n % 3):
        group = ("An 1" if rank < 4 else "An 2") if n % 6 == 0 else ""
        title = f"{VERBS[(n + rank) % 10]} {THINGS[(n + rank) % 6]}"
        state = (StepState.DONE, StepState.DOING, StepState.TODO)[min(rank // 2, 2)]
        outcome.children.append(
            Node(f"etp-{place}.{rank}", NodeKind.STEP, title, f"{rank},", f"{place}.{rank}", group=group, state=state)
        )
    return outcome
