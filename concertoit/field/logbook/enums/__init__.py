"""Codes of the logbook, with their French labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sector(models.TextChoices):
    """Who owns the building; copied on each entry at its date (seed 002: 85 / 7 / 4 %, and others)."""

    OFFICE = "office", _("Office d’habitation")
    NONPROFIT = "nonprofit", _("OBNL d’habitation")
    COOP = "coop", _("Coopérative d’habitation")
    OTHER = "other", _("Autre")


class EntryKind(models.TextChoices):
    INDIVIDUAL = "individual", _("Individuelle")
    COLLECTIVE = "collective", _("Collective")
    PARTNER = "partner", _("Avec des partenaires")


class CollectiveObject(models.TextChoices):
    """What a collective intervention supports (nested figures of seed 002: 66 / 15 %)."""

    PROJECTS = "projects", _("Projets et groupes")
    ASSOCIATION = "association", _("Association de locataires")
    COMMITTEE = "committee", _("Autres comités")
    GATHERING = "gathering", _("Rassemblement, activité ouverte")


class WorkerRole(models.TextChoices):
    """What a community support worker does (seed 002)."""

    ANIMATE = "animate", _("Animer")
    ORGANISE = "organise", _("Organiser les activités")
    BRIDGE = "bridge", _("Faciliter les passerelles vers les services")


class TermKind(models.TextChoices):
    """The lists of a taxonomy."""

    ACTIVITY = "activity", _("Activités")
    CLIENTELE = "clientele", _("Clientèles")
    REASON = "reason", _("Raisons de référence")


class Destination(models.TextChoices):
    """Where people are referred (seed 002: 46 / 35 %)."""

    CISSS = "cisss", _("CISSS ou CIUSSS")
    COMMUNITY = "community", _("Organisme communautaire")
    MUNICIPAL = "municipal", _("Ville ou MRC")
    OTHER = "other", _("Autre ressource")


class ReferralState(models.TextChoices):
    """Where a referral stands (facts, section 2)."""

    PROPOSED = "proposed", pgettext_lazy("référence", "Proposée")
    SENT = "sent", pgettext_lazy("référence", "Transmise")
    ACCEPTED = "accepted", pgettext_lazy("référence", "Acceptée par la ressource")
    RECEIVED = "received", _("Service reçu")
    REFUSED = "refused", _("Refusée par la ressource")
    WAITING = "waiting", _("Liste d’attente")
    GIVEN_UP = "given_up", _("Abandonnée par la personne")
    NO_NEWS = "no_news", _("Sans nouvelles")
    CANCELLED = "cancelled", pgettext_lazy("référence", "Annulée")
