"""Interventions that were kept in a spreadsheet, brought to the logbook (S5)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.field.logbook.enums.imports import ImportState
from concertoit.ground.core.models import TimeStamped


class EntryImport(TimeStamped):
    """A table: read, shown line by line, then written at once, undone, or given up.

    ``rows`` hold what was read (number in the file, cells), notes included, until it is confirmed, given up or too old;
    only who brought it reads them. ``columns``: position of each ``Column`` in the file.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("fichier"), max_length=200)
    state = models.CharField(_("état"), max_length=10, choices=ImportState.choices, default=ImportState.READ)
    headers = models.JSONField(_("colonnes"), default=list)
    columns = models.JSONField(_("sens des colonnes"), default=dict)
    with_notes = models.BooleanField(_("avec les notes"), default=False)
    rows = models.JSONField(_("lignes lues"), default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)
    line_count = models.PositiveIntegerField(_("lignes"), default=0)
    entry_count = models.PositiveIntegerField(_("interventions inscrites"), default=0)
    confirmed_at = models.DateTimeField(_("inscrit le"), null=True, blank=True)
    expires_at = models.DateTimeField(_("lignes détruites le"))

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("tableau d’interventions")
        indexes = [models.Index(fields=["space", "-created_at"], name="logbook_import_space")]

    def __str__(self) -> str:
        return self.name
