"""Public doors that close after too many knocks from one place in a day, without writing down where the place is."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from concertoit.field.cases.models import DoorTally

SIGNAL, CODE = "signal", "code"


def _place(network: str) -> str:
    """A keyed digest of the day and the network's address: tomorrow the same place has another."""
    return salted_hmac("cases.door", f"{timezone.localdate():%Y-%m-%d}:{network}", algorithm="sha256").hexdigest()


def is_closed(*, door: str, network: str, most: int) -> bool:
    """Whether a place has knocked ``most`` times today."""
    today = timezone.localdate()
    return DoorTally.objects.filter(day=today, door=door, place=_place(network), count__gte=most).exists()


@transaction.atomic
def knock(*, door: str, network: str) -> None:
    """Count one knock; the counts of earlier days are destroyed on the way."""
    today = timezone.localdate()
    DoorTally.objects.filter(day__lt=today - timedelta(days=1)).delete()
    row, _created = DoorTally.objects.get_or_create(day=today, door=door, place=_place(network))
    DoorTally.objects.filter(pk=row.pk).update(count=F("count") + 1)
