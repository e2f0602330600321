"""What was said of an item and of what stands under it: notes, météo and comments, in one query."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, Value

from concertoit.together.plans.enums import OutlookValue
from concertoit.together.plans.models import Comment, Outlook, ProgressNote

SHOWN = 40
_COLUMNS = ("what", "pk", "item_id", "text", "value", "moment", "writer", "signature", "corrects")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said. ``what``: note, outlook or comment; ``corrects`` is the note it replaces, if any."""

    what: str
    pk: int
    item_id: int
    text: str
    value: str
    at: datetime
    author_id: int | None
    author: str
    corrects: int | None

    @property
    def outlook(self) -> OutlookValue | None:
        return OutlookValue(self.value) if self.value else None


def _columns(rows: Any, **columns: object) -> Any:
    return rows.order_by().annotate(**columns).values_list(*_COLUMNS)


def said_about(item_ids: list[int], limit: int | None = SHOWN) -> list[Said]:
    """Notes still standing, judgements and comments not withdrawn, the latest first; one more than ``limit``, so that
    the page knows that there is more.
    """
    nothing = Value(None, output_field=ProgressNote._meta.get_field("replaces"))
    notes = _columns(
        ProgressNote.objects.filter(item__in=item_ids, replaced_by=None),
        what=Value("note", CharField()),
        text=F("body"),
        value=Value("", CharField()),
        moment=F("at"),
        writer=F("author_id"),
        signature=F("author_label"),
        corrects=F("replaces_id"),
    )
    outlooks = _columns(
        Outlook.objects.filter(item__in=item_ids),
        what=Value("outlook", CharField()),
        text=F("reason"),
        moment=F("at"),
        writer=F("author_id"),
        signature=F("author_label"),
        corrects=nothing,
    )
    comments = _columns(
        Comment.objects.filter(item__in=item_ids, withdrawn_at=None),
        what=Value("comment", CharField()),
        text=F("body"),
        value=Value("", CharField()),
        moment=F("created_at"),
        writer=F("author_id"),
        signature=F("author__name"),
        corrects=nothing,
    )
    rows = notes.union(outlooks, comments, all=True).order_by("-moment", "-pk")
    return [Said(*row) for row in (rows[: limit + 1] if limit else rows)]
