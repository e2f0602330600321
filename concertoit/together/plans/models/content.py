"""What a version of a plan says."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
from concertoit.together.plans.enums import (
    ACTOR_KIND_LABELS,
    ACTOR_ROLE_LABELS,
    NODE_KIND_LABELS,
    SECTION_KIND_LABELS,
    STEP_STATE_LABELS,
    LinkKind,
    Phase,
    PlanKind,
    VersionState,
    choices,
)


class Plan(TimeStamped):
    """A plan of a démarche, through all its versions."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("type"), max_length=20, choices=PlanKind.choices, default=PlanKind.ACTION_PLAN)
    title = models.CharField(_("titre"), max_length=200)
    starts_on = models.DateField(_("début"), null=True, blank=True)
    ends_on = models.DateField(_("fin"), null=True, blank=True)

    class Meta:
        ordering = ["space_id", "-starts_on", "-id"]
        verbose_name = _("plan")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="plans_plan_dates",
                violation_error_message=_("La fin du plan doit suivre son début."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class PlanVersion(TimeStamped):
    """A version: one draft and one current at most; a frozen one keeps its canonical text and the text's SHA-256."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("numéro"))
    label = models.CharField(_("nom"), max_length=120, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    adopted_on = models.DateField(_("adoptée le"), null=True, blank=True)
    frozen_at = models.DateTimeField(_("figée le"), null=True, blank=True)
    frozen_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    snapshot = models.TextField(blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["plan_id", "-number"]
        verbose_name = _("version")
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plans_version_number"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(state="current"),
                name="plans_one_current",
                violation_error_message=_("Une seule version peut être en vigueur."),
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(state="draft"),
                name="plans_one_draft",
                violation_error_message=_("Il y a déjà une ébauche. Terminez-la ou abandonnez-la d’abord."),
            ),
        ]

    def __str__(self) -> str:
        return self.label or _("Version %(number)s") % {"number": self.number}

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None


class PlanItem(TimeStamped):
    """The identity of one element through all versions, and where it stands today.

    ``state`` speaks of steps (and of what has no step under it); ``phase`` of actions and outcomes. ``state_note`` is
    the reason for dropping, or the condition that unblocks.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10, choices=choices(NODE_KIND_LABELS))
    state = models.CharField(_("état"), max_length=10, choices=choices(STEP_STATE_LABELS), default="todo")
    state_note = models.TextField(_("motif ou condition"), blank=True)
    state_on = models.DateField(_("depuis le"), null=True, blank=True)
    due_on = models.DateField(
        _("échéance"), null=True, blank=True, help_text=_("Vide : l’échéance vient de la période du plan.")
    )
    phase = models.CharField(_("phase"), max_length=10, choices=Phase.choices, default=Phase.PLANNED)
    outlook = models.ForeignKey(
        "plans.Outlook", on_delete=models.SET_NULL, related_name="+", null=True, blank=True, editable=False
    )
    last_news_at = models.DateTimeField(_("dernières nouvelles"), null=True, blank=True)

    class Meta:
        ordering = ["plan_id", "id"]
        verbose_name = _("élément du plan")
        indexes = [
            models.Index(fields=["space", "kind", "state"], name="plans_item_state"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class PlanNode(models.Model):
    """What one version says of one item. ``order`` is its place in the whole version, in reading order."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="nodes")
    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="nodes")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, related_name="children", null=True, blank=True)
    # Derived at each writing, so that counting the steps of an action or of an axis is one grouped query.
    action = models.ForeignKey(
        "self", on_delete=models.CASCADE, related_name="+", null=True, blank=True, editable=False
    )
    axis = models.ForeignKey("self", on_delete=models.CASCADE, related_name="+", null=True, blank=True, editable=False)
    due_on = models.DateField(null=True, blank=True, editable=False)
    kind = models.CharField(max_length=10, choices=choices(NODE_KIND_LABELS))
    order = models.PositiveIntegerField(default=0)
    written = models.CharField(_("numéro"), max_length=40, blank=True)
    canonical = models.CharField(max_length=40, blank=True)
    title = models.TextField(_("titre"), blank=True)
    description = models.TextField(_("description"), blank=True)
    group = models.CharField(_("sous-titre"), max_length=200, blank=True)
    period_written = models.CharField(_("échéancier"), max_length=200, blank=True)
    starts_on = models.DateField(_("début"), null=True, blank=True)
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    continuous = models.BooleanField(_("en continu"), default=False)
    budget = models.DecimalField(_("budget"), max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["version_id", "order", "id"]
        verbose_name = _("élément d’une version")
        indexes = [
            models.Index(fields=["version", "order"], name="plans_node_order"),
            models.Index(fields=["space", "version", "kind"], name="plans_node_kind"),
            models.Index(fields=["version", "action"], name="plans_node_action"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["version", "item"], name="plans_node_item"),
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="plans_node_dates",
                violation_error_message=_("La fin doit suivre le début."),
            ),
            models.CheckConstraint(
                condition=models.Q(budget__isnull=True) | models.Q(budget__gte=0),
                name="plans_node_budget",
                violation_error_message=_("Un budget ne peut pas être négatif."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()

    @property
    def code(self) -> str:
        """The number people see: as written, else its place in the outline."""
        return self.written or self.canonical


class NodeActor(models.Model):
    """An organisation or a committee in a role on a node, with the words of the plan."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="+")
    node = models.ForeignKey(PlanNode, on_delete=models.CASCADE, related_name="actors")
    role = models.CharField(_("rôle"), max_length=15, choices=choices(ACTOR_ROLE_LABELS))
    kind = models.CharField(max_length=20, choices=choices(ACTOR_KIND_LABELS), default="organisation")
    organisation = models.ForeignKey(
        "identity.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("organisme"),
    )
    committee = models.ForeignKey(
        "spaces.Committee",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("comité"),
    )
    name = models.TextField(_("nom dans le plan"))
    precision = models.CharField(_("précision"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["node_id", "position", "id"]
        verbose_name = _("acteur")
        indexes = [
            models.Index(fields=["version", "role"], name="plans_actor_role"),
            models.Index(fields=["organisation", "role"], name="plans_actor_org"),
        ]

    def __str__(self) -> str:
        return self.name


class NodeLink(models.Model):
    """A link from one node to another item of the same plan, kept as written even where it could not be resolved."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="+")
    node = models.ForeignKey(PlanNode, on_delete=models.CASCADE, related_name="links")
    target = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    target_written = models.CharField(_("cible, telle qu’écrite"), max_length=60, blank=True)
    kind = models.CharField(_("lien"), max_length=10, choices=LinkKind.choices, default=LinkKind.RELATED)
    note = models.CharField(_("précision"), max_length=300, blank=True)

    class Meta:
        ordering = ["node_id", "id"]
        verbose_name = _("lien")

    def __str__(self) -> str:
        return self.target_written or f"#{self.target_id}"


class BudgetLine(models.Model):
    """A planned amount of a node, by year, fiscal agent and source."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="+")
    node = models.ForeignKey(PlanNode, on_delete=models.CASCADE, related_name="budget_lines")
    year = models.CharField(_("année"), max_length=40, blank=True)
    amount = models.DecimalField(_("montant"), max_digits=12, decimal_places=2)
    fiscal_agent = models.CharField(_("fiduciaire"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        ordering = ["node_id", "id"]
        verbose_name = _("ligne de budget")

    def __str__(self) -> str:
        return f"{self.year} {self.amount}"


class NodePriority(models.Model):
    """A node tagged with a cross-cutting priority of its démarche."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="+")
    node = models.ForeignKey(PlanNode, on_delete=models.CASCADE, related_name="priorities")
    priority = models.ForeignKey("spaces.CrossCuttingPriority", on_delete=models.CASCADE, related_name="+")
    narrative = models.TextField(_("comment"), blank=True)

    class Meta:
        ordering = ["node_id", "priority_id"]
        constraints = [models.UniqueConstraint(fields=["node", "priority"], name="plans_node_priority")]

    def __str__(self) -> str:
        return f"{self.node_id}:{self.priority_id}"


class PlanSection(models.Model):
    """A text of the funder's form that goes with a version."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="sections")
    kind = models.CharField(_("partie"), max_length=20, choices=choices(SECTION_KIND_LABELS))
    heading = models.CharField(_("titre"), max_length=200, blank=True)
    body = models.TextField(_("texte"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["version_id", "position", "id"]
        verbose_name = _("texte du plan")

    def __str__(self) -> str:
        return self.heading or self.kind
