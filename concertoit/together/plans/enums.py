"""Codes of plans and their follow-up, with their French labels. Levels, roles and step states are those of the rules."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.together.plans.rules.document import (
    ActorKind,
    ActorRole,
    BudgetKind,
    NodeKind,
    SectionKind,
    StepState,
)


class PlanKind(models.TextChoices):
    ACTION_PLAN = "action_plan", _("Plan d’action")
    ROADMAP = "roadmap", _("Feuille de route")


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Ébauche")
    CURRENT = "current", _("En vigueur")
    ARCHIVED = "archived", _("Archivée")


class Phase(models.TextChoices):
    """Where an action is, as a fact."""

    PLANNED = "planned", _("À venir")
    STARTED = "started", _("En cours")
    SUSPENDED = "suspended", _("Suspendue")
    FINISHED = "finished", _("Terminée")


class OutlookValue(models.TextChoices):
    """La météo: a dated human judgement, always with its reason."""

    GOOD = "good", _("Va bien")
    SUPPORT = "support", _("À appuyer")
    TROUBLE = "trouble", _("En difficulté")


class LinkKind(models.TextChoices):
    """How one result relates to another."""

    RELATED = "related", _("en lien avec")
    DEPENDS = "depends", _("dépend de")
    FEEDS = "feeds", _("alimente")
    OVERLAPS = "overlaps", _("recoupe")


class Direction(models.TextChoices):
    UP = "up", _("doit augmenter")
    DOWN = "down", _("doit diminuer")
    KEEP = "keep", _("doit se maintenir")


class AlignmentKind(models.TextChoices):
    """How an action of one démarche stands to an action of another."""

    COMPLEMENTS = "complements", _("complète")
    CONTRIBUTES = "contributes", _("contribue à")
    OVERLAPS = "overlaps", _("recoupe")


class AlignmentState(models.TextChoices):
    PROPOSED = "proposed", _("Proposé")
    ACCEPTED = "accepted", _("Accepté")
    REFUSED = "refused", _("Refusé")
    WITHDRAWN = "withdrawn", _("Retiré")


class ImportState(models.TextChoices):
    READING = "reading", _("En lecture")
    UNREADABLE = "unreadable", _("Illisible")
    PREVIEW = "preview", _("À vérifier")
    CONFIRMED = "confirmed", _("Confirmé")
    UNDONE = "undone", _("Annulé")
    DISCARDED = "discarded", _("Abandonné")


NODE_KIND_LABELS = {
    NodeKind.AXIS: _("Axe"),
    NodeKind.OBJECTIVE: _("Objectif"),
    NodeKind.ACTION: _("Action"),
    NodeKind.OUTCOME: _("Résultat"),
    NodeKind.STEP: _("Étape"),
}
STEP_STATE_LABELS = {
    StepState.TODO: _("À faire"),
    StepState.DOING: _("En cours"),
    StepState.DONE: _("Faite"),
    StepState.DROPPED: _("Abandonnée"),
    StepState.BLOCKED: _("Bloquée"),
}
ACTOR_ROLE_LABELS = {
    ActorRole.LEAD: _("Responsable"),
    ActorRole.FISCAL_AGENT: _("Fiduciaire"),
    ActorRole.PARTNER: _("Partenaire"),
    ActorRole.TO_CONTACT: _("À mettre en relation"),
}
ACTOR_KIND_LABELS = {
    ActorKind.ORGANISATION: _("Organisme"),
    ActorKind.COMMITTEE: _("Comité"),
    ActorKind.COMMITTEE_TO_FORM: _("Comité à former"),
    ActorKind.TEXT: _("Description"),
}
SECTION_KIND_LABELS = {
    SectionKind.FOLLOW_UP: _("Mécanismes de suivi"),
    SectionKind.COMPLEMENTARITY: _("Complémentarité"),
    SectionKind.CROSS_CUTTING: _("Priorités transversales"),
    SectionKind.PREAMBLE: _("Préambule"),
    SectionKind.OTHER: _("Autre texte"),
}
BUDGET_KIND_LABELS = {
    BudgetKind.PLANNED: _("Prévu"),
    BudgetKind.COMMITTED: _("Engagé"),
    BudgetKind.SPENT: _("Dépensé"),
}


def choices(labels: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    """Model choices from a table of labels."""
    return [(code.value, label) for code, label in labels.items()]
