"""What leaves by itself: reminders, on working days, démarche by démarche."""

from datetime import date
from typing import Any

from django.utils import timezone

from concertoit.ground.core.jobs import Run, daily, enqueue, job, periodic
from concertoit.ground.spaces.models import Space
from concertoit.together.plans.rules.staleness import working_day
from concertoit.together.plans.services.reminders import remind_asks, send_reminders


@job("plans.reminders")
def reminders(run: Run) -> dict[str, Any]:
    """Ask for the reminders of each démarche; none on Saturday and Sunday, Monday catches up."""
    today = timezone.localdate()
    if working_day(today) != today:
        return {"spaces": 0}
    spaces = list(Space.objects.filter(archived_at=None).order_by("pk").values_list("pk", flat=True))
    for pk in spaces:
        enqueue(
            "plans.remind_space", payload={"day": today.isoformat()}, space_id=pk, dedup_key=f"{pk}:{today}", once=True
        )
    return {"spaces": len(spaces)}


@job("plans.remind_space")
def remind_space(run: Run) -> dict[str, Any]:
    """The reminders of one démarche."""
    space = Space.objects.filter(pk=run.space_id or 0, archived_at=None).first()
    if space is None:
        return {}
    today = date.fromisoformat(run.payload["day"])
    return {"people": send_reminders(space=space, today=today), "asks": remind_asks(space=space, today=today)}


periodic("plans.reminders", daily(7, 40))
