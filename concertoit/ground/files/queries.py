"""Reads of attachments. The caller has read the object; the download asks its policy again."""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from concertoit.ground.files.models import Attachment


def attachments(object_type: str, object_id: object) -> list[Attachment]:
    """Files of an object, the newest first, those retired apart."""
    return list(
        Attachment.objects.filter(object_type=object_type, object_id=str(object_id), retired_at=None).order_by(
            "-created_at", "-pk"
        )
    )


def attachments_of(object_type: str, object_ids: Iterable[object]) -> dict[str, list[Attachment]]:
    """Files of many objects, by object id, in one query."""
    ids = [str(one) for one in object_ids]
    found: dict[str, list[Attachment]] = defaultdict(list)
    rows = Attachment.objects.filter(object_type=object_type, object_id__in=ids, retired_at=None)
    for attachment in rows.order_by("-created_at", "-pk"):
        found[attachment.object_id].append(attachment)
    return dict(found)


def find(uid: uuid.UUID) -> Attachment | None:
    return Attachment.objects.filter(uid=uid).first()
