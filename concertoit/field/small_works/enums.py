"""Codes of small works, with their French labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    """How a request came in."""

    PHONE = "phone", _("Téléphone")
    ONLINE = "online", _("Formulaire en ligne")
    PARTNER = "partner", _("Organisme partenaire")
    VISIT = "visit", _("Visite à domicile")


class Work(models.TextChoices):
    """What a small work is. None of them needs a licensed trade; what does is refused and referred."""

    SAFETY_BARS = "safety_bars", _("Barres d’appui et mains courantes")
    ALARMS = "alarms", _("Avertisseurs de fumée et ampoules")
    DOORS = "doors", _("Portes, serrures, poignées")
    LEAKS = "leaks", _("Robinets et petites fuites")
    DRAUGHTS = "draughts", _("Coupe-froid et calfeutrage")
    STEPS = "steps", _("Marches, rampes, antidérapants")
    FURNITURE = "furniture", _("Déplacement ou montage de meubles")
    OUTDOORS = "outdoors", _("Terrain, neige, feuilles")
    OTHER = "other", pgettext_lazy("travaux", "Autre petite réparation")


class Tenure(models.TextChoices):
    OWNER = "owner", pgettext_lazy("occupation", "Propriétaire")
    TENANT = "tenant", pgettext_lazy("occupation", "Locataire")
    SOCIAL = "social", _("Locataire d’un logement social ou communautaire")


class Answer(models.TextChoices):
    """What a rule says of a request. Not known is never no."""

    YES = "yes", pgettext_lazy("règle", "Oui")
    NO = "no", pgettext_lazy("règle", "Non")
    UNKNOWN = "unknown", pgettext_lazy("règle", "À vérifier")


class RequestState(models.TextChoices):
    """Where a request stands (see ``workflow.py``)."""

    RECEIVED = "received", pgettext_lazy("demande", "Reçue")
    ACCEPTED = "accepted", pgettext_lazy("demande", "Admise, à jumeler")
    MATCHED = "matched", pgettext_lazy("demande", "Jumelée")
    PLANNED = "planned", pgettext_lazy("demande", "Visite prévue")
    DONE = "done", pgettext_lazy("demande", "Faite, suivi à faire")
    FOLLOWED = "followed", pgettext_lazy("demande", "Suivie et fermée")
    REFUSED = "refused", pgettext_lazy("demande", "Non admise")
    CANCELLED = "cancelled", pgettext_lazy("demande", "Annulée")


class AgeBand(models.TextChoices):
    """The age of the person, as wide as the purpose needs."""

    UNDER_65 = "under_65", _("Moins de 65 ans")
    FROM_65 = "65_74", _("65 à 74 ans")
    FROM_75 = "75_84", _("75 à 84 ans")
    FROM_85 = "85", _("85 ans et plus")


class Effect(models.TextChoices):
    """What the person says weeks later, in their words."""

    SAFER = "safer", _("Se sent plus en sécurité chez soi")
    EASIER = "easier", _("Fait plus facilement les choses du quotidien")
    STAY = "stay", _("Pense rester chez soi plus longtemps")
    NONE = "none", _("Rien n’a changé")
