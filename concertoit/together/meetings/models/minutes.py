"""What a meeting leads to: information, decisions, follow-ups; and its minutes, in versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
from concertoit.together.meetings.enums import MinutesState, OutcomeKind
from concertoit.together.meetings.models.meeting import AgendaItem, Meeting


class Outcome(TimeStamped):
    """What a point led to. A follow-up says who and by when; ``change`` is what it changed in the plan, as plain values.

    Who: a participation, an organisation, or words (``who_written``) where neither is a row.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="outcomes")
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, related_name="outcomes", null=True, blank=True)
    kind = models.CharField(_("sorte"), max_length=12, choices=OutcomeKind.choices)
    text = models.TextField(_("texte"))
    position = models.PositiveSmallIntegerField(default=0)
    membership = models.ForeignKey(
        "spaces.Membership", on_delete=models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("qui")
    )
    organisation = models.ForeignKey(
        "identity.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("organisme"),
    )
    who_written = models.CharField(_("qui"), max_length=200, blank=True)
    due_on = models.DateField(_("pour le"), null=True, blank=True)
    done_at = models.DateTimeField(_("faite le"), null=True, blank=True)
    done_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    done_note = models.CharField(_("mot"), max_length=300, blank=True)
    plan_item = models.ForeignKey("plans.PlanItem", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    change = models.JSONField(default=dict, blank=True)
    written_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting_id", "position", "id"]
        verbose_name = _("suite d’une rencontre")
        indexes = [
            models.Index(fields=["space", "kind", "done_at"], name="meetings_outcome_open"),
            models.Index(fields=["space", "plan_item"], name="meetings_outcome_plan"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class MinutesVersion(TimeStamped):
    """A version of the minutes: a frozen text with its SHA-256. One at most is approved, at a next meeting."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="minutes")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("état"), max_length=10, choices=MinutesState.choices, default=MinutesState.DRAFT)
    snapshot = models.TextField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    note = models.TextField(_("ce qui change"), blank=True)
    written_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    # ids of the invitations to whom this version was sent, so that nobody receives it twice
    sent_to = models.JSONField(default=list, blank=True, editable=False)
    approved_at = models.DateTimeField(_("approuvé le"), null=True, blank=True)
    approved_in = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("approuvé à")
    )

    class Meta:
        ordering = ["meeting_id", "-number"]
        verbose_name = _("procès-verbal")
        indexes = [models.Index(fields=["space", "state"], name="meetings_minutes_state")]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="meetings_minutes_number"),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=models.Q(state="approved"),
                name="meetings_minutes_approved",
                violation_error_message=_("Ce procès-verbal est déjà approuvé."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.meeting_id} v{self.number}"
