"""Every night, démarche by démarche: resources are reminded, and silence ends a referral."""

from datetime import date
from typing import Any

from django.utils import timezone

from concertoit.field.logbook.services.referral_links import remind_and_expire
from concertoit.ground.core.jobs import Run, daily, enqueue, job, periodic
from concertoit.ground.spaces.models import Space


@job("referrals.night")
def night(run: Run) -> dict[str, Any]:
    """Ask for the pass of each démarche."""
    today = timezone.localdate()
    spaces = list(Space.objects.filter(archived_at=None).order_by("pk").values_list("pk", flat=True))
    for pk in spaces:
        enqueue(
            "referrals.night_space", payload={"day": today.isoformat()}, space_id=pk,
            dedup_key=f"referrals:{pk}:{today}", once=True,
        )  # fmt: skip
    return {"spaces": len(spaces)}


@job("referrals.night_space")
def night_space(run: Run) -> dict[str, Any]:
    """The pass of one démarche; a second time changes nothing."""
    space = Space.objects.filter(pk=run.space_id or 0, archived_at=None).first()
    if space is None:
        return {}
    reminded, expired = remind_and_expire(space=space, today=date.fromisoformat(run.payload["day"]))
    return {"reminded": reminded, "expired": expired}


periodic("referrals.night", daily(6, 20))
