"""Money of a prioritisation: what is asked, what there is, what was counted, what is recommended.

A result is frozen: it keeps the rule with all its options, the digest of the ballots and the version of the code, so that
anybody may count again and find the same.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
from concertoit.together.decisions.enums import CountKind
from concertoit.together.decisions.models.prioritisation import Prioritisation, PriorityOption


class Envelope(models.Model):
    """What may be spent in a year, in dollars."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    prioritisation = models.ForeignKey(Prioritisation, on_delete=models.CASCADE, related_name="envelopes")
    year = models.CharField(_("année"), max_length=40, blank=True)
    amount = models.DecimalField(_("montant"), max_digits=12, decimal_places=2)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["prioritisation_id", "position", "id"]
        verbose_name = _("enveloppe")
        constraints = [
            models.UniqueConstraint(
                fields=["prioritisation", "year"],
                name="decisions_envelope_year",
                violation_error_message=_("Cette année a déjà son enveloppe."),
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0),
                name="decisions_envelope_amount",
                violation_error_message=_("Une enveloppe ne peut pas être négative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.amount}"


class FundingRequest(models.Model):
    """What an action asks for a year; ``sources`` are the budget lines it comes from, as plain values."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    option = models.ForeignKey(PriorityOption, on_delete=models.CASCADE, related_name="requests")
    year = models.CharField(_("année"), max_length=40, blank=True)
    amount = models.DecimalField(_("montant demandé"), max_digits=12, decimal_places=2)
    sources = models.JSONField(default=list)

    class Meta:
        ordering = ["option__key", "id"]
        verbose_name = _("demande de budget")
        constraints = [
            models.UniqueConstraint(
                fields=["option", "year"],
                name="decisions_request_year",
                violation_error_message=_("Cette action a déjà une demande pour cette année."),
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0),
                name="decisions_request_amount",
                violation_error_message=_("Une demande de budget est plus grande que zéro."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option_id} {self.year} {self.amount}"


class CountResult(models.Model):
    """A count, as it was made. ``settings`` and ``outcome`` are canonical JSON; ``sha256`` is of both."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    prioritisation = models.ForeignKey(Prioritisation, on_delete=models.CASCADE, related_name="results")
    kind = models.CharField(_("compte"), max_length=12, choices=CountKind.choices)
    settings = models.TextField()
    outcome = models.TextField()
    ballots_digest = models.CharField(max_length=64)
    code_version = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    computed_at = models.DateTimeField(_("compté le"))
    computed_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True)

    class Meta:
        ordering = ["-computed_at", "-id"]
        verbose_name = _("résultat")
        indexes = [models.Index(fields=["prioritisation", "kind"], name="decisions_result_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"


class Recommendation(TimeStamped):
    """What the coco proposes to fund: written by people from a count, published to the plenary, applied by an act."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    prioritisation = models.OneToOneField(Prioritisation, on_delete=models.CASCADE, related_name="recommendation")
    result = models.ForeignKey(CountResult, on_delete=models.RESTRICT, related_name="+", null=True)
    started_from = models.CharField(_("point de départ"), max_length=20)
    note = models.TextField(_("mot du coco"), blank=True)
    published_at = models.DateTimeField(_("publiée le"), null=True, blank=True)
    applied_at = models.DateTimeField(_("appliquée le"), null=True, blank=True)
    applied_to = models.ForeignKey("plans.PlanVersion", on_delete=models.SET_NULL, related_name="+", null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("recommandation budgétaire")

    def __str__(self) -> str:
        return f"#{self.pk}"


class RecommendationLine(models.Model):
    """What is recommended for one request, and why."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="lines")
    request = models.ForeignKey(FundingRequest, on_delete=models.CASCADE, related_name="+")
    amount = models.DecimalField(_("montant recommandé"), max_digits=12, decimal_places=2)
    reason = models.CharField(_("motif"), max_length=500, blank=True)

    class Meta:
        ordering = ["request__option__key", "id"]
        verbose_name = _("ligne de recommandation")
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "request"], name="decisions_line_request"),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0),
                name="decisions_line_amount",
                violation_error_message=_("Un montant ne peut pas être négatif."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.amount}"
