"""Keeping the index: rooms call these in the transaction of their own change."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils import timezone

from concertoit.ground.search import rules
from concertoit.ground.search.models import Document
from concertoit.ground.search.policies import Doc, Searchable, searchable

BATCH = 500
_UPDATED = ["space_id", "title", "body", "url", "title_tokens", "body_tokens", "updated_at"]


def index(*, kind: str, object_id: object, title: str, url: str, body: str = "", space_id: int | None = None) -> None:
    """Keep one thing, or keep it anew. Raises ``LookupError`` for a kind nobody declared."""
    index_many(kind=kind, docs=[Doc(object_id, title, url, body, space_id)])


@transaction.atomic
def index_many(*, kind: str, docs: Iterable[Doc]) -> int:
    """Keep many things of a kind, in few statements; answers how many."""
    if searchable(kind) is None:
        raise LookupError(f"unknown kind: {kind}")
    rows, count, now = iter(docs), 0, timezone.now()
    while batch := list(islice(rows, BATCH)):
        # An object given twice is kept as it was given last: one statement cannot write a row twice.
        latest = {str(doc.object_id): doc for doc in batch}
        Document.objects.bulk_create(
            [_document(kind, doc, now) for doc in latest.values()],
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=_UPDATED,
        )
        count += len(latest)
    return count


def _document(kind: str, doc: Doc, now: datetime) -> Document:
    return Document(
        kind=kind,
        object_id=str(doc.object_id),
        space_id=doc.space_id,
        title=doc.title[:300],
        body=doc.body,
        url=doc.url,
        title_tokens=rules.tokens(doc.title),
        body_tokens=rules.tokens(doc.body),
        created_at=now,
        updated_at=now,
    )


@transaction.atomic
def remove(*, kind: str, object_ids: Iterable[object]) -> None:
    """Forget things that no longer exist or must no longer be found."""
    Document.objects.filter(kind=kind, object_id__in=[str(one) for one in object_ids]).delete()


@transaction.atomic
def reindex(*, of: Searchable) -> tuple[int, int]:
    """Make the index of a kind anew; answers how many were kept and how many forgotten."""
    started = timezone.now()
    kept = index_many(kind=of.kind, docs=of.rows())
    forgotten, __ = Document.objects.filter(kind=of.kind, updated_at__lt=started).delete()
    return kept, forgotten
