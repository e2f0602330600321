"""Complex cases (I4): adopted rules, what they said of each case, what people decided, and what only people know."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertoit.field.cases.enums.complexity import (
    AssessmentCause,
    ComplexityOutcome,
    FlagKind,
    FlagValue,
    RulesState,
)
from concertoit.ground.core.models import TimeStamped


class ComplexityRules(TimeStamped):
    """A version of the rules of a démarche. A draft may change; once adopted, the edition is frozen with its digest."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("état"), max_length=10, choices=RulesState.choices, default=RulesState.DRAFT)
    edition = models.JSONField(_("critères"))  # ``rules.complexity_edition.to_json``
    digest = models.CharField(_("empreinte"), max_length=64, blank=True)
    adopted_on = models.DateField(_("adoptées le"), null=True, blank=True)
    adopted_in = models.CharField(_("adoptées par"), max_length=160, blank=True)
    note = models.TextField(_("note"), blank=True)
    adopted_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("règles des cas complexes")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "number"],
                name="cases_complexity_number",
                violation_error_message=_("Une version porte déjà ce numéro."),
            ),
            models.UniqueConstraint(
                fields=["space"],
                condition=models.Q(state="draft"),
                name="cases_complexity_draft",
                violation_error_message=_("Une ébauche est déjà ouverte."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class ComplexityAssessment(models.Model):
    """What a version of the rules said of a case at a moment, with all that was known then. Never edited."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    # Nothing while the démarche has adopted none: the criteria to begin with.
    rules = models.ForeignKey(ComplexityRules, on_delete=models.PROTECT, related_name="+", null=True)
    outcome = models.CharField(_("verdict"), max_length=12, choices=ComplexityOutcome.choices)
    items = models.JSONField(_("critère par critère"))  # ``rules.complexity_edition.verdict_json``
    cause = models.CharField(_("à la suite de"), max_length=10, choices=AssessmentCause.choices)
    at = models.DateTimeField(_("le"))
    # The same for who does not accompany the household: judged on what everybody of the team may know, and since when
    # and why it says so. What is reserved moves none of the three.
    open_outcome = models.CharField(_("verdict"), max_length=12, choices=ComplexityOutcome.choices)
    open_cause = models.CharField(_("à la suite de"), max_length=10, choices=AssessmentCause.choices)
    open_at = models.DateTimeField(_("le"))

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("verdict des règles")
        indexes = [models.Index(fields=["space", "case", "-at"], name="cases_assessment_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"


class ComplexityDecision(models.Model):
    """The liaison agent says whether a case is complex, and why. A new decision is a new row."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    assessment = models.ForeignKey(ComplexityAssessment, on_delete=models.PROTECT, related_name="+", null=True)
    complex = models.BooleanField(_("cas complexe"))
    reason = models.TextField(_("pourquoi"))
    author = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True)
    at = models.DateTimeField(pgettext_lazy("décision", "le"))

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("décision sur un cas complexe")
        indexes = [models.Index(fields=["space", "case", "-at"], name="cases_complex_decision")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.complex}"


class CaseFlag(models.Model):
    """What only a person knows of a case, with who said it and when. A new answer is a new row; the last one holds."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("question"), max_length=24, choices=FlagKind.choices)
    value = models.CharField(_("réponse"), max_length=8, choices=FlagValue.choices)
    note = models.CharField(_("précision"), max_length=200, blank=True)
    author = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True)
    at = models.DateTimeField(pgettext_lazy("réponse", "le"))

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("réponse de l’équipe sur un dossier")
        indexes = [models.Index(fields=["space", "case", "kind", "-at"], name="cases_flag_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"
