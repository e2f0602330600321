"""The one door to the journal: services of every room call it inside their own transaction."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError


def record(
    *,
    actor: Any,
    verb: str,
    object_type: str,
    object_id: object,
    object_label: str = "",
    space_id: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    note: str = "",
) -> Entry:
    """Write one line. ``actor`` is a user, or nothing for the system. ``before``/``after`` are plain JSON values.

    Raises ``DomainError`` outside a transaction: a change and its line land together or not at all.
    """
    if not transaction.get_connection().in_atomic_block:
        raise DomainError("journal outside a transaction")
    known = actor is not None and getattr(actor, "pk", None)
    return Entry.objects.create(
        at=timezone.now(),
        space_id=space_id,
        actor_id=actor.pk if known else None,
        actor_label=str(actor)[:200] if known else "",
        verb=verb,
        object_type=object_type,
        object_id=str(object_id),
        object_label=object_label[:300],
        before=before or {},
        after=after or {},
        note=note,
    )
