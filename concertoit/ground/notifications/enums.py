"""Codes of notifications, with their French labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Email(models.TextChoices):
    """What happens by e-mail with one kind of notice."""

    NOW = "now", _("Tout de suite")
    DIGEST = "digest", _("Dans le résumé")
    NEVER = "never", _("Jamais")


class Rhythm(models.TextChoices):
    """When the digest leaves."""

    DAILY = "daily", _("Chaque matin")
    WEEKLY = "weekly", _("Le lundi matin")
