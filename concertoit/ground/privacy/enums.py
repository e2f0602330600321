"""Codes of privacy, with their French labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Basis(models.TextChoices):
    """Why the law allows to keep a piece of personal information (RLRQ, c. P-39.1 and c. A-2.1)."""

    CONSENT = "consent", _("Consentement de la personne")
    NECESSARY = "necessary", _("Nécessaire à la fin annoncée")
    LAW = "law", _("Exigé par une loi")


class Means(models.TextChoices):
    """How a consent was given."""

    FORM = "form", _("Formulaire en ligne")
    WRITTEN = "written", _("Écrit signé")
    SPOKEN = "spoken", _("De vive voix")


class Gone(models.TextChoices):
    """What happened to data whose time was over."""

    DESTROYED = "destroyed", _("Détruites")
    ANONYMISED = "anonymised", _("Anonymisées")
