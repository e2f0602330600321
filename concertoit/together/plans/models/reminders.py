"""What was sent to whom so that an item gives news, and the personal calendar addresses."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
from concertoit.together.plans.models.content import PlanItem


class Reminder(TimeStamped):
    """Reminders about one item: when the last one left, and whether somebody asked for silence.

    When the next one leaves is a rule (``rules.staleness.next_reminder``), not a column: it follows what happens.
    """

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    item = models.OneToOneField(PlanItem, on_delete=models.CASCADE, related_name="reminder")
    last_sent_on = models.DateField(_("dernier rappel"), null=True, blank=True)
    sent = models.PositiveSmallIntegerField(default=0)
    muted_at = models.DateTimeField(_("en sourdine depuis"), null=True, blank=True)
    muted_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["item_id"]
        verbose_name = _("rappel")

    def __str__(self) -> str:
        return f"#{self.item_id}"


class CalendarLink(TimeStamped):
    """The personal calendar address of a membership: ``key`` goes into a signed address, deleting the row revokes it."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    membership = models.OneToOneField("spaces.Membership", on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["membership_id"]
        verbose_name = _("adresse de calendrier")

    def __str__(self) -> str:
        return f"#{self.membership_id}"
