"""The change strategy (I1): what is expected to change, by what signs it is seen, and what people judge of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
from concertoit.insight.evaluation.enums import ChangeKind, Seen


class StrategyAxis(TimeStamped):
    """An axis of the strategy, which may be one of the plan's."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(_("numéro"))
    name = models.CharField(_("nom"), max_length=200)
    item = models.ForeignKey(
        "plans.PlanItem", on_delete=models.SET_NULL, related_name="+", null=True, blank=True,
        verbose_name=_("axe du plan"),
    )  # fmt: skip

    class Meta:
        ordering = ["space_id", "number"]
        verbose_name = _("axe de la stratégie")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "number"],
                name="evaluation_axis_number",
                violation_error_message=_("Un axe porte déjà ce numéro."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class ExpectedChange(TimeStamped):
    """A change that the démarche wants to see, in whom."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("sorte"), max_length=10, choices=ChangeKind.choices)
    text = models.CharField(_("changement attendu"), max_length=400)
    audience = models.CharField(_("chez qui"), max_length=160, blank=True)
    axes = models.ManyToManyField(StrategyAxis, related_name="+", blank=True, verbose_name=_("axes"))
    position = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(_("retiré le"), null=True, blank=True)
    retired_reason = models.CharField(_("pourquoi"), max_length=300, blank=True)

    class Meta:
        ordering = ["space_id", "kind", "position", "id"]
        verbose_name = _("changement attendu")
        indexes = [models.Index(fields=["space", "kind", "position"], name="evaluation_change_space")]

    def __str__(self) -> str:
        return self.text


class Sign(TimeStamped):
    """A sign by which a change is seen: counted by the platform (``metric``), or written by people with its source."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    change = models.ForeignKey(ExpectedChange, on_delete=models.CASCADE, related_name="signs")
    name = models.CharField(_("signe"), max_length=200)
    metric = models.CharField(_("compté par la plateforme"), max_length=60, blank=True)
    unit = models.CharField(_("unité"), max_length=40, blank=True)
    baseline = models.DecimalField(_("départ"), max_digits=14, decimal_places=3, null=True, blank=True)
    target = models.DecimalField(_("cible"), max_digits=14, decimal_places=3, null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    retired_on = models.DateField(_("retiré le"), null=True, blank=True)

    class Meta:
        ordering = ["change_id", "id"]
        verbose_name = _("signe de changement")

    def __str__(self) -> str:
        return self.name


class SignValue(models.Model):
    """A value of a sign for a period, kept as it was read: what is counted later never changes it."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    sign = models.ForeignKey(Sign, on_delete=models.CASCADE, related_name="values")
    since = models.DateField(_("du"))
    until = models.DateField(_("au"))
    value = models.DecimalField(_("valeur"), max_digits=14, decimal_places=3)
    out_of = models.PositiveIntegerField(_("sur"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    note = models.CharField(_("précision"), max_length=300, blank=True)
    read_at = models.DateTimeField(_("lue le"))
    read_by = models.CharField(_("par"), max_length=160)

    class Meta:
        ordering = ["sign_id", "until", "id"]
        verbose_name = _("valeur d’un signe")
        indexes = [models.Index(fields=["sign", "until"], name="evaluation_value_sign")]

    def __str__(self) -> str:
        return f"{self.value}"


class Reading(models.Model):
    """What people judge of a change on a day, with their reason. Appended, dated and signed."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    change = models.ForeignKey(ExpectedChange, on_delete=models.CASCADE, related_name="readings")
    on = models.DateField(_("le"))
    seen = models.CharField(_("le voit-on?"), max_length=10, choices=Seen.choices)
    words = models.TextField(_("ce qui le fait dire"))
    by = models.CharField(_("par"), max_length=160)
    written_at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = _("lecture d’un changement")
        indexes = [models.Index(fields=["change", "-on"], name="evaluation_reading_change")]

    def __str__(self) -> str:
        return f"{self.on} {self.seen}"
