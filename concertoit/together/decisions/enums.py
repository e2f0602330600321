"""Codes of deciding together, with their French labels: one group per part."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """The steps of the cycle that the landing page shows, in order."""

    WORKSHOP = "workshop", _("Trouver des idées")
    REVIEW = "review", _("Revoir les actions")
    PRIORITISATION = "prioritisation", _("Prioriser et répartir")
    CONSENT = "consent", _("Consentir et adopter")
