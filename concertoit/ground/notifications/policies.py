"""A notice belongs to the person it was sent to, and to nobody else."""

from typing import Any

from django.db.models import QuerySet

from concertoit.ground.notifications.models import Notice


def visible_to(user: Any) -> QuerySet[Notice]:
    """The notices of a person's list."""
    return Notice.objects.filter(user_id=user.pk, in_app=True)
