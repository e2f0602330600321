"""Behind the pages: every morning, delays are counted anew, partners are reminded, the liaison hears of silence."""

from datetime import date
from typing import Any

from django.utils import timezone

from concertoit.field.cases.models import Case
from concertoit.field.cases.rules.workdays import is_working_day
from concertoit.field.cases.services.clocks import refresh_open
from concertoit.field.cases.services.reminders import remind_partners, tell_overdue
from concertoit.ground.core.jobs import Run, daily, enqueue, job, periodic
from concertoit.ground.spaces.models import Space


@job("cases.work")
def work(run: Run) -> dict[str, Any]:
    """Ask for the morning of each démarche that has cases; once a day each, and nobody is reminded on a holiday."""
    today = timezone.localdate()
    spaces = Space.objects.filter(archived_at=None, pk__in=Case.objects.order_by().values("space").distinct())
    asked = 0
    for pk in spaces.order_by("pk").values_list("pk", flat=True):
        enqueue("cases.morning", payload={"day": today.isoformat()}, space_id=pk, dedup_key=f"{pk}:{today}", once=True)
        asked += 1
    return {"spaces": asked}


@job("cases.morning")
def morning(run: Run) -> dict[str, Any]:
    """One démarche: due dates, then reminders. Running it twice changes and sends nothing more."""
    space = Space.objects.filter(pk=run.space_id or 0, archived_at=None).first()
    if space is None:
        return {}
    refreshed = refresh_open(space)
    today = date.fromisoformat(run.payload["day"])
    if not is_working_day(today):
        return {"refreshed": refreshed}
    return {"refreshed": refreshed, "told": remind_partners(space=space, today=today) + tell_overdue(space=space)}


periodic("cases.work", daily(5, 50))
