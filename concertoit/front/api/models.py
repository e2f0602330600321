"""Keys that other systems use: a 311 that sends reports and follows them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped


class ApiKey(TimeStamped):
    """A key given to one system in one démarche. The table keeps its digest: the key itself is shown once."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="+")
    system = models.CharField(_("système"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    ends_with = models.CharField(_("se termine par"), max_length=4, editable=False)
    made_by = models.ForeignKey("identity.User", on_delete=models.SET_NULL, related_name="+", null=True)
    last_sent_at = models.DateTimeField(_("dernier envoi"), null=True, blank=True)
    retired_at = models.DateTimeField(_("retirée le"), null=True, blank=True)

    class Meta:
        ordering = ["space_id", "-created_at", "-id"]
        verbose_name = _("clé d’un système")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "system"],
                condition=models.Q(retired_at=None),
                name="api_key_system",
                violation_error_message=_("Ce système a déjà une clé."),
            )
        ]

    def __str__(self) -> str:
        return self.system
