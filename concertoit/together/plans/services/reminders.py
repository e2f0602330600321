"""Sending what reminds: one message per person for all their items, never twice, and quiet when asked."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans import notifications
from concertoit.together.plans.models import PlanNode, Reminder, UpdateRequest
from concertoit.together.plans.queries.asks import page_behind
from concertoit.together.plans.queries.recipients import Recipient, user_of
from concertoit.together.plans.queries.reminders import Upcoming, upcoming
from concertoit.together.plans.services import asks, news
from concertoit.together.plans.services.followup import found
from concertoit.together.plans.services.signing import author_of


@transaction.atomic
def send_reminders(*, space: Space, today: date) -> int:
    """Send the reminders of the day, gathered by person; answers how many people were written to.

    Running it again the same day sends nothing: each item remembers its last reminder, in the same transaction.
    """
    by_person: dict[str, list[Upcoming]] = {}
    for one in upcoming(space, today):
        if one.next.on <= today and one.recipient is not None and not one.muted:
            by_person.setdefault(one.recipient.email.lower(), []).append(one)
    for email, lines in by_person.items():
        recipient: Recipient = lines[0].recipient  # type: ignore[assignment]
        notifications.remind(
            user=user_of(recipient.membership),
            email=email,
            space=space,
            lines=[(one.node, one.next.why, one.unit.due) for one in lines],
            today=today,
        )
        for one in lines:
            _note_sent(space, one.node, today)
    return len(by_person)


def _note_sent(space: Space, node: PlanNode, today: date) -> None:
    row, _new = Reminder.objects.get_or_create(item_id=node.item_id, defaults={"space": space})
    row.last_sent_on, row.sent = today, row.sent + 1
    row.save(update_fields=["last_sent_on", "sent", "updated_at"])


@transaction.atomic
def remind_asks(*, space: Space, today: date) -> int:
    """Send again the personal links that wait for an answer; answers how many."""
    rows = UpdateRequest.objects.filter(
        space=space, answered_at=None, muted=False, next_reminder_on__lte=today, expires_at__gt=timezone.now()
    )
    sent = 0
    for row in rows.select_for_update(of=("self",)).select_related("space", "asked_by").order_by("pk"):
        page = page_behind(row)
        if page is not None:
            asks.remind(request=row, node=page.node, today=today)
            sent += 1
    return sent


@transaction.atomic
def mute(*, viewer: Viewer, item_id: int, muted: bool) -> Reminder:
    """Send no more reminders about an item (or send them again); for who tells where it stands."""
    view = found(viewer, item_id)
    row, _new = Reminder.objects.get_or_create(item=view.item, defaults={"space": viewer.space})
    if (row.muted_at is not None) != muted:
        row.muted_at = timezone.now() if muted else None
        row.muted_by = viewer.user if muted else None
        row.save(update_fields=["muted_at", "muted_by", "updated_at"])
        verb = "plan.reminders_muted" if muted else "plan.reminders_resumed"
        news.journal(author_of(viewer), verb, view.item, view.node)
    return row
