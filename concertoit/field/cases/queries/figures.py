"""Figures of the cases for the coordination and the partners: states, delays, outcomes, conditions of life.

Small counts are masked with their sums, so that none can be worked out (``ground/privacy/rules/masking.py``).
``evidence`` gives the same facts unmasked to the change strategy, which shows them through its own masking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from concertoit.field.cases.enums import CaseState, Channel, Living, Outcome
from concertoit.field.cases.enums.work import CLOCK_LABELS, DUE_LABELS, VisitState
from concertoit.field.cases.models import Assignment, Case, CaseMove, Visit
from concertoit.field.cases.queries.clocks import delays_of, known_of
from concertoit.field.cases.rules.clocks import DueState, schedule
from concertoit.ground.privacy.rules import Key, Sum, mask
from concertoit.ground.spaces.models import Space

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One count of a table; ``None`` is masked."""

    label: Any
    count: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose lines add up to its total; a masked total stays masked."""

    code: str
    lines: Sequence[Line]
    total: int | None

    @property
    def masked(self) -> bool:
        return self.total is None or any(line.count is None for line in self.lines)


def _between(since: date, until: date) -> tuple[datetime, datetime]:
    """From the first minute of a day to the last of another, where the démarche is."""
    return timezone.make_aware(datetime.combine(since, time.min)), timezone.make_aware(
        datetime.combine(until, time.max)
    )


def _by(rows: QuerySet[Case], field: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(field).annotate(count=Count("pk")))


def _table(code: str, labels: Sequence[tuple[Any, Any]], counts: dict[str, int]) -> Table:
    shown = {str(key): counts.get(str(key), 0) for key, _label in labels}
    whole: dict[Key, int] = dict(shown.items())
    whole[""] = sum(shown.values())
    hidden = mask(whole, [Sum("", tuple(shown))]) if shown else frozenset()
    lines = [Line(label, None if str(key) in hidden else shown[str(key)]) for key, label in labels]
    return Table(code, lines, None if "" in hidden else sum(shown.values()))


def tables(space: Space, since: date, until: date) -> list[Table]:
    """The tables of a period: cases known in it by state and by channel, closed in it by outcome and conditions of life,
    and how their delays were kept.
    """
    span = _between(since, until)
    known = Case.objects.filter(space=space, known_at__range=span)
    closed = Case.objects.filter(space=space, closed_at__range=span, state=CaseState.CLOSED)
    return [
        _table("state", CaseState.choices, _by(known, "state")),
        _table("channel", Channel.choices, _by(known, "channel")),
        _table("outcome", Outcome.choices, _by(closed, "outcome")),
        _table("living", Living.choices, _by(closed, "living")),
        *_delay_tables(known),
    ]


def _delay_tables(known: QuerySet[Case]) -> list[Table]:
    kept = delays_kept(known)
    labels = [("met", DueState.MET), ("met_late", DueState.MET_LATE), ("late", DueState.LATE)]
    words = [(key, DUE_LABELS[state.value]) for key, state in labels]
    return [_table(f"clock.{code}", words, kept.get(code, {})) for code in CLOCK_LABELS if code in kept]


def delays_kept(rows: QuerySet[Case]) -> dict[str, dict[str, int]]:
    """For each delay: how many were met, met late, or are late; read in slices, as the clocks themselves say."""
    found: dict[str, dict[str, int]] = {}
    now, delays = timezone.now(), None
    for case in rows.prefetch_related("milestones", "pauses").select_related("space").iterator(chunk_size=_BATCH):
        delays = delays or delays_of(case.space)
        lines = schedule(known_of(case, case.milestones.all(), case.pauses.all()), delays, now)
        for line in lines:
            if line.state in (DueState.MET, DueState.MET_LATE, DueState.LATE):
                counts = found.setdefault(line.clock.value, {})
                counts[line.state.value] = counts.get(line.state.value, 0) + 1
    return found


def evidence(space: Space, since: date, until: date) -> dict[str, int]:
    """Facts of a period for indicators and the change strategy (L14, I1), by code; exact, for who may read them.

    ``cases.opened``, ``cases.closed``, ``cases.closed.<outcome>``, ``cases.living.<result>``, ``cases.reopened``,
    ``cases.made_safe``, ``cases.complex``, ``cases.visits``, ``cases.partners``, ``cases.assignments``,
    ``cases.accepted``, ``cases.delay.<clock>.met`` and ``.late`` (done late, or late today).
    """
    span = _between(since, until)
    known = Case.objects.filter(space=space, known_at__range=span)
    closed = Case.objects.filter(space=space, closed_at__range=span, state=CaseState.CLOSED)
    moves = CaseMove.objects.filter(space=space, at__range=span)
    asked = Assignment.objects.filter(space=space, created_at__range=span)
    facts = {
        "cases.opened": known.count(),
        "cases.closed": closed.count(),
        "cases.reopened": moves.filter(kind="case", before="closed").count(),
        "cases.made_safe": Case.objects.filter(space=space, made_safe_at__range=span).count(),
        "cases.complex": known.filter(is_complex=True).count(),
        "cases.visits": Visit.objects.filter(space=space, state=VisitState.DONE, done_at__range=span).count(),
        "cases.partners": asked.order_by().values("organisation_id").distinct().count(),
        "cases.assignments": asked.count(),
        "cases.accepted": moves.filter(kind="assignment", after="in_progress").count(),
    }
    facts |= {f"cases.closed.{key}": count for key, count in _by(closed, "outcome").items() if key}
    facts |= {f"cases.living.{key}": count for key, count in _by(closed, "living").items() if key}
    for code, counts in delays_kept(known).items():
        facts[f"cases.delay.{code}.met"] = counts.get("met", 0)
        facts[f"cases.delay.{code}.late"] = counts.get("met_late", 0) + counts.get("late", 0)
    return facts
