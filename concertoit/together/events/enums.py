"""Codes of events with their French labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    TRAINING = "training", _("Formation")
    VISIT = "visit", _("Visite")
    GATHERING = "gathering", _("Rassemblement")
    WELCOME = "welcome", _("Rencontre d’accueil")
    CONFERENCE = "conference", _("Conférence")
    OTHER = "other", _("Autre activité")


class EventState(models.TextChoices):
    DRAFT = "draft", _("En préparation")
    ANNOUNCED = "announced", _("Annoncée")
    DONE = "done", _("Terminée")


class Seat(models.TextChoices):
    """Where a registration stands."""

    REGISTERED = "registered", _("Inscrite")
    WAITING = "waiting", _("En liste d’attente")
    CANCELLED = "cancelled", _("Désistement")


class NeedState(models.TextChoices):
    OPEN = "open", _("Exprimé")
    PLANNED = "planned", _("Au programme")
    ANSWERED = "answered", _("Répondu")
    SET_ASIDE = "set_aside", _("Mis de côté")


class CheckedBy(models.TextChoices):
    CODE = "code", _("par code")
    HAND = "hand", _("à la main")
