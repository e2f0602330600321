"""What happens by itself in a prioritisation: it closes at its deadline, reminds before it, and counts what is long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.jobs import Run, daily, hourly, job, periodic
from concertoit.ground.identity.models import User
from concertoit.together.decisions.enums import PrioritisationState
from concertoit.together.decisions.models import Prioritisation
from concertoit.together.decisions.services.prioritisation_counting import close_and_count, count_now
from concertoit.together.decisions.services.prioritisation_voices import remind_on

# Days before the deadline on which a reminder leaves by itself: ours.
REMIND_DAYS = (7, 2)


@job("decisions.close")
def close_due(run: Run) -> dict[str, Any]:
    """Close the forms whose deadline has passed."""
    due = Prioritisation.objects.filter(state=PrioritisationState.OPEN, deadline__lte=timezone.now())
    rows = list(due.select_related("space").order_by("pk"))
    for row in rows:
        close_and_count(row=row)
    return {"closed": len(rows)}


@job("decisions.remind")
def remind(run: Run) -> dict[str, Any]:
    """Write again to those who have not answered, some days before the deadline."""
    today, sent = timezone.localdate(), 0
    rows = Prioritisation.objects.filter(state=PrioritisationState.OPEN, deadline__gt=timezone.now())
    for row in rows.select_related("space", "created_by").order_by("pk"):
        last = timezone.localtime(row.deadline).date() if row.deadline else today
        if (last - today) in {timedelta(days=days) for days in REMIND_DAYS}:
            sent += remind_on(row=row, today=today)
    return {"people": sent}


@job("decisions.count")
def count(run: Run) -> dict[str, Any]:
    """A count that is too long for a page; counting twice changes nothing."""
    row = Prioritisation.objects.select_related("space").filter(pk=run.payload["prioritisation"]).first()
    if row is None:
        return {}
    actor = User.objects.filter(pk=run.asked_by_id).first() if run.asked_by_id else None
    run.progress(1, _("Les réponses se comptent…"))
    count_now(row=row, actor=actor, progress=run.progress)
    url = reverse("decisions:prioritisation_results", kwargs={"slug": row.space.slug, "pk": row.pk})
    return {"url": url, "label": _("Voir les résultats")}


periodic("decisions.close", hourly(5))
periodic("decisions.remind", daily(7, 50))
