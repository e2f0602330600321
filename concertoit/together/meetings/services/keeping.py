"""Points kept for a next meeting: proposed by somebody at the table, or dropped by the coordination."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings import notifications
from concertoit.together.meetings.models import KeptItem
from concertoit.together.meetings.queries.people import coordination
from concertoit.together.meetings.services.finding import held_series, journal
from concertoit.together.plans.models import PlanItem


@transaction.atomic
def propose(
    *, viewer: Viewer, series_id: int, title: str, note: str = "", minutes: int = 5, plan_item: PlanItem | None = None
) -> KeptItem:
    """Propose a point for a next meeting of a series: it waits there until an agenda is made."""
    series = held_series(viewer, series_id, "meetings.propose")
    text = " ".join(title.split())
    if not text:
        raise DomainError(_("Donnez un titre au point."), field="title")
    if series.ended_at is not None:
        raise DomainError(_("Cette série est terminée."))
    if plan_item is not None and plan_item.space_id != viewer.space.pk:
        raise NotVisible("")
    row = KeptItem.objects.create(
        space=viewer.space, series=series, title=text[:500], note=note.strip(), minutes=minutes, plan_item=plan_item,
        proposed_by=viewer.user,
    )  # fmt: skip
    journal(viewer, "series.kept", series, after={"title": row.title})
    notifications.proposed(kept=row, users=coordination(viewer.space.pk), actor=viewer.user)
    return row


@transaction.atomic
def drop(*, viewer: Viewer, kept_id: int) -> KeptItem:
    """Leave a kept point aside: it goes into no agenda."""
    viewer.must("meetings.edit")
    row = KeptItem.objects.select_for_update(of=("self",)).filter(pk=kept_id, space=viewer.space, dropped_at=None)
    found = must_exist(row.select_related("series").first())
    found.dropped_at = timezone.now()
    found.save(update_fields=["dropped_at", "updated_at"])
    journal(viewer, "series.kept_dropped", found.series, before={"title": found.title})
    return found
