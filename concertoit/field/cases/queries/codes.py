"""What a follow-up code opens. The table keeps a digest; the code itself is made again from the installation's key."""

from __future__ import annotations

import uuid

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from concertoit.field.cases.models import Report, ReportDraft
from concertoit.field.cases.rules import codes
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.core.personal_links import digest_of


def code_of(uid: uuid.UUID) -> str:
    """The code of a report or of its draft (they share their ``uid``), without its dashes."""
    return codes.code_from(salted_hmac("cases.report", str(uid), algorithm="sha256").hexdigest())


def digest_of_uid(uid: uuid.UUID) -> str:
    """What the table keeps of the code."""
    return digest_of(code_of(uid))


def _with_place(rows: QuerySet[Report]) -> QuerySet[Report]:
    return rows.select_related(
        "space__home", "municipality", "building__municipality", "dwelling", "household", "case__space"
    )


def report_behind(written: str) -> Report:
    """The report of a code as typed. Raises ``NotVisible`` for a code that opens nothing, or whose tool is off.

    The code is compared by its digest in the index: the time it takes says nothing of how much of a guess was right.
    """
    code = codes.as_typed(written)
    row = _with_place(Report.objects.filter(code_digest=digest_of(code))).first() if code else None
    if row is None or not row.space.uses("cases"):
        raise NotVisible("")
    return row


def draft_behind(written: str) -> ReportDraft | None:
    """The report begun under a code, or nothing."""
    code = codes.as_typed(written)
    if not code:
        return None
    return ReportDraft.objects.filter(code_digest=digest_of(code)).select_related("space").first()
