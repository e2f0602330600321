"""Behind the pages: long documents are read, the search follows, reminders leave démarche by démarche."""

from datetime import date
from typing import Any

from django.utils import timezone, translation

from concertoit.ground.core.jobs import Run, daily, enqueue, job, periodic
from concertoit.ground.identity.models import User
from concertoit.ground.spaces.models import Space
from concertoit.together.plans.models import Plan
from concertoit.together.plans.rules.staleness import working_day
from concertoit.together.plans.services.indexing import index_plan
from concertoit.together.plans.services.reading import carry_on
from concertoit.together.plans.services.reminders import remind_asks, send_reminders


@job("plans.read_import", max_attempts=3)
def read_import(run: Run) -> dict[str, Any]:
    """Read a document that may be long, saying where it is in the language of the person who waits."""
    asker = User.objects.filter(pk=run.asked_by_id or 0).first()
    with translation.override(asker.language if asker else None):
        state = carry_on(import_id=run.payload["import"], asked_by_id=run.asked_by_id, say=run.progress)
    return {"state": state.value} if state else {}


@job("plans.index")
def index(run: Run) -> dict[str, Any]:
    """What can be searched of a plan whose version in force is another."""
    plan = Plan.objects.select_related("space").filter(pk=run.payload["plan"]).first()
    if plan is not None:
        index_plan(plan)
    return {}


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
