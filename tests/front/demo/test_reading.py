"""Notices of the example: what is old was read, what is new still waits."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from concertoit.front.demo.services.reading import tell_reading
from concertoit.ground.notifications.models import Notice
from tests.personas import Table


def test_old_notices_were_read_the_day_after(table: Table) -> None:
    now = timezone.now()
    Notice.objects.bulk_create(
        Notice(user=table.user("liaison"), kind="essai", subject="Avis", at=now - timedelta(days=days), batch=uuid4())
        for days in (1, 5)
    )
    tell_reading()
    new, old = Notice.objects.order_by("-at")[:2]
    assert new.read_at is None
    assert old.read_at == old.at + timedelta(days=1)
