"""Every night: days and months that are over, new or touched by a correction, are counted."""

from typing import Any

from concertoit.field.logbook.models import Entry, Referral
from concertoit.field.logbook.services.figures import recount
from concertoit.ground.core.jobs import Run, daily, job, periodic

NIGHT = (3, 5)
"""Hour and minute, local time."""


@job("logbook.count")
def count(run: Run) -> dict[str, Any]:
    """Count what waits, démarche by démarche; done again, it finds nothing to do."""
    spaces = set(Entry.objects.order_by().values_list("space_id", flat=True).distinct())
    spaces |= set(Referral.objects.order_by().values_list("space_id", flat=True).distinct())
    return {"months": sum(recount(space_id) for space_id in sorted(spaces))}


periodic("logbook.count", daily(*NIGHT))
