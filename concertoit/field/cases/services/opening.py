"""Opening a case, and saying that something moved in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from concertoit.field.cases.enums import CaseState, Channel, Urgency
from concertoit.field.cases.models import Case, Household
from concertoit.ground.audit.services import record_row
from concertoit.ground.places.services import Place
from concertoit.ground.spaces.models import Membership, Space

# Called in the transaction after a case opens, and after somebody acts on one: the parts of the room listen.
after_opening: list[Callable[[Case], object]] = []
after_move: list[Callable[[Case], object]] = []


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is known when a case opens. ``known_at``: when anybody of the team first knew."""

    place: Place
    channel: Channel
    summary: str
    problems: Sequence[str] = ()
    urgency: Urgency = Urgency.STANDARD
    household: Household | None = None
    follower: Membership | None = None
    known_at: datetime | None = None


@transaction.atomic
def open_case(*, space: Space, actor: Any, facts: CaseFacts) -> Case:
    """Open a case with the next number of its year. Callers have already asked their policy (a public form has none)."""
    known_at = facts.known_at or timezone.now()
    case = Case.objects.create(
        space=space, reference=_next_reference(space, timezone.localtime(known_at).year),
        building=facts.place.building, dwelling=facts.place.dwelling, household=facts.household,
        channel=facts.channel, problems=list(facts.problems), summary=facts.summary.strip()[:200],
        urgency=facts.urgency, state=CaseState.NEW, follower=facts.follower, known_at=known_at, moved_at=known_at,
    )  # fmt: skip
    record_row(
        case,
        case.reference,
        actor=actor,
        verb="cases.opened",
        after={"state": case.state, "channel": case.channel, "urgency": case.urgency},
    )
    for hook in after_opening:
        hook(case)
    return case


def moved(case: Case, *, at: datetime | None = None) -> None:
    """Note that somebody acted on the case: every service of the room calls it."""
    case.moved_at = max(case.moved_at, at or timezone.now())
    case.save(update_fields=["moved_at", "updated_at"])
    for hook in after_move:
        hook(case)


def _next_reference(space: Space, year: int) -> str:
    """``2026-0007``: the démarche's row is locked so that two cases never take one number."""
    Space.objects.select_for_update().filter(pk=space.pk).first()
    last = Case.objects.filter(space=space, reference__startswith=f"{year}-").order_by("-reference").first()
    number = int(last.reference.split("-")[1]) + 1 if last else 1
    return f"{year}-{number:04d}"
