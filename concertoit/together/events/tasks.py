"""Behind the pages: two days before a session, those who come are reminded."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from concertoit.ground.core.jobs import Run, daily, job, periodic
from concertoit.together.events import notifications
from concertoit.together.events.enums import EventState
from concertoit.together.events.models import Session

BEFORE = timedelta(days=2)  # ours


@job("events.reminders")
def reminders(run: Run) -> dict[str, Any]:
    """Remind of sessions that come within two days, once each."""
    now = timezone.now()
    soon = Session.objects.filter(
        starts_at__gt=now, starts_at__lte=now + BEFORE, cancelled_on=None, reminded_on=None,
        event__state=EventState.ANNOUNCED,
    )  # fmt: skip
    return {"people": sum(_remind(pk) for pk in soon.order_by("pk").values_list("pk", flat=True))}


@transaction.atomic
def _remind(pk: int) -> int:
    session = Session.objects.select_for_update(of=("self",)).select_related("event__space").get(pk=pk)
    if session.reminded_on:
        return 0
    session.reminded_on = timezone.localdate()
    session.save(update_fields=["reminded_on"])
    return notifications.reminder(session=session)


periodic("events.reminders", daily(7, 10))
