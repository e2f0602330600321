"""Codes of evaluation, with their French labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeKind(models.TextChoices):
    """What changes: seed 001 sorts expected changes so."""

    KNOWLEDGE = "knowledge", _("Connaissances")
    PRACTICES = "practices", _("Pratiques")
    CONDITIONS = "conditions", _("Conditions et cadre de vie")


class Seen(models.TextChoices):
    """A dated human judgement on an expected change."""

    YES = "yes", _("On le voit")
    STARTING = "starting", _("Cela commence")
    NOT_YET = "not_yet", _("Pas encore")
    CONTRARY = "contrary", _("On voit le contraire")
    UNKNOWN = "unknown", _("On ne sait pas")
