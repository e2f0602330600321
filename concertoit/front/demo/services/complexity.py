"""Complex cases of the brigade of the example: rules adopted, answers, decisions, a draft of new rules."""

from __future__ import annotations

from dataclasses import replace

from concertoit.field.cases.enums.complexity import AssessmentCause, FlagKind, FlagValue
from concertoit.field.cases.models import Case
from concertoit.field.cases.rules.complexity import Condition, Criterion, Op, Weight
from concertoit.field.cases.rules.complexity_edition import START
from concertoit.field.cases.services import complexity, complexity_rules
from concertoit.front.demo.services.clock import ago, at
from concertoit.ground.identity.models import User
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.queries import viewer_for

FLAGS = (
    ("floor", 96, "eve", FlagKind.EVACUATION, FlagValue.YES, "Le logement du dessous aussi"),
    ("gas", 75, "eve", FlagKind.EVACUATION, FlagValue.NO, "Fuite réparée le jour même"),
    ("bugs", 60, "samir", FlagKind.REFUSES, FlagValue.YES, "Ne veut traiter qu’un logement à la fois"),
    ("threat", 50, "josee", FlagKind.REPRISALS, FlagValue.YES, ""),
    ("threat", 50, "josee", FlagKind.REFUSES, FlagValue.YES, "Menace de couper l’eau"),
    ("stairs", 255, "eve", FlagKind.UNREACHABLE, FlagValue.YES, "Trois lettres revenues"),
    ("roof", 40, "eve", FlagKind.UNREACHABLE, FlagValue.NO, ""),
)
DECISIONS = (
    ("floor", 95, True, "Plancher qui cède sur deux logements, ménage âgé, trois mandats à tenir ensemble."),
    ("gas", 74, True, "Gaz et fils nus dans neuf logements; la Ville et le distributeur doivent agir le même jour."),
    ("bugs", 58, True, "Quatre logements touchés dans le même immeuble, traités un à la fois depuis un an."),
    ("threat", 48, True, "On ne peut pas agir sur le logement sans protéger le ménage d’abord."),
    ("no-heat", 190, False, "Grand immeuble, mais un seul problème : le chauffage est revenu en deux jours."),
)


def tell_rules(space: Space, users: dict[str, User]) -> None:
    """The partners adopted the criteria to begin with by consent, a year ago. Told before any case opens."""
    with at(ago(360, 14)):
        viewer = viewer_for(users["josee"], space.slug)
        complexity_rules.open_draft(viewer=viewer)
        complexity_rules.adopt(
            viewer=viewer, adopted_on=ago(360, 14).date(),
            adopted_in="Les partenaires de la brigade, rencontre de démarrage",
            note="On commence avec le critère certain et les neuf autres. À revoir après un an de dossiers.",
        )  # fmt: skip


def tell_complexity(space: Space, users: dict[str, User], cases: dict[str, Case]) -> None:
    """Answers and decisions on cases, a draft of new rules."""
    _flags(space, users, cases)
    with at(ago(1, 17)):
        complexity.assess_space(space=space, cause=AssessmentCause.DAILY)
    _decisions(space, users, cases)
    _draft(space, users)


def _flags(space: Space, users: dict[str, User], cases: dict[str, Case]) -> None:
    for key, days, who, kind, value, note in FLAGS:
        with at(ago(days, 11)):
            complexity.answer(
                viewer=viewer_for(users[who], space.slug), case=cases[key], kind=kind, value=value, note=note
            )


def _decisions(space: Space, users: dict[str, User], cases: dict[str, Case]) -> None:
    for key, days, is_complex, reason in DECISIONS:
        with at(ago(days, 15)):
            viewer = viewer_for(users["josee"], space.slug)
            complexity.decide(viewer=viewer, case=cases[key], is_complex=is_complex, reason=reason)


def _draft(space: Space, users: dict[str, User]) -> None:
    """After a year: four dwellings are enough, and young children in danger count by themselves."""
    with at(ago(9, 10)):
        viewer = viewer_for(users["josee"], space.slug)
        complexity_rules.open_draft(viewer=viewer)
        first = START.criteria[0]
        more = (replace(first.groups[0][0], value=3), first.groups[0][1])
        complexity_rules.save_criterion(viewer=viewer, criterion=replace(first, groups=(more,)))
        children = (Condition("children", Op.AT_LEAST, 1), Condition("grade", Op.AT_LEAST, 3))
        complexity_rules.save_criterion(
            viewer=viewer,
            criterion=Criterion("own-1", Weight.CERTAIN, (children,), title="Enfants dans un logement très dégradé"),
        )
