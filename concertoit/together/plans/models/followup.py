"""What happens to the items of a plan. Published texts are added, dated and signed; they are not overwritten."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
from concertoit.together.plans.enums import BUDGET_KIND_LABELS, Direction, OutlookValue, choices
from concertoit.together.plans.models.content import PlanItem


class ProgressNote(models.Model):
    """Where an item is, in words, on a date. A correction is another note that replaces it on screen."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="notes")
    body = models.TextField(_("note"))
    at = models.DateTimeField(_("date"))
    author = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    author_label = models.CharField(max_length=200, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="replaced_by", null=True, blank=True
    )

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("note d’avancement")
        indexes = [models.Index(fields=["item", "-at"], name="plans_note_item")]

    def __str__(self) -> str:
        return self.body[:60]


class Outlook(models.Model):
    """La météo of an action: a judgement, its reason, who and when."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="outlooks")
    value = models.CharField(_("météo"), max_length=10, choices=OutlookValue.choices)
    reason = models.TextField(_("raison"))
    at = models.DateTimeField(_("date"))
    author = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    author_label = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("météo")
        indexes = [models.Index(fields=["item", "-at"], name="plans_outlook_item")]

    def __str__(self) -> str:
        return f"{self.value} {self.at:%Y-%m-%d}"


class Comment(TimeStamped):
    """A remark about an item; people named with @ are told."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="comments")
    body = models.TextField(_("commentaire"))
    author = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    mentions = models.ManyToManyField("identity.User", related_name="+", blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        verbose_name = _("commentaire")

    def __str__(self) -> str:
        return self.body[:60]


class Indicator(TimeStamped):
    """A sign of progress with, where people have them, a baseline, a target, a unit and a direction."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="indicators")
    title = models.CharField(_("indicateur"), max_length=300)
    unit = models.CharField(_("unité"), max_length=40, blank=True)
    direction = models.CharField(_("sens"), max_length=5, choices=Direction.choices, default=Direction.UP)
    baseline = models.CharField(_("départ"), max_length=120, blank=True)
    baseline_value = models.DecimalField(_("valeur de départ"), max_digits=14, decimal_places=3, null=True, blank=True)
    target = models.CharField(_("cible"), max_length=120, blank=True)
    target_value = models.DecimalField(_("valeur cible"), max_digits=14, decimal_places=3, null=True, blank=True)
    target_on = models.DateField(_("cible pour le"), null=True, blank=True)
    source = models.CharField(_("source des mesures"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["item_id", "position", "id"]
        verbose_name = _("indicateur")

    def __str__(self) -> str:
        return self.title


class Measure(TimeStamped):
    """A value of an indicator on a date, with its source and its author."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="measures")
    on = models.DateField(_("date"))
    value = models.DecimalField(_("valeur"), max_digits=14, decimal_places=3)
    source = models.CharField(_("source"), max_length=300)
    note = models.TextField(_("note"), blank=True)
    author = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["indicator_id", "on", "id"]
        verbose_name = _("mesure")
        indexes = [models.Index(fields=["indicator", "on"], name="plans_measure_on")]

    def __str__(self) -> str:
        return f"{self.value} ({self.on})"


class Contest(TimeStamped):
    """A figure contested, with a source; it stays visible beside the figure until it is answered."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="contests")
    reason = models.TextField(_("ce qui est contesté"))
    source = models.CharField(_("source"), max_length=300)
    proposed_value = models.DecimalField(_("valeur proposée"), max_digits=14, decimal_places=3, null=True, blank=True)
    author = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    answer = models.TextField(_("réponse"), blank=True)
    accepted = models.BooleanField(_("retenue"), null=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["measure_id", "id"]
        verbose_name = _("contestation")

    def __str__(self) -> str:
        return self.reason[:60]


class Spending(TimeStamped):
    """An amount committed or spent on an item (what is planned belongs to the version)."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="spendings")
    kind = models.CharField(_("nature"), max_length=10, choices=choices(BUDGET_KIND_LABELS)[1:])
    on = models.DateField(_("date"))
    year = models.CharField(_("année"), max_length=40, blank=True)
    amount = models.DecimalField(_("montant"), max_digits=12, decimal_places=2)
    fiscal_agent = models.CharField(_("fiduciaire"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    author = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["item_id", "on", "id"]
        verbose_name = _("dépense")
        indexes = [models.Index(fields=["space", "kind"], name="plans_spending_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class UpdateRequest(TimeStamped):
    """« Où en est-ce ? », asked to somebody by a personal link that needs no account."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="update_requests")
    membership = models.ForeignKey(
        "spaces.Membership", on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    email = models.EmailField(_("courriel"))
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    asked_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    next_reminder_on = models.DateField(null=True, blank=True)
    muted = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("demande de nouvelles")
        indexes = [models.Index(fields=["space", "answered_at"], name="plans_ask_open")]

    def __str__(self) -> str:
        return f"#{self.item_id} → {self.email}"
