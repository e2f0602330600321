"""The index: one row for each thing that can be found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped


class Document(TimeStamped):
    """What is kept of a thing to find it and show it. Tokens are made in Python (``rules.tokens``).

    The full-text index beside this table (migration 0002) follows it by itself: triggers on SQLite, a generated column on
    PostgreSQL.
    """

    space_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    title = models.CharField(_("titre"), max_length=300)
    body = models.TextField(_("texte"), blank=True)
    url = models.CharField(max_length=300)
    title_tokens = models.TextField(editable=False)
    body_tokens = models.TextField(editable=False, blank=True)

    class Meta:
        ordering = ["kind", "object_id"]
        verbose_name = _("document de la recherche")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"],
                name="search_document_object",
                violation_error_message=_("Cet objet est déjà dans l’index."),
            )
        ]
        indexes = [models.Index(fields=["space_id", "kind"], name="search_document_space")]

    def __str__(self) -> str:
        return self.title
