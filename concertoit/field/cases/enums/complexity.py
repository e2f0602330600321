"""Codes of complex cases (I4), with their French labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RulesState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("règles", "Ébauche")
    ADOPTED = "adopted", pgettext_lazy("règles", "Adoptées")


class ComplexityOutcome(models.TextChoices):
    """What the rules say (``rules.complexity.Outcome``)."""

    PROPOSED = "proposed", _("Proposé comme complexe")
    TO_CHECK = "to_check", _("À vérifier")
    NOT_PROPOSED = "not_proposed", _("Non proposé")


class AssessmentCause(models.TextChoices):
    """What led to a new evaluation."""

    OPENED = "opened", _("ouverture du dossier")
    MOVED = "moved", _("geste au dossier")
    BUILDING = "building", _("autre signalement dans l’immeuble")
    FLAG = "flag", _("réponse de l’équipe")
    RULES = "rules", _("nouvelles règles")
    DAILY = "daily", _("temps qui passe")


class FlagKind(models.TextChoices):
    """What only a person knows; codes are those of ``rules.complexity.FACTS``."""

    EVACUATION = "possible_evacuation", _("Une évacuation est possible")
    UNREACHABLE = "owner_unreachable", _("Le propriétaire est injoignable")
    REFUSES = "owner_refuses", _("Le propriétaire refuse d’agir")
    REPRISALS = "fear_of_reprisals", _("Le ménage craint des représailles")


class FlagValue(models.TextChoices):
    YES = "yes", pgettext_lazy("réponse", "Oui")
    NO = "no", pgettext_lazy("réponse", "Non")
    UNKNOWN = "unknown", pgettext_lazy("réponse", "On ne le sait pas")


RESERVED_FLAGS = frozenset({FlagKind.REPRISALS})
