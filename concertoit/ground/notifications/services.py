"""Telling people: inside the application, and by e-mail through a job that leaves only if the change is committed."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise

from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.core.jobs import enqueue
from concertoit.ground.core.models import Job
from concertoit.ground.notifications import queries
from concertoit.ground.notifications.enums import Email, Rhythm
from concertoit.ground.notifications.models import Mute, Notice, Preference, Reader
from concertoit.ground.notifications.policies import visible_to
from concertoit.ground.notifications.rules import Delivery
from concertoit.ground.notifications.verbs import Kind, kind_of

Text = str | Promise | Callable[[], str]
"""A text, or how to say it in the language of who reads: ``lambda: _("%(who)s …") % {"who": name}``."""


def _say(text: Text) -> str:
    return str(text() if callable(text) and not isinstance(text, Promise) else text)


def notify(
    *,
    users: Iterable[Any],
    kind: str,
    subject: Text,
    url: str,
    body: Text = "",
    space_id: int | None = None,
    actor: Any = None,
    dedup_key: str = "",
) -> int:
    """Tell people, each as they wish; answers how many are told. Called inside the transaction of the change.

    Who acted is not told of their own act. With a ``dedup_key`` (``"plans.comment:12"``) a person hears of the same
    thing once, whoever sends it. Raises ``LookupError`` for an unknown kind, ``DomainError`` outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise DomainError("notification outside a transaction")
    known = kind_of(kind)
    people = _recipients(users, actor)
    told = queries.already_told(people, dedup_key)
    people = [user for user in people if user.pk not in told]
    ways = queries.deliveries(people, known, space_id)
    batch, now = uuid.uuid4(), timezone.now()
    notices = []
    for user in people:
        way = ways[user.pk]
        if not way.app and way.email == Email.NEVER:
            continue
        notice = _notice(user, known, way, subject, body)
        notice.url, notice.space_id, notice.at, notice.batch, notice.dedup_key = url, space_id, now, batch, dedup_key
        notice.read_at = now if way.quiet else None
        notice.actor_label = str(actor)[:200] if actor is not None else ""
        notices.append(notice)
    # Two requests may tell the same person at the same moment: the database keeps one.
    Notice.objects.bulk_create(notices, ignore_conflicts=bool(dedup_key), batch_size=500)
    if any(notice.email == Email.NOW for notice in notices):
        enqueue("notifications.send", payload={"batch": str(batch)}, space_id=space_id)
    return len(notices)


def _recipients(users: Iterable[Any], actor: Any) -> list[Any]:
    by_id = {user.pk: user for user in users if user.is_active}
    if actor is not None:
        by_id.pop(actor.pk, None)
    return [by_id[pk] for pk in sorted(by_id)]


def _notice(user: Any, kind: Kind, way: Delivery, subject: Text, body: Text) -> Notice:
    with translation.override(user.language):
        return Notice(
            user=user, kind=kind.code, subject=_say(subject)[:300], body=_say(body), in_app=way.app, email=way.email
        )


def send_mail_message(
    *,
    to: str,
    subject: Text,
    body: Text,
    url: str = "",
    action: Text = "",
    language: str = "fr-ca",
    space_id: int | None = None,
    unsubscribe_url: str = "",
    reply_to: str = "",
    dedup_key: str | None = None,
    calendar: str = "",
    calendar_method: str = "",
) -> Job:
    """Write to somebody who may have no account (invitation, personal link), through a job of this transaction.

    ``action`` is the text of the button that leads to ``url``. ``calendar`` is an iCalendar that goes inside the message,
    with its method (REQUEST, CANCEL), so that calendar programs see it. The job forgets address and link once sent.
    """
    with translation.override(language):
        payload = {
            "to": to, "subject": _say(subject), "body": _say(body), "url": url, "action": _say(action),
            "language": language, "unsubscribe_url": unsubscribe_url, "reply_to": reply_to,
            "calendar": calendar, "calendar_method": calendar_method,
        }  # fmt: skip
    return enqueue("notifications.mail", payload=payload, space_id=space_id, dedup_key=dedup_key)


@transaction.atomic
def mark_read(*, user: Any, notice_id: int) -> Notice:
    """Note that a person read a notice. Raises ``NotVisible`` for another's."""
    notice = must_exist(visible_to(user).filter(pk=notice_id).first())
    if notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    return notice


@transaction.atomic
def mark_unread(*, user: Any, notice_id: int) -> None:
    """Keep a notice for later. Raises ``NotVisible`` for another's."""
    if not visible_to(user).filter(pk=notice_id).update(read_at=None):
        raise NotVisible("")


@transaction.atomic
def mark_all_read(*, user: Any, space_id: int | None = None) -> int:
    """Note that a person read everything (of one démarche)."""
    return queries.inbox(user, space_id=space_id, only_unread=True).update(read_at=timezone.now())


@transaction.atomic
def save_preferences(
    *, user: Any, wishes: Mapping[str, tuple[bool, str]], rhythm: Rhythm, muted: Iterable[int]
) -> None:
    """Keep what a person wants: for each kind (in the application, by e-mail), the digest, the démarches muted."""
    Preference.objects.filter(user=user, kind__in=wishes).delete()
    Preference.objects.bulk_create(
        Preference(user=user, kind=kind_of(code).code, app=app, email=Email(email))
        for code, (app, email) in wishes.items()
    )
    Reader.objects.update_or_create(user=user, defaults={"rhythm": rhythm})
    Mute.objects.filter(user=user).delete()
    Mute.objects.bulk_create(Mute(user=user, space_id=space_id) for space_id in sorted(set(muted)))


@transaction.atomic
def unsubscribe(*, user_id: int, kind: str) -> None:
    """Stop the e-mails of one kind; the notices stay in the application."""
    known = kind_of(kind)
    Preference.objects.update_or_create(
        user_id=user_id,
        kind=kind,
        defaults={"email": Email.NEVER},
        create_defaults={"email": Email.NEVER, "app": known.app},
    )
