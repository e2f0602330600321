"""Codes of emergency cells (I6), with their French labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CellReason(models.TextChoices):
    """Why a cell is activated: one tap on a phone."""

    EVACUATION = "evacuation", _("Évacuation à prévoir")
    STRUCTURE = "structure", _("Structure dangereuse")
    FIRE = "fire", _("Après un incendie")
    WATER = "water", _("Inondation ou dégât d’eau")
    COLD = "cold", _("Ni chauffage ni électricité")
    AIR = "air", _("Gaz ou monoxyde de carbone")
    HEALTH = "health", _("Santé gravement menacée")
    OTHER = "other", pgettext_lazy("cellule", "Autre raison")


class CellState(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("cellule", "Active")
    STOOD_DOWN = "stood_down", pgettext_lazy("cellule", "Levée")


class CellRole(models.TextChoices):
    """Who does what in a cell; the first, second and last are essential (``rules.cell.ESSENTIAL_ROLES``)."""

    LEAD = "lead", _("Direction de la cellule")
    SAFETY = "safety", _("Sécurité des lieux et des personnes")
    LODGING = "lodging", pgettext_lazy("cellule", "Hébergement")
    TENANTS = "tenants", _("Communication avec les locataires")
    LOG = "log", _("Tenue du journal")
    MEMBER = "member", pgettext_lazy("cellule", "Membre")


class CellAnswer(models.TextChoices):
    """What a member answers to the call."""

    COMING = "coming", _("Je me rends sur place")
    REMOTE = "remote", _("Je participe à distance")
    UNABLE = "unable", _("Je ne peux pas")


class EntryKind(models.TextChoices):
    """Lines of the log. The first ones are written by people, the others by what people do."""

    NOTE = "note", pgettext_lazy("journal", "Fait")
    SITUATION = "situation", _("État de la situation")
    SAFETY = "safety", _("Mesure de sécurité")
    LODGING = "lodging", _("Hébergement trouvé")
    INFORMED = "informed", _("Locataires informés")
    DECISION = "decision", pgettext_lazy("journal", "Décision")
    CORRECTION = "correction", pgettext_lazy("journal", "Correction")
    VERIFIED = "verified", _("Mesure vérifiée")
    ACTIVATION = "activation", pgettext_lazy("journal", "Activation")
    ANSWER = "answer", pgettext_lazy("journal", "Réponse à l’appel")
    ROSTER = "roster", pgettext_lazy("journal", "Équipe de la cellule")
    TASK = "task", pgettext_lazy("journal", "Tâche")
    STAND_DOWN = "stand_down", _("Levée de la cellule")


WRITTEN_KINDS = (
    EntryKind.NOTE, EntryKind.SITUATION, EntryKind.SAFETY, EntryKind.LODGING, EntryKind.INFORMED, EntryKind.DECISION,
)  # fmt: skip
