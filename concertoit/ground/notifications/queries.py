"""Reads of notifications."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from concertoit.ground.notifications.enums import Email, Rhythm
from concertoit.ground.notifications.models import Mute, Notice, Preference, Reader
from concertoit.ground.notifications.policies import visible_to
from concertoit.ground.notifications.rules import Delivery, delivery
from concertoit.ground.notifications.verbs import Kind, kinds
from concertoit.ground.ui import navigation


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants for one kind of notice."""

    kind: Kind
    app: bool
    email: str


@dataclass(frozen=True, slots=True)
class Preferences:
    """Everything the page of preferences shows."""

    wishes: list[Wish]
    rhythm: str
    muted: set[int]


def unread(user: Any) -> int:
    """How many notices ring at the bell."""
    return visible_to(user).filter(read_at__isnull=True).count()


def inbox(user: Any, *, space_id: int | None = None, only_unread: bool = False) -> QuerySet[Notice]:
    """A person's notices, the newest first."""
    rows = visible_to(user).order_by("-at", "-pk")
    if space_id is not None:
        rows = rows.filter(space_id=space_id)
    return rows.filter(read_at__isnull=True) if only_unread else rows


def space_names(user: Any) -> dict[int, str]:
    """Names of the démarches of a person, by id."""
    return {space.pk: str(space) for space in navigation.spaces_of(user)}


def preferences(user: Any) -> Preferences:
    """What a person said, completed by the defaults."""
    said = {row.kind: row for row in Preference.objects.filter(user=user).order_by("kind")}
    wishes = [
        Wish(kind, said[kind.code].app, said[kind.code].email)
        if kind.code in said
        else Wish(kind, kind.app, kind.email)
        for kind in kinds()
    ]
    reader = Reader.objects.filter(user=user).first()
    muted = Mute.objects.filter(user=user).order_by("space_id").values_list("space_id", flat=True)
    return Preferences(wishes, reader.rhythm if reader else Rhythm.DAILY, set(muted))


def deliveries(users: Iterable[Any], kind: Kind, space_id: int | None) -> dict[int, Delivery]:
    """How each person gets this kind of notice from this démarche, in two queries."""
    ids = [user.pk for user in users]
    said = Preference.objects.filter(user_id__in=ids, kind=kind.code).order_by("pk")
    by_user = {row.user_id: (row.app, row.email) for row in said}
    muted: set[int] = set()
    if space_id is not None:
        rows = Mute.objects.filter(user_id__in=ids, space_id=space_id).order_by("pk")
        muted = set(rows.values_list("user_id", flat=True))
    default = (kind.app, str(kind.email))
    return {pk: delivery(default, by_user.get(pk), muted=pk in muted) for pk in ids}


def already_told(users: Iterable[Any], dedup_key: str) -> set[int]:
    """Ids of those who already have the notice with this key."""
    if not dedup_key:
        return set()
    rows = Notice.objects.filter(user_id__in=[user.pk for user in users], dedup_key=dedup_key).order_by("pk")
    return set(rows.values_list("user_id", flat=True))


def owed_digest(user_id: int) -> QuerySet[Notice]:
    """Notices that wait for a person's next digest."""
    return Notice.objects.filter(user_id=user_id, email=Email.DIGEST, emailed_at__isnull=True).order_by("at", "pk")
