"""Keeping the clocks of cases: milestones, pauses, the next due date that lists read, the delays of a démarche."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums import AssignmentState, CaseState
from concertoit.field.cases.enums.work import MoveKind, OrderState, Partners
from concertoit.field.cases.models import Case, ClockPause, Milestone, WorkParameter
from concertoit.field.cases.queries.clocks import clocks_of, delays_of
from concertoit.field.cases.rules.clocks import Clock, next_due
from concertoit.field.cases.rules.parameters import BY_CODE, Delays
from concertoit.field.cases.rules.workdays import end_of
from concertoit.field.cases.services.log import journal, write_move
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer

BATCH = 500


def refresh(case: Case, *, delays: Delays | None = None, now: datetime | None = None) -> None:
    """Write again what lists read of a case: its next due date and where its partners stand. Called in a transaction."""
    case.partners = _partners(case)
    case.next_due_at, case.next_due = None, ""
    if case.state != CaseState.CLOSED:
        found = _dues(case, delays or delays_of(case.space), now or timezone.now())
        if found:
            case.next_due_at, case.next_due = min(found)
    case.save(update_fields=["partners", "next_due_at", "next_due", "updated_at"])


def _partners(case: Case) -> Partners:
    rows = case.assignments.exclude(state=AssignmentState.CANCELLED).order_by("pk")
    counts = Counter(rows.values_list("state", flat=True))
    for state, whole in (
        (AssignmentState.IN_PROGRESS, Partners.WORKING),
        (AssignmentState.NEW, Partners.WAITING),
        (AssignmentState.CLOSED, Partners.DONE),
        (AssignmentState.REFUSED, Partners.REFUSED),
    ):
        if counts[state]:
            return whole
    return Partners.NONE


def _dues(case: Case, delays: Delays, now: datetime) -> list[tuple[datetime, str]]:
    found: list[tuple[datetime, str]] = []
    line = next_due(clocks_of(case, delays, now))
    # While a pause lasts, the date moves every day: the list waits for the end of the pause.
    lasting = line is not None and line.clock is not Clock.FIRST_ACTION and case.pauses.filter(until=None).exists()
    if line is not None and not lasting:
        found.append((line.due_at, line.clock.value))
    asked = Q(state=AssignmentState.NEW, answer_by__isnull=False)
    working = Q(state=AssignmentState.IN_PROGRESS, due_on__isnull=False)
    days = [
        (row.answer_by if row.state == AssignmentState.NEW else row.due_on, "assignment")
        for row in case.assignments.filter(asked | working).order_by("pk")
    ]
    orders = case.orders.filter(state=OrderState.OPEN, due_on__isnull=False)
    days += [(due_on, "order") for due_on in orders.values_list("due_on", flat=True)]
    return found + [(end_of(day), what) for day, what in days if day is not None]


@transaction.atomic
def reach(*, case: Case, clock: Clock, at: datetime | None = None, needed: bool = True) -> None:
    """Note that a step was done, once; the first time counts. Called by the services of what was done."""
    row = Milestone(
        space_id=case.space_id, case=case, code=clock.value, round=case.reopened_count,
        reached_at=at or timezone.now(), needed=needed,
    )  # fmt: skip
    Milestone.objects.bulk_create([row], ignore_conflicts=True)  # a constraint keeps the first


@transaction.atomic
def mark(*, viewer: Viewer, case: Case, code: str, at: datetime | None = None, needed: bool = True) -> None:
    """Somebody of the team says that a step was done, or that it is not needed (the liaison only).

    Raises ``NotVisible`` for an unknown step, ``DomainError`` for a date that is to come or before the case was known.
    """
    viewer.must("cases.work" if needed else "cases.lead")
    if code not in {clock.value for clock in Clock}:
        raise NotVisible("")
    moment = at or timezone.now()
    if moment > timezone.now() or moment < case.known_at:
        raise DomainError(_("Choisissez une date entre le jour où l’équipe a su et aujourd’hui."), field="at")
    reach(case=case, clock=Clock(code), at=moment, needed=needed)
    write_move(
        case, kind=MoveKind.CLOCK, after=code, before="" if needed else "not_needed", user=viewer.user, at=moment
    )
    journal(case, "cases.milestone", actor=viewer.user, after={"step": code, "needed": needed})
    refresh(case)


@transaction.atomic
def pause(*, viewer: Viewer, case: Case, since: date, reason: str) -> ClockPause:
    """Stop the clocks from a day on, for a reason that anybody may read (the household is away, a strike…)."""
    viewer.must("cases.lead")
    if not reason.strip():
        raise DomainError(_("Dites pourquoi les délais s’arrêtent."), field="reason")
    if since > timezone.localdate():
        raise DomainError(_("La pause commence aujourd’hui ou plus tôt."), field="since")
    if case.pauses.filter(until=None).exists():
        raise DomainError(_("Les délais sont déjà en pause."))
    row = ClockPause.objects.create(space=viewer.space, case=case, since=since, reason=reason.strip())
    write_move(case, kind=MoveKind.CLOCK, after="paused", words=reason, user=viewer.user)
    journal(case, "cases.paused", actor=viewer.user, after={"since": str(since)})
    refresh(case)
    return row


@transaction.atomic
def resume(*, viewer: Viewer, case: Case) -> None:
    """Let the clocks run again from tomorrow. Raises ``DomainError`` when they run."""
    viewer.must("cases.lead")
    row = case.pauses.filter(until=None).first()
    if row is None:
        raise DomainError(_("Les délais courent déjà."))
    row.until = timezone.localdate()
    row.save(update_fields=["until", "updated_at"])
    write_move(case, kind=MoveKind.CLOCK, after="resumed", user=viewer.user)
    journal(case, "cases.resumed", actor=viewer.user, after={"until": str(row.until)})
    refresh(case)


@transaction.atomic
def set_delay(*, viewer: Viewer, code: str, value: int, since: date, source: str) -> WorkParameter:
    """Give a delay the value that the démarche adopted, from a day on, with its source; open cases follow.

    Raises ``NotVisible`` for an unknown delay, ``DomainError`` for a value out of bounds or without a source.
    """
    if not viewer.can("cases.setup"):
        raise NotAllowed("")
    if code not in BY_CODE:
        raise NotVisible("")
    most = BY_CODE[code].highest
    if not 0 < value <= most:
        raise DomainError(_("Écrivez un nombre de 1 à %(most)s.") % {"most": most}, field="value")
    if not source.strip():
        raise DomainError(_("Dites d’où vient cette valeur."), field="source")
    row, _new = WorkParameter.objects.update_or_create(
        space=viewer.space, code=code, since=since, defaults={"value": value, "source": source.strip()}
    )
    record_row(
        row,
        code,
        actor=viewer.user,
        verb="cases.delay_set",
        after={"value": value, "since": str(since), "source": row.source},
    )
    return row


def refresh_open(space: Space) -> int:
    """Write the due dates of all open cases anew, after a delay changed or a day passed; answers how many."""
    delays, done, last = delays_of(space), 0, 0
    while batch := list(
        Case.objects.filter(space=space, pk__gt=last).exclude(state=CaseState.CLOSED).order_by("pk")[:BATCH]
    ):
        with transaction.atomic():
            for case in batch:
                refresh(case, delays=delays)
        done, last = done + len(batch), batch[-1].pk
    return done
