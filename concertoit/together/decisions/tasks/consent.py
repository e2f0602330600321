"""What leaves by itself: reminders to the voices that said nothing, each morning."""

from typing import Any

from django.utils import timezone

from concertoit.ground.core.jobs import Run, daily, job, periodic
from concertoit.together.decisions.services.consent_sessions import remind_silent


@job("decisions.consent_reminders")
def reminders(run: Run) -> dict[str, Any]:
    """Remind who said nothing, some days before the last one; twice the same day sends once."""
    return {"sent": remind_silent(today=timezone.localdate())}


periodic("decisions.consent_reminders", daily(8, 10))
