"""Adoption of a plan in the database: the draft proposed part by part, minor corrections, receipts of deposits."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
from concertoit.together.decisions.enums import PROCESS_LABELS, choices
from concertoit.together.decisions.models.consent import ConsentRound, ConsentSession


class Adoption(TimeStamped):
    """A draft proposed for adoption by a session; once all is adopted, its record is frozen with its hash."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    session = models.OneToOneField(ConsentSession, on_delete=models.CASCADE, related_name="adoption")
    plan = models.ForeignKey("plans.Plan", on_delete=models.RESTRICT, related_name="+")
    # Nothing once the draft was abandoned; a version in force is never deleted.
    version = models.ForeignKey(
        "plans.PlanVersion", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    version_number = models.PositiveIntegerField(_("version proposée"))
    adopted_on = models.DateField(_("adoptée le"), null=True, blank=True)
    abandoned_at = models.DateTimeField(_("abandonnée le"), null=True, blank=True)
    record = models.TextField(blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    frozen_at = models.DateTimeField(_("figée le"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("adoption")
        indexes = [models.Index(fields=["space", "frozen_at"], name="decisions_adoption_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(frozen_at__isnull=True, abandoned_at__isnull=True),
                name="decisions_one_adoption",
                violation_error_message=_("Une adoption de ce plan est déjà en cours."),
            )
        ]

    def __str__(self) -> str:
        return str(self.session)


class MinorCorrection(TimeStamped):
    """A correction of wording « telle qu’entendue »: to an adopted part before freezing (``round``), or afterwards from
    one version in force to the next (``to_version``). The frozen one is never touched."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey("plans.Plan", on_delete=models.RESTRICT, related_name="+")
    round = models.ForeignKey(
        ConsentRound, on_delete=models.CASCADE, related_name="corrections", null=True, blank=True
    )
    from_version = models.ForeignKey(
        "plans.PlanVersion", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    to_version = models.ForeignKey(
        "plans.PlanVersion", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    before = models.TextField(editable=False)
    after = models.TextField(editable=False)
    before_sha256 = models.CharField(max_length=64, editable=False)
    after_sha256 = models.CharField(max_length=64, editable=False)
    body = models.ForeignKey(
        "spaces.GoverningBody",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("décidée par"),
    )
    decided_on = models.DateField(_("décidée le"))
    note = models.TextField(_("ce qui a été entendu"))
    recorded_by = models.ForeignKey(
        "identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["-decided_on", "-id"]
        verbose_name = _("correction mineure")

    def __str__(self) -> str:
        return f"{self.decided_on} {self.note[:40]}"


class DepositReceipt(TimeStamped):
    """What the authority answered to a filing: the date and reference of its receipt; its file hangs on this row."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    filing = models.OneToOneField("plans.Filing", on_delete=models.RESTRICT, related_name="+")
    received_on = models.DateField(_("reçu le"))
    reference = models.CharField(_("numéro ou référence"), max_length=120, blank=True)
    received_by = models.CharField(_("au nom de"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(
        "identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["-received_on", "-id"]
        verbose_name = _("accusé de réception")

    def __str__(self) -> str:
        return f"{self.received_on} {self.reference}".strip()


class CycleLink(TimeStamped):
    """What carries out a step of the planning cycle (L2): ``kind`` and the id of a workshop, a review, a session…

    Both ends are ids: a step that is taken out of the cycle leaves a link that shows nothing.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    step_id = models.BigIntegerField()
    kind = models.CharField(max_length=20, choices=choices(PROCESS_LABELS))
    object_id = models.BigIntegerField()

    class Meta:
        ordering = ["step_id", "id"]
        verbose_name = _("lien d’une étape")
        constraints = [models.UniqueConstraint(fields=["step_id", "kind", "object_id"], name="decisions_cycle_link")]

    def __str__(self) -> str:
        return f"{self.step_id}: {self.kind} {self.object_id}"
