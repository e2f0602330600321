"""Every night: what has been kept long enough goes away, and the proof stays."""

from typing import Any

from django.conf import settings

from concertoit.ground.core.jobs import Run, daily, job, periodic
from concertoit.ground.privacy.rules import NIGHT
from concertoit.ground.privacy.services import apply_retention, due


@job("privacy.retention")
def retention(run: Run) -> dict[str, Any]:
    """Remove what is due, remover by remover; only count where the installation wants to decide each time."""
    counts = {one.remover.code: len(one.ids) for one in due() if one.ids}
    if not settings.RETENTION_AUTOMATIC:
        return {"due": counts}
    made = apply_retention()
    return {"removed": counts, "run": made.pk} if made else {}


periodic("privacy.retention", daily(*NIGHT))
