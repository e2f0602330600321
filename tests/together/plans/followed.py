"""Things that hang on the plan's first action, written by the person of organisation x, for tests that need one."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from concertoit.ground.core import personal_links
from concertoit.together.plans.models import (
    CalendarLink,
    Comment,
    Contest,
    Indicator,
    Measure,
    ProgressNote,
    Spending,
    UpdateRequest,
)
from concertoit.together.plans.services import asks, calendars
from tests.personas import Table


def _one(model: Any, table: Table, *, defaults: dict[str, Any] | None = None, **values: Any) -> Any:
    return model.objects.get_or_create(space=table.space, **values, defaults=defaults or {})[0]


def note_of(table: Table) -> ProgressNote:
    row: ProgressNote = _one(
        ProgressNote, table, item=table.action, author=table.user("partner"), body="Une visite.",
        defaults={"at": timezone.now()},
    )  # fmt: skip
    return row


def comment_of(table: Table) -> Comment:
    row: Comment = _one(Comment, table, item=table.action, author=table.user("partner"), body="Bravo.")
    return row


def indicator_of(table: Table) -> Indicator:
    row: Indicator = _one(Indicator, table, item=table.action, title="Logements visités", unit="logements")
    return row


def measure_of(table: Table) -> Measure:
    row: Measure = _one(
        Measure, table, indicator=indicator_of(table), on=date(2026, 5, 1), value=Decimal(12), source="Registre",
        author=table.user("partner"),
    )  # fmt: skip
    return row


def contest_of(table: Table) -> Contest:
    row: Contest = _one(
        Contest, table, measure=measure_of(table), reason="Deux doublons.", source="Liste", proposed_value=Decimal(10),
        author=table.user("contributor"),
    )  # fmt: skip
    return row


def spending_of(table: Table) -> Spending:
    row: Spending = _one(
        Spending, table, item=table.action, kind="spent", on=date(2026, 5, 1), amount=Decimal("40.00")
    )
    return row


def ask_of(table: Table) -> UpdateRequest:
    """A question to the person of organisation x about the first action, with its real link."""
    row: UpdateRequest = _one(
        UpdateRequest, table, item=table.action, membership=table.membership("partner"), email="partner@exemple.test",
        asked_by=table.user("coordinator"),
        defaults={"token_digest": "0" * 64, "expires_at": timezone.now() + timedelta(days=30)},
    )  # fmt: skip
    UpdateRequest.objects.filter(pk=row.pk).update(token_digest=personal_links.digest_of(asks.token_of(row)))
    row.refresh_from_db()
    return row


def token_of(table: Table) -> str:
    return asks.token_of(ask_of(table))


def calendar_of(table: Table) -> str:
    """The secret part of the calendar address of the person of organisation x."""
    link, _new = CalendarLink.objects.get_or_create(space=table.space, membership=table.membership("partner"))
    return calendars.address_of(link).removeprefix("/calendrier/").removesuffix(".ics")
