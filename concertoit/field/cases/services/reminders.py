"""Reminders and escalation of the cases of a démarche. Each date is told once, however often the job runs."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from concertoit.field.cases.enums import AssignmentState, CaseState
from concertoit.field.cases.enums.work import CLOCK_LABELS
from concertoit.field.cases.models import Assignment, Case, PartnerLink
from concertoit.field.cases.notifications import work as told
from concertoit.field.cases.queries.clocks import delays_of
from concertoit.field.cases.rules.parameters import Delays
from concertoit.field.cases.rules.workdays import add_working_days, working_days_between
from concertoit.field.cases.services.assigning import token_of
from concertoit.ground.spaces.models import Space

# Delays that passed longer ago were told already, or while nobody was in the team.
OVERDUE_SINCE = timedelta(days=14)


@transaction.atomic
def remind_partners(*, space: Space, today: date) -> int:
    """Remind the partners that have not answered, and tell the liaison of those who stay silent or are late."""
    delays = delays_of(space, today)
    rows = Assignment.objects.filter(
        Q(state=AssignmentState.NEW, answer_by__isnull=False) | Q(state=AssignmentState.IN_PROGRESS, due_on__lt=today),
        space=space,
    ).exclude(case__state=CaseState.CLOSED)
    count = 0
    for row in rows.select_related("case__space", "case__building__municipality", "organisation").order_by("pk"):
        if row.state == AssignmentState.IN_PROGRESS:
            count += told.escalate(assignment=row)
        elif row.answer_by is not None:
            count += _chase(row, row.answer_by, delays, today)
    return count


def _chase(row: Assignment, answer_by: date, delays: Delays, today: date) -> int:
    """What is told of a partner whose answer is waited for."""
    count, left = 0, working_days_between(today, answer_by)
    if left <= delays["partner.remind"]:
        count += told.remind(assignment=row, late=left < 0) + _remind_link(row)
    if today > add_working_days(answer_by, delays["partner.escalate"]):
        count += told.escalate(assignment=row)
    return count


def _remind_link(row: Assignment) -> int:
    """Send the personal link again, once, to who has no account."""
    link = PartnerLink.objects.filter(assignment=row, answered_at=None, expires_at__gt=timezone.now()).first()
    if link is None:
        return 0
    told.link(link=link, token=token_of(link), again=True)
    return 1


@transaction.atomic
def tell_overdue(*, space: Space) -> int:
    """Tell who follows each case whose delay passed since the last days."""
    now = timezone.now()
    rows = Case.objects.filter(space=space, next_due_at__lt=now, next_due_at__gte=now - OVERDUE_SINCE)
    count = 0
    for case in rows.exclude(state=CaseState.CLOSED).select_related("space").order_by("next_due_at", "pk"):
        count += told.overdue(case=case, what=CLOCK_LABELS.get(case.next_due, ""))
    return count
