"""People of the example read what they are told: only what is new waits for them."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from concertoit.ground.notifications.models import Notice

NEW = timedelta(days=2)
A_DAY = timedelta(days=1)


def tell_reading() -> None:
    """Each notice is read the day after it was sent; those of the last two days are still to read."""
    old = Notice.objects.filter(read_at=None, at__lt=timezone.now() - NEW)
    old.update(read_at=F("at") + A_DAY)
