"""Codes of the cases of unsanitary housing, with their French labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    """How a case came in (I3)."""

    TENANT = "tenant", _("Locataire")
    WORKER = "worker", _("Équipe terrain")
    CITY_311 = "311", _("311")
    ORGANISATION = "organisation", _("Organisme")
    LIST = "list", _("Liste de cas existants")


class CaseState(models.TextChoices):
    """Where a case stands. Made safe is not resolved."""

    NEW = "new", pgettext_lazy("dossier", "Nouveau")
    ACTIVE = "active", _("En cours")
    MADE_SAFE = "made_safe", _("Mis en sécurité")
    RESOLVED = "resolved", _("Réglé, à confirmer")
    CLOSED = "closed", _("Fermé")


class Urgency(models.TextChoices):
    STANDARD = "standard", _("Délais habituels")
    EMERGENCY = "emergency", _("Urgence")


class Outcome(models.TextChoices):
    """How a case ended."""

    WORKS_DONE = "works_done", _("Travaux faits")
    REHOUSED = "rehoused", _("Ménage relogé dans un logement salubre")
    LEFT = "left", _("Ménage parti sans solution connue")
    WITHDRAWN = "withdrawn", _("Demande retirée par le ménage")
    UNFOUNDED = "unfounded", _("Aucun problème constaté")
    TRANSFERRED = "transferred", _("Remis à une autre autorité")
    DUPLICATE = "duplicate", _("Double d’un autre dossier")


class Living(models.TextChoices):
    """What changed in the living conditions of the household (the third kind of change of seed 001)."""

    BETTER = "better", _("Le ménage vit dans un logement salubre, sain et sécuritaire")
    PARTLY = "partly", _("Une partie des problèmes demeure")
    SAME = "same", _("Rien n’a changé pour le ménage")
    UNKNOWN = "unknown", _("On ne le sait pas")


class Competence(models.TextChoices):
    """What a member of the brigade, or a partner, is competent for: it decides who may visit, and for what."""

    PSYCHOSOCIAL = "psychosocial", _("Psychosocial")
    INSPECTION = "inspection", _("Inspection de bâtiments")
    FIRE = "fire", _("Sécurité incendie")
    PUBLIC_HEALTH = "public_health", _("Santé publique")
    COMMUNITY = "community", _("Défense des droits et milieu communautaire")
    ENERGY = "energy", _("Gaz et électricité")


class AssignmentState(models.TextChoices):
    """A partner's own state on a case (see ``workflow.py``)."""

    NEW = "new", pgettext_lazy("affectation", "À accepter")
    IN_PROGRESS = "in_progress", _("Acceptée, en cours")
    REFUSED = "refused", _("Refusée")
    CLOSED = "closed", pgettext_lazy("affectation", "Terminée")
    CANCELLED = "cancelled", pgettext_lazy("affectation", "Annulée par l’agente ou l’agent de liaison")


class Works(models.TextChoices):
    """What a partner says of the works when closing its part."""

    YES = "yes", _("Travaux faits")
    NO = "no", _("Travaux non faits")
    UNDER_WAY = "under_way", _("Travaux en cours")


class HouseholdRole(models.TextChoices):
    CONTACT = "contact", _("Personne qui signale ou à joindre")
    ADULT = "adult", _("Autre adulte du ménage")
    CHILD = "child", _("Enfant de moins de 14 ans")
    YOUTH = "youth", _("Jeune de 14 à 17 ans")
    HELPER = "helper", _("Personne qui aide le ménage")
