"""The one door to the journal: services of every room call it inside their own transaction."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit import queries
from concertoit.ground.audit.models import Entry
from concertoit.ground.audit.policies import must_view
from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.ground.core.spoken import date_short, time_of_day


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
    at: datetime | None = None,
) -> Entry:
    """Write one line. ``actor`` is a user, or nothing for the system. ``before``/``after`` are plain JSON values. ``at``
    is when it happened, for what is told afterwards.

    Raises ``DomainError`` outside a transaction: a change and its line land together or not at all.
    """
    if not transaction.get_connection().in_atomic_block:
        raise DomainError("journal outside a transaction")
    known = actor is not None and getattr(actor, "pk", None)
    return Entry.objects.create(
        at=at or timezone.now(),
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


def record_row(
    row: Any,
    label: object,
    *,
    actor: Any,
    verb: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    note: object = "",
    at: datetime | None = None,
) -> Entry:
    """Write one line about a row of a démarche, which its model, its key and its ``space`` name; see ``record``.

    ``label`` is what people read for it: never the name of somebody the journal must not know.
    """
    return record(
        actor=actor,
        verb=verb,
        object_type=row._meta.label_lower,
        object_id=row.pk,
        object_label=str(label),
        space_id=row.space_id,
        before=before,
        after=after,
        note=str(note),
        at=at,
    )


@transaction.atomic
def restore(*, actor: Any, entry_id: int) -> Entry:
    """Put an object back as it was before a line, through the service of its room, and say so in the journal.

    Raises ``NotVisible`` for a history one may not read, ``NotAllowed`` for an object one may not restore,
    ``DomainError`` where nothing can be restored, and whatever the room's own service refuses.
    """
    entry = queries.entry(entry_id)
    kind = must_view(actor, entry)
    assert entry is not None  # noqa: S101 - must_view raised otherwise
    if kind.restore is None or not entry.before:
        raise DomainError(_("Ce changement ne se rétablit pas de lui-même. Corrigez la fiche."))
    if not kind.may_restore(actor, entry):
        raise NotAllowed("")
    kind.restore(entry, actor)
    at = timezone.localtime(entry.at)
    return record(
        actor=actor,
        verb="audit.restore",
        object_type=entry.object_type,
        object_id=entry.object_id,
        object_label=entry.object_label,
        space_id=entry.space_id,
        note=f"{date_short(at)}, {time_of_day(at)}",
    )
