"""What goes in and out of a plan: imports, filings, the planning cycle, alignments with other démarches."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
from concertoit.together.plans.enums import AlignmentKind, AlignmentState, ImportState
from concertoit.together.plans.models.content import Plan, PlanItem, PlanVersion


class PlanImport(TimeStamped):
    """A document brought in: as understood, as corrected by the person, then confirmed, and undone if need be.

    A document that may be long is first ``reading``, by the job that ``job`` names; ``problem`` says why it could not be.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    version = models.ForeignKey(PlanVersion, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    name = models.CharField(_("document"), max_length=200)
    source = models.BinaryField(editable=False)
    source_sha256 = models.CharField(max_length=64)
    understanding = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict, blank=True)
    undo = models.JSONField(default=dict, blank=True)
    job = models.ForeignKey("core.Job", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    problem = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.PREVIEW)
    created_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("import")

    def __str__(self) -> str:
        return self.name


class CycleStep(TimeStamped):
    """A step of the planning cycle, held by a body: what was to be done, what was done, who took part."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="cycle")
    body = models.ForeignKey(
        "spaces.GoverningBody",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("instance"),
    )
    position = models.PositiveSmallIntegerField(default=0)
    when = models.CharField(_("quand, tel qu’écrit"), max_length=120, blank=True)
    on = models.DateField(_("date"), null=True, blank=True)
    title = models.CharField(_("étape"), max_length=300)
    detail = models.TextField(_("ce qui a été fait"), blank=True)
    done_on = models.DateField(_("faite le"), null=True, blank=True)
    participants = models.ManyToManyField(
        "spaces.Membership", related_name="+", blank=True, verbose_name=_("y ont pris part")
    )

    class Meta:
        ordering = ["plan_id", "position", "id"]
        verbose_name = _("étape de la démarche")

    def __str__(self) -> str:
        return self.title


class Filing(TimeStamped):
    """A filing with the funder: the form as filed, frozen, with its hash."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="filings")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="filings")
    recipient = models.CharField(_("déposé à"), max_length=200)
    filed_on = models.DateField(_("déposé le"))
    filed_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    snapshot = models.TextField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["-filed_on", "-id"]
        verbose_name = _("dépôt")

    def __str__(self) -> str:
        return f"{self.recipient} {self.filed_on}"


class Alignment(TimeStamped):
    """A link between items of two plans of two démarches: proposed by one, accepted by the other, seen from both."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="+")
    other_space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    other_item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("lien"), max_length=12, choices=AlignmentKind.choices, default=AlignmentKind.COMPLEMENTS)
    note = models.TextField(_("explication"), blank=True)
    state = models.CharField(_("état"), max_length=10, choices=AlignmentState.choices, default=AlignmentState.PROPOSED)
    proposed_by = models.ForeignKey(
        "identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    answered_by = models.ForeignKey(
        "identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("réponse"), blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("arrimage")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "other_item"],
                condition=models.Q(state__in=["proposed", "accepted"]),
                name="plans_alignment_once",
                violation_error_message=_("Cet arrimage existe déjà."),
            ),
            models.CheckConstraint(
                condition=~models.Q(space=models.F("other_space")),
                name="plans_alignment_two",
                violation_error_message=_("Un arrimage relie deux démarches différentes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} ↔ {self.other_item_id}"
