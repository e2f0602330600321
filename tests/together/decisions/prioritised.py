"""Prioritisations for tests and for the permission table: prepared, open, closed and counted, recommended."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from concertoit.together.decisions.models import (
    Envelope,
    FundingRequest,
    Invitee,
    Prioritisation,
    PriorityBallot,
    PriorityOption,
    Voice,
)
from concertoit.together.decisions.services import money_recommendation, prioritisation_counting
from concertoit.together.decisions.services import prioritisation as services
from concertoit.together.decisions.services.prioritisation_voices import invite, token_of
from tests.personas import Table

GRADES = ("essential", "important", "useful", "minor", "leave", "unknown")


def prepared(table: Table, **settings: Any) -> Prioritisation:
    """Made from the draft, with a voice for each partner, an envelope, and a deadline in a week."""
    values: dict[str, Any] = {"money": "approve", "deadline": timezone.now() + timedelta(days=7)} | settings
    row = services.create(viewer=table.viewer("coordinator"), version=table.draft, title="Priorités d’essai", **values)
    invite(viewer=table.viewer("coordinator"), pk=row.pk)
    Envelope.objects.filter(prioritisation=row).update(amount=Decimal("1500.00"))
    return row


def opened(table: Table, **settings: Any) -> Prioritisation:
    return services.open_form(viewer=table.viewer("coordinator"), pk=prepared(table, **settings).pk)


def add_options(row: Prioritisation, number: int) -> list[PriorityOption]:
    """More actions on the form, each asking for 400 $."""
    last = PriorityOption.objects.filter(prioritisation=row).count()
    options = [
        PriorityOption(
            space=row.space, prioritisation=row, key=key, axis_number=1, axis_title="Axe d’essai", code=f"1.{key}",
            title=f"Action {key}", carriers="Organisme Y",
        )
        for key in range(last + 1, last + 1 + number)
    ]  # fmt: skip
    PriorityOption.objects.bulk_create(options)
    FundingRequest.objects.bulk_create(
        FundingRequest(space=row.space, option=one, year="2026-2027", amount=Decimal(400)) for one in options
    )
    return options


def voice_of(row: Prioritisation, name: str) -> Voice:
    """The voice of an organisation of the table, by its name."""
    return next(
        one
        for one in Voice.objects.filter(prioritisation=row).select_related("organisation", "person")
        if str(one) == name
    )


def said(row: Prioritisation, voice: Voice, grades: dict[str, str], money: dict[str, int] | None = None) -> None:
    """What a voice said, without a page."""
    PriorityBallot.objects.update_or_create(
        voice=voice,
        defaults={"space": row.space, "prioritisation": row, "grades": grades, "money": money or {}},
    )
    Voice.objects.filter(pk=voice.pk).update(saved_at=timezone.now(), channel="login")


def closed(table: Table, **settings: Any) -> Prioritisation:
    """Three voices answered, closed and counted."""
    row = opened(table, **settings)
    add_options(row, 3)
    voices = list(Voice.objects.filter(prioritisation=row).order_by("pk"))
    for place, voice in enumerate(voices[:3]):
        said(row, voice, {"1": GRADES[place], "2": "important", "3": GRADES[-1 - place]}, {"1": 1, str(2 + place): 1})
    prioritisation_counting.close(viewer=table.viewer("coordinator"), pk=row.pk)
    row.refresh_from_db()
    return row


def recommended(table: Table, rule: str = "equal-shares") -> Prioritisation:
    row = closed(table)
    money_recommendation.start(viewer=table.viewer("coordinator"), pk=row.pk, rule=rule)
    return row


def published(table: Table) -> Prioritisation:
    row = recommended(table)
    money_recommendation.publish(viewer=table.viewer("coordinator"), pk=row.pk)
    return row


def invitee_of(row: Prioritisation, email: str) -> Invitee:
    return Invitee.objects.get(voice__prioritisation=row, email=email)


def link_of(row: Prioritisation, email: str) -> str:
    """The personal link of somebody who was invited."""
    return f"/priorites/{token_of(invitee_of(row, email))}/"


def answered(table: Table) -> Prioritisation:
    """Open, with an answer of organisation x."""
    row = opened(table)
    said(row, Voice.objects.get(prioritisation=row, organisation=table.x), {"1": "useful"})
    return row
