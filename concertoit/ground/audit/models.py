"""The journal. Rows are only ever added; no foreign key leaves it, so that it outlives what it speaks of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One change: who did what to which object, with the values before and after."""

    at = models.DateTimeField(_("date"), db_index=True)
    space_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    object_label = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["object_type", "object_id", "-at"], name="audit_object"),
            models.Index(fields=["space_id", "-at"], name="audit_space"),
        ]
        verbose_name = _("inscription au journal")

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_id}"
