"""Taxonomies as versioned data: the lists of 2007 and of 2022 differ, and what was entered keeps the list of its time."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from concertoit.field.logbook.enums import TermKind
from concertoit.ground.core.models import TimeStamped


class Edition(TimeStamped):
    """An edition of the framework's lists, shared by all démarches (``space`` empty) or a démarche's own."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    code = models.CharField(_("édition"), max_length=20)
    name = models.CharField(_("nom"), max_length=120)
    source = models.CharField(_("source"), max_length=200, blank=True)
    starts_on = models.DateField(_("en usage depuis le"))

    class Meta:
        ordering = ["starts_on", "id"]
        verbose_name = _("édition des listes")
        constraints = [
            models.UniqueConstraint(fields=["space", "code"], name="logbook_edition_code"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(space=None), name="logbook_edition_shared_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Term(TimeStamped):
    """An item of a list. ``bit`` is its place in the masks of entries, stable for ever inside an edition and a kind."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="terms")
    kind = models.CharField(_("liste"), max_length=10, choices=TermKind.choices)
    code = models.CharField(_("code"), max_length=40)
    bit = models.PositiveSmallIntegerField()
    label = models.CharField(_("libellé"), max_length=120)
    label_en = models.CharField(_("libellé anglais"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(_("n’est plus offert depuis le"), null=True, blank=True)

    class Meta:
        ordering = ["edition_id", "kind", "position", "id"]
        verbose_name = _("terme")
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "code"], name="logbook_term_code"),
            models.UniqueConstraint(fields=["edition", "kind", "bit"], name="logbook_term_bit"),
            models.CheckConstraint(
                condition=models.Q(bit__lt=62),
                name="logbook_term_bit_max",
                violation_error_message=_("Une liste a au plus 62 termes."),
            ),
        ]

    def __str__(self) -> str:
        """The label in the language of the reader."""
        return (self.label_en if (get_language() or "").startswith("en") else "") or self.label


class TermMapping(models.Model):
    """A term of one edition and what it became in another; several rows when it was divided."""

    old = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="+")
    new = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="+")
    note = models.CharField(_("précision"), max_length=200, blank=True)

    class Meta:
        ordering = ["old_id", "new_id"]
        verbose_name = _("correspondance de listes")
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="logbook_mapping_once")]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"
