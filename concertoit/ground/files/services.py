"""Files in, files retired. Nothing is destroyed here: retention does that (``ground.privacy``)."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError
from concertoit.ground.core.spoken import number
from concertoit.ground.files import policies, rules
from concertoit.ground.files.models import Attachment

_REFUSALS = {
    "empty": gettext_lazy("Le fichier est vide."),
    "unknown": gettext_lazy(
        "Ce type de fichier n’est pas accepté. Acceptés : PDF, Word, Excel, LibreOffice, images JPG, PNG ou WebP, texte."
    ),
    "mismatch": gettext_lazy("Le contenu du fichier n’est pas ce que dit son nom. Vérifiez l’extension."),
    "macro": gettext_lazy("Ce document contient des macros. Enregistrez-le sans macros, puis joignez-le de nouveau."),
    "old_office": gettext_lazy(
        "Ce document est d’un ancien format ou protégé par un mot de passe. Enregistrez-le en .docx, .xlsx ou PDF."
    ),
    "heic": gettext_lazy(
        "Les photos HEIC gardent le lieu de la prise de vue. Enregistrez la photo en JPG, puis joignez-la de nouveau."
    ),
    "broken": gettext_lazy("Le fichier est abîmé ou incomplet. Ouvrez-le et enregistrez-le de nouveau."),
}


def attach(
    *, actor: Any, upload: UploadedFile[Any], object_type: str, object_id: object, space_id: int | None = None
) -> Attachment:
    """Keep a file with an object: checked, without the metadata of pictures, once.

    The same content twice on the same object is one attachment. Raises ``NotVisible`` or ``NotAllowed`` by the policy of
    the object, ``DomainError`` (field ``file``) for a file that may not come in.
    """
    policies.must_write(actor, object_type, str(object_id))
    return keep(actor=actor, upload=upload, object_type=object_type, object_id=object_id, space_id=space_id)


def keep(
    *, actor: Any, upload: UploadedFile[Any], object_type: str, object_id: object, space_id: int | None = None
) -> Attachment:
    """Keep a file whose holder was asked by the caller: a personal link lets in somebody who has no account (``actor`` is
    nobody). Checked, cleaned and kept once, as by ``attach``.

    Raises ``DomainError`` (field ``file``) for a file that may not come in.
    """
    key = str(object_id)
    name, media_type, content = _checked(upload)
    digest = hashlib.sha256(content).hexdigest()
    here = Attachment.objects.filter(object_type=object_type, object_id=key, sha256=digest, retired_at=None)
    if same := here.first():
        return same
    attachment = Attachment(
        space_id=space_id, object_type=object_type, object_id=key, name=name, media_type=media_type,
        size=len(content), sha256=digest, created_on=timezone.localdate(), uploaded_by_id=getattr(actor, "pk", None),
        file=ContentFile(content, name=name),
    )  # fmt: skip
    try:
        with transaction.atomic():
            attachment.save()
            _journal(actor, "files.attached", attachment, after={"size": len(content), "sha256": digest})
    except Exception:
        if getattr(attachment.file, "_committed", False):  # the bytes are outside the transaction
            attachment.file.delete(save=False)
        raise
    return attachment


def _checked(upload: UploadedFile[Any]) -> tuple[str, str, bytes]:
    """Name, type and content of a file that may come in."""
    most: int = settings.FILES_MAX_BYTES
    if (upload.size or 0) > most:
        size = number(most // (1024 * 1024))
        raise DomainError(_("Le fichier dépasse %(size)s Mo.") % {"size": size}, field="file")
    name, content = rules.clean_name(upload.name or ""), upload.read()
    try:
        media_type = rules.media_type(content, name)
        return name, media_type, rules.without_metadata(content, media_type)
    except rules.Refused as refusal:
        raise DomainError(_REFUSALS[refusal.code], field="file") from refusal


@transaction.atomic
def retire(*, actor: Any, attachment: Attachment) -> None:
    """Take a file away from its object; it can be brought back. Twice changes nothing."""
    policies.must_write(actor, attachment.object_type, attachment.object_id)
    if attachment.retired_at is None:
        attachment.retired_at = timezone.now()
        attachment.save(update_fields=["retired_at", "updated_at"])
        _journal(actor, "files.retired", attachment, before=True)


@transaction.atomic
def bring_back(*, actor: Any, attachment: Attachment) -> None:
    """Undo ``retire``."""
    policies.must_write(actor, attachment.object_type, attachment.object_id)
    if attachment.retired_at is not None:
        attachment.retired_at = None
        attachment.save(update_fields=["retired_at", "updated_at"])
        _journal(actor, "files.brought_back", attachment)


def _journal(
    actor: Any, verb: str, attachment: Attachment, *, before: bool = False, after: dict[str, Any] | None = None
) -> None:  # fmt: skip
    """A line in the history of the object that holds the file; the name of a private one is left out."""
    private = policies.is_private(attachment.object_type)
    told: dict[str, Any] = {} if private else {"name": attachment.name}
    record(
        actor=actor,
        verb=verb,
        object_type=attachment.object_type,
        object_id=attachment.object_id,
        object_label=str(Attachment._meta.verbose_name) if private else attachment.name,
        space_id=attachment.space_id,
        before=told if before else None,
        after=None if before else told | (after or {}),
    )
