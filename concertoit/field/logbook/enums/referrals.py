"""Codes of referrals, with their French labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ConsentMeans(models.TextChoices):
    """How the person said yes."""

    SPOKEN = "spoken", _("De vive voix")
    WRITTEN = "written", _("Par écrit")
    PHONE = "phone", _("Au téléphone")


class ConsentBy(models.TextChoices):
    """Who said yes. Under 14, an adult (Act respecting the protection of personal information, s. 53.1)."""

    SELF = "self", _("La personne elle-même")
    PARENT = "parent", _("Un parent, pour un enfant de moins de 14 ans")
    REPRESENTATIVE = "representative", _("Une personne qui la représente")


class RefusalReason(models.TextChoices):
    """Why a resource says no."""

    FULL = "full", _("Plus de place")
    NOT_ELIGIBLE = "not_eligible", _("La personne n’est pas admissible")
    TERRITORY = "territory", _("Hors du territoire")
    NOT_OFFERED = "not_offered", _("Le service n’existe plus")
    UNREACHABLE = "unreachable", _("La personne n’a pas pu être jointe")
    OTHER = "other", pgettext_lazy("motif", "Autre motif")


class MoveBy(models.TextChoices):
    """From whom the news came."""

    WORKER = "worker", _("Équipe de terrain")
    RESOURCE = "resource", _("Ressource, par lien personnel")
    NIGHT = "night", _("Automatique")
