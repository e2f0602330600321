"""The welcome of somebody who joins a démarche: when they are met, and whether it is done."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped
from concertoit.together.meetings.models.meeting import Meeting


class Welcome(TimeStamped):
    """The integration of one participation: a meeting of the calendar, or just a day; ``welcomed_on`` once it is done."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    membership = models.OneToOneField("spaces.Membership", on_delete=models.CASCADE, related_name="+")
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("rencontre d’intégration"),
    )
    on = models.DateField(_("jour"), null=True, blank=True)
    place = models.CharField(_("lieu"), max_length=200, blank=True)
    welcomed_on = models.DateField(_("accueil fait le"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("accueil")
        indexes = [models.Index(fields=["space", "welcomed_on"], name="meetings_welcome_space")]

    def __str__(self) -> str:
        return f"{self.membership_id}"
