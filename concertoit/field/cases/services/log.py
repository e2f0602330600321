"""The log of a case and its lines in the journal: numbers, states and organisations, never the name of a tenant."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from concertoit.field.cases.enums.work import MoveKind
from concertoit.field.cases.models import Assignment, Case, CaseMove
from concertoit.field.cases.services.opening import moved
from concertoit.ground.audit.services import record_row


def write_move(
    case: Case, *, kind: MoveKind, after: str, before: str = "", words: str = "", user: Any = None, author: str = "",
    assignment: Assignment | None = None, at: datetime | None = None,
) -> CaseMove:  # fmt: skip
    """Add a line to the log of a case, and note that somebody acted on it. Called in a transaction."""
    moment = at or timezone.now()
    moved(case, at=moment)
    return CaseMove.objects.create(
        space_id=case.space_id, case=case, assignment=assignment, kind=kind, before=before, after=after,
        words=words.strip(), user=user, author=author, at=moment,
    )  # fmt: skip


def journal(
    case: Case, verb: str, *, actor: Any = None, before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None, note: object = "", at: datetime | None = None,
) -> None:  # fmt: skip
    """One line of the journal about a case; ``note`` is an organisation or a number, never free text."""
    record_row(case, case.reference, actor=actor, verb=verb, before=before, after=after, note=note, at=at)
