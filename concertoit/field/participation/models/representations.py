"""Representations made to the office, what it answers, and what follows (P3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.field.participation.enums import (
    RepresentationChannel,
    RepresentationOrigin,
    RepresentationResult,
    RepresentationSubject,
)
from concertoit.field.participation.models.associations import Assembly, Complex, TenantAssociation
from concertoit.ground.core.models import TimeStamped


class Representation(TimeStamped):
    """Something asked of the office. A tenant alone has no name here: a code, kept as a digest, follows the answer."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(_("sujet"), max_length=10, choices=RepresentationSubject.choices)
    title = models.CharField(_("objet"), max_length=160)
    text = models.TextField(_("ce qui est demandé"), blank=True)
    made_on = models.DateField(_("faite le"))
    channel = models.CharField(_("moyen"), max_length=10, choices=RepresentationChannel.choices)
    origin = models.CharField(_("au nom de"), max_length=16, choices=RepresentationOrigin.choices)
    association = models.ForeignKey(
        TenantAssociation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    assembly = models.ForeignKey(Assembly, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    complex = models.ForeignKey(Complex, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    answer_by = models.DateField(_("réponse attendue le"), null=True, blank=True)
    answered_on = models.DateField(_("réponse reçue le"), null=True, blank=True)
    answer = models.TextField(_("réponse de l’office"), blank=True)
    answered_as = models.CharField(_("réponse inscrite par"), max_length=160, blank=True)
    result = models.CharField(_("résultat"), max_length=10, choices=RepresentationResult.choices, blank=True)
    result_on = models.DateField(_("résultat connu le"), null=True, blank=True)
    code_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["space_id", "-made_on", "-id"]
        verbose_name = _("représentation")
        indexes = [
            models.Index(fields=["space", "-made_on"], name="participation_repr_made"),
            models.Index(fields=["space", "answered_on", "answer_by"], name="participation_repr_answer"),
            models.Index(fields=["code_digest"], name="participation_repr_code"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def by(self) -> str:
        """In whose name, as people say it."""
        if self.association_id:
            return str(self.association)
        return str(self.assembly or RepresentationOrigin(self.origin).label)


class RepresentationStep(TimeStamped):
    """What happened after the answer: dated, signed, never changed."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    representation = models.ForeignKey(Representation, on_delete=models.CASCADE, related_name="steps")
    on = models.DateField(_("le"))
    text = models.CharField(_("ce qui s’est passé"), max_length=400)
    signed_as = models.CharField(_("inscrit par"), max_length=160)

    class Meta:
        ordering = ["representation_id", "on", "id"]
        verbose_name = _("suite d’une représentation")
        indexes = [models.Index(fields=["space", "on"], name="participation_repr_step")]

    def __str__(self) -> str:
        return f"#{self.pk}"
