"""Codes of tables brought to the logbook, with their French labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportState(models.TextChoices):
    """Where a table stands."""

    READ = "read", pgettext_lazy("tableau", "À confirmer")
    CONFIRMED = "confirmed", pgettext_lazy("tableau", "Inscrit")
    UNDONE = "undone", pgettext_lazy("tableau", "Défait")
    DISCARDED = "discarded", pgettext_lazy("tableau", "Abandonné")


class Column(models.TextChoices):
    """What a column says."""

    ON = "on", _("Date")
    WORKER = "worker", _("Par qui")
    SITE = "site", _("Milieu ou adresse")
    KIND = "kind", _("Forme")
    OBJECT = "object", _("Ce qui est soutenu")
    CLIENTELES = "clienteles", _("Clientèles")
    ACTIVITIES = "activities", _("Activités")
    MINUTES = "minutes", _("Durée (minutes)")
    HOURS = "hours", _("Durée (heures)")
    PEOPLE = "people", _("Personnes présentes")
    DESTINATION = "destination", _("Référence vers")
    REASON = "reason", _("Raison principale")
    NUMBER = "number", _("Numéro de la ligne dans votre tableau")
    NOTE = "note", _("Note")


REQUIRED = (Column.ON, Column.SITE, Column.KIND, Column.ACTIVITIES)
