"""E-mails leave from here. A notice is marked when it is sent: a second run sends only what is left."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from concertoit.ground.core.jobs import Run, daily, enqueue, job, periodic
from concertoit.ground.notifications import notifications, queries
from concertoit.ground.notifications.enums import Email, Rhythm
from concertoit.ground.notifications.models import Notice, Reader
from concertoit.ground.notifications.rules import digest_due


@job("notifications.send")
def send(run: Run) -> dict[str, Any]:
    """The e-mails of one act."""
    owed = (
        Notice.objects.filter(
            batch=run.payload["batch"], email=Email.NOW, emailed_at__isnull=True, user__is_active=True
        )
        .select_related("user")
        .order_by("pk")
    )
    sent = 0
    for notice in owed:
        notifications.one_notice(notice).send()
        Notice.objects.filter(pk=notice.pk).update(emailed_at=timezone.now())
        sent += 1
    return {"sent": sent}


@job("notifications.mail")
def mail(run: Run) -> None:
    """A message to somebody who may have no account."""
    asked = run.payload
    line = notifications.Line(asked["subject"], asked["body"], notifications.absolute(asked["url"]))
    notifications.write(
        notifications.Letter(
            to=asked["to"],
            subject=asked["subject"],
            sections=[("", [line])],
            language=asked["language"],
            action=asked["action"],
            unsubscribe_url=notifications.absolute(asked["unsubscribe_url"]),
            reply_to=asked["reply_to"],
            # A job asked before calendars went inside messages has none.
            calendar=asked.get("calendar", ""),
            calendar_method=asked.get("calendar_method", ""),
        )
    ).send()


@job("notifications.digests")
def digests(run: Run) -> dict[str, Any]:
    """One job for each person whose digest leaves today."""
    today = timezone.localdate()
    owed = Notice.objects.filter(email=Email.DIGEST, emailed_at__isnull=True, user__is_active=True)
    people = sorted(set(owed.order_by().values_list("user_id", flat=True)))
    readers = {reader.user_id: reader for reader in Reader.objects.filter(user_id__in=people).order_by("pk")}
    asked = 0
    for user_id in people:
        reader = readers.get(user_id)
        weekly = reader is not None and reader.rhythm == Rhythm.WEEKLY
        if digest_due(weekly=weekly, last=reader.digested_on if reader else None, today=today):
            enqueue("notifications.digest", payload={"user": user_id}, dedup_key=f"{user_id}:{today}", once=True)
            asked += 1
    return {"asked": asked}


@job("notifications.digest")
def digest(run: Run) -> dict[str, Any]:
    """The digest of one person."""
    user_id = run.payload["user"]
    owed = list(queries.owed_digest(user_id).select_related("user"))
    if owed:
        notifications.digest(owed[0].user, owed).send()
        with transaction.atomic():
            Notice.objects.filter(pk__in=[notice.pk for notice in owed]).update(emailed_at=timezone.now())
            Reader.objects.update_or_create(user_id=user_id, defaults={"digested_on": timezone.localdate()})
    return {"sent": len(owed)}


periodic("notifications.digests", daily(6, 30))
