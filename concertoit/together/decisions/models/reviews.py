"""Reviews of the current actions: keep, stop or correct, by the table together or by each partner."""

from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
from concertoit.together.decisions.enums import ReviewManner, ReviewState, ReviewVerdict


def unsent() -> str:
    """A digest that no link has, until the link is sent."""
    return get_random_string(64)


class Review(TimeStamped):
    """A review of one version of a plan. ``undo`` is what the draft was before the outcome was applied to it."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey("plans.PlanVersion", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("titre"), max_length=160)
    manner = models.CharField(_("qui se prononce"), max_length=10, choices=ReviewManner.choices)
    state = models.CharField(max_length=10, choices=ReviewState.choices, default=ReviewState.PREPARING)
    closes_on = models.DateField(_("répondre avant le"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    draft = models.ForeignKey("plans.PlanVersion", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    opened_draft = models.BooleanField(default=False)
    undo = models.TextField(blank=True, editable=False)
    applied_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("révision")
        indexes = [models.Index(fields=["space", "state"], name="decisions_review_state")]

    def __str__(self) -> str:
        return self.title


class ReviewedAction(models.Model):
    """An action as it was when the review was opened, and what the coordination settles for it."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="actions")
    item = models.ForeignKey("plans.PlanItem", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    axis = models.TextField(blank=True)
    code = models.CharField(max_length=40, blank=True)
    title = models.TextField()
    description = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    outcome = models.CharField(_("issue"), max_length=5, choices=ReviewVerdict.choices, blank=True)
    reason = models.TextField(_("raison"), max_length=2000, blank=True)
    new_title = models.TextField(_("nouveau titre"), max_length=1000, blank=True)
    new_description = models.TextField(_("nouvelle description"), max_length=5000, blank=True)

    class Meta:
        ordering = ["review_id", "position", "id"]
        verbose_name = _("action révisée")
        indexes = [models.Index(fields=["space", "item"], name="decisions_reviewed_item")]
        constraints = [models.UniqueConstraint(fields=["review", "item"], name="decisions_reviewed_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()


class ReviewVoice(TimeStamped):
    """Who gives an opinion in a review: one organisation, with or without a personal link."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="voices")
    organisation = models.ForeignKey("identity.Organisation", on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(_("courriel"), blank=True)
    token_digest = models.CharField(max_length=64, unique=True, editable=False, default=unsent)
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["review_id", "id"]
        verbose_name = _("avis d’un organisme")
        constraints = [models.UniqueConstraint(fields=["review", "organisation"], name="decisions_voice_once")]

    def __str__(self) -> str:
        return f"#{self.organisation_id}"


class Opinion(models.Model):
    """What one organisation says of one action."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    voice = models.ForeignKey(ReviewVoice, on_delete=models.CASCADE, related_name="opinions")
    action = models.ForeignKey(ReviewedAction, on_delete=models.CASCADE, related_name="opinions")
    verdict = models.CharField(_("avis"), max_length=5, choices=ReviewVerdict.choices)
    reason = models.TextField(_("raison"), max_length=2000, blank=True)

    class Meta:
        ordering = ["action_id", "id"]
        verbose_name = _("avis sur une action")
        constraints = [models.UniqueConstraint(fields=["voice", "action"], name="decisions_opinion_once")]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.verdict}"
