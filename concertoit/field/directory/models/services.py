"""A service that somebody offers to the public."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped


class Service(TimeStamped):
    """A service of an organisation (HSDS ``service``). Retired, never deleted, once a referral points to it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("organisme")
    )
    name = models.CharField(_("nom"), max_length=200)
    retired_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("service")

    def __str__(self) -> str:
        return self.name
