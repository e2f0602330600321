"""Codes of identity, with their French labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """Types of organisation of the field."""

    HOUSING_OFFICE = "housing_office", _("Office d’habitation")
    HOUSING_NONPROFIT = "housing_nonprofit", _("OBNL d’habitation")
    HOUSING_COOP = "housing_coop", _("Coopérative d’habitation")
    MRC = "mrc", _("MRC")
    MUNICIPALITY = "municipality", _("Municipalité")
    HEALTH_NETWORK = "health_network", _("CISSS, CIUSSS")
    MINISTRY = "ministry", _("Ministère ou organisme public")
    COMMUNITY = "community", _("Organisme communautaire")
    ROUND_TABLE = "round_table", _("Table de concertation")
    SCHOOL = "school", _("Établissement d’enseignement")
    FUNDER = "funder", _("Bailleur de fonds")
    OTHER = "other", _("Autre")


class ContactKind(models.TextChoices):
    """How one reaches a person at work."""

    EMAIL = "email", _("Courriel")
    PHONE = "phone", _("Téléphone")
