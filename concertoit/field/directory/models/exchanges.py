"""Asking an organisation whether a record is right, and files brought in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.field.directory.enums import Answer, ImportState
from concertoit.field.directory.models.services import Service
from concertoit.ground.core.models import TimeStamped


class ConfirmationAsk(TimeStamped):
    """« Cette fiche est-elle exacte? » : a personal link sent to the organisation, and what it answered."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="asks")
    email = models.EmailField(_("courriel"))
    asked_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("lien valide jusqu’au"))
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    answer = models.CharField(_("réponse"), max_length=10, choices=Answer.choices, blank=True)
    words = models.TextField(_("ce qui a changé"), blank=True)
    settled_at = models.DateTimeField(_("traité le"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("demande de confirmation")
        indexes = [models.Index(fields=["space", "answered_at"], name="directory_ask_answered")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class DirectoryImport(TimeStamped):
    """A file of HSDS brought in: what was understood of it, until somebody confirms it or sets it aside."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("fichier"), max_length=200)
    state = models.CharField(_("état"), max_length=10, choices=ImportState.choices, default=ImportState.READ)
    bundle = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    made_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True)
    confirmed_at = models.DateTimeField(_("confirmé le"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("import du répertoire")
        indexes = [models.Index(fields=["space", "state"], name="directory_import_state")]

    def __str__(self) -> str:
        return self.name
