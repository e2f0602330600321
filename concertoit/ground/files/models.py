"""Files attached to objects of any room; bytes are served only through the policy of the object they hang on."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.models import TimeStamped


def stored_path(attachment: "Attachment", filename: str) -> str:
    """Path under the storage root: by space, then a name that tells nothing."""
    return f"{attachment.space_id or 0}/{attachment.created_on:%Y/%m}/{attachment.uid}"


class Attachment(TimeStamped):
    """A file, checked for type and size when it came in."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    space_id = models.BigIntegerField(null=True)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    file = models.FileField(_("fichier"), upload_to=stored_path, max_length=200)
    name = models.CharField(_("nom"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    created_on = models.DateField(auto_now_add=True)
    # The uploader's id only: files lie below identity in the house, and the journal says who.
    uploaded_by_id = models.BigIntegerField(null=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="files_object")]
        verbose_name = _("pièce jointe")

    def __str__(self) -> str:
        return self.name
