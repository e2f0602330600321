"""A person was sent to a resource: with their consent, and until one knows what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.field.logbook.enums import Destination, ReferralState
from concertoit.ground.core.models import TimeStamped


class Referral(TimeStamped):
    """A referral, without a name by default. ``service`` is a line of the directory; without one, its kind is told."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(
        "logbook.Entry", on_delete=models.CASCADE, related_name="referrals", null=True, blank=True
    )
    author = models.ForeignKey("spaces.Membership", on_delete=models.PROTECT, related_name="+", verbose_name=_("par"))
    on = models.DateField(_("date"))
    destination = models.CharField(_("vers"), max_length=10, choices=Destination.choices)
    service = models.ForeignKey(
        "directory.Service", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("ressource"),
    )  # fmt: skip
    main_reason = models.ForeignKey(
        "logbook.Term", on_delete=models.PROTECT, related_name="+", verbose_name=_("raison principale")
    )
    state = models.CharField(_("état"), max_length=10, choices=ReferralState.choices, default=ReferralState.PROPOSED)
    state_at = models.DateTimeField(_("depuis le"))

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name = _("référence")
        indexes = [
            models.Index(fields=["space", "on"], name="logbook_referral_day"),
            models.Index(fields=["space", "state", "state_at"], name="logbook_referral_state"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
