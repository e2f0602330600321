"""The delays of a démarche, and where the clocks of a case stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from concertoit.field.cases.enums import Urgency
from concertoit.field.cases.models import Case, ClockPause, Milestone, WorkParameter
from concertoit.field.cases.rules.clocks import Clock, Due, Known, Pause, Reached, schedule
from concertoit.field.cases.rules.parameters import Delays, Written
from concertoit.ground.spaces.models import Space


def delays_of(space: Space, on: date | None = None) -> Delays:
    """The delays that hold in a démarche on a day (today by default); one query."""
    rows = WorkParameter.objects.filter(space=space).order_by("since", "pk")
    written = [Written(row.code, row.value, row.since, row.source) for row in rows]
    return Delays(written, on or timezone.localdate())


def known_of(case: Case, milestones: Iterable[Milestone], pauses: Iterable[ClockPause]) -> Known:
    """What the clocks need of a case, from rows already read."""
    reached = {
        Clock(row.code): Reached(row.reached_at, row.needed) for row in milestones if row.round == case.reopened_count
    }
    since = case.clock_at or case.known_at
    spans = tuple(Pause(row.since, row.until) for row in pauses)
    return Known(since, case.urgency == Urgency.EMERGENCY, reached, spans, case.closed_at)


def clocks_of(case: Case, delays: Delays, now: datetime | None = None) -> list[Due]:
    """Where the delays of a case stand; two queries."""
    known = known_of(case, case.milestones.order_by("pk"), case.pauses.order_by("pk"))
    return schedule(known, delays, now or timezone.now())
