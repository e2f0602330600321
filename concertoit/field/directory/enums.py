"""Codes of the directory, with their French labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    """States of a service in HSDS."""

    ACTIVE = "active", pgettext_lazy("service", "Offert")
    INACTIVE = "inactive", pgettext_lazy("service", "Suspendu")
    CLOSED = "temporarily closed", pgettext_lazy("service", "Fermé temporairement")
    DEFUNCT = "defunct", pgettext_lazy("service", "Retiré")


class Fresh(models.TextChoices):
    """Badges of freshness (``rules/freshness.py``)."""

    CURRENT = "current", _("À jour")
    CHECK = "check", _("À vérifier")
    STALE = "stale", _("Périmé")


class Answer(models.TextChoices):
    """What an organisation says of its record."""

    RIGHT = "right", _("Tout est exact")
    CHANGED = "changed", _("Quelque chose a changé")
    ENDED = "ended", _("Ce service n’existe plus")


class ImportState(models.TextChoices):
    READ = "read", _("À vérifier")
    CONFIRMED = "confirmed", _("Confirmé")
    DISCARDED = "discarded", _("Abandonné")


class Language(models.TextChoices):
    """Languages in which people are served (ISO 639-1), the most spoken in Québec first."""

    FRENCH = "fr", _("Français")
    ENGLISH = "en", _("Anglais")
    SPANISH = "es", _("Espagnol")
    ARABIC = "ar", _("Arabe")
    HAITIAN = "ht", _("Créole haïtien")
    MANDARIN = "zh", _("Mandarin")
    PORTUGUESE = "pt", _("Portugais")
    DARI = "fa", _("Persan et dari")
    UKRAINIAN = "uk", _("Ukrainien")
