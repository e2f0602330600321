"""Programmes, events and sessions."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.events import notifications
from concertoit.together.events.enums import EventState, NeedState, Seat
from concertoit.together.events.models import Event, Need, Programme, Registration, Session
from concertoit.together.events.services import indexing
from concertoit.together.events.workflow import event_may

# Read aloud in a room and typed on a phone: no letter or digit that looks like another.
CODE_LETTERS, CODE_LENGTH = "ABCDEFGHJKMNPQRSTUVWXYZ23456789", 6
KNOWN_TO_CALENDARS = ("starts_at", "minutes", "place", "video_link")


def journal(viewer: Viewer, verb: str, event: Event, **values: Any) -> None:
    """Write a line of the journal about an event."""
    record(
        actor=viewer.user, verb=verb, object_type="events.event", object_id=event.pk, object_label=event.title,
        space_id=event.space_id, **values,
    )  # fmt: skip


@transaction.atomic
def save_programme(*, viewer: Viewer, programme: Programme | None = None, **words: Any) -> Programme:
    """Open a programme, or change its words. Raises ``ValidationError`` for dates in the wrong order."""
    viewer.must("event.manage")
    row = programme or Programme(space=viewer.space)
    for name, value in words.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    record(
        actor=viewer.user, verb="programme.updated" if programme else "programme.created",
        object_type="events.programme", object_id=row.pk, object_label=row.title, space_id=row.space_id,
    )  # fmt: skip
    return row


@transaction.atomic
def save_event(*, viewer: Viewer, event: Event | None = None, needs: list[Need] | None = None, **words: Any) -> Event:
    """Prepare an event, or change it. ``needs``: those it answers, which then stand at the programme."""
    viewer.must("event.manage")
    row = event or Event(space=viewer.space)
    before = {name: str(getattr(row, name) or "") for name in words} if event else {}
    for name, value in words.items():
        setattr(row, name, value)
    row.save()
    after = {name: str(getattr(row, name) or "") for name in words}
    if needs is not None:
        _answer_needs(row, needs)
    if before != after:
        journal(viewer, "event.updated" if event else "event.created", row, before=before, after=after)
    indexing.event_changed(row)
    return row


def _answer_needs(event: Event, needs: list[Need]) -> None:
    Need.objects.filter(event=event, state=NeedState.PLANNED).exclude(pk__in=[one.pk for one in needs]).update(
        event=None, state=NeedState.OPEN
    )
    Need.objects.filter(pk__in=[one.pk for one in needs], state=NeedState.OPEN).update(
        event=event, state=NeedState.PLANNED
    )


@transaction.atomic
def set_state(*, viewer: Viewer, event: Event, state: EventState) -> None:
    """Announce an event, take the announcement back, or declare it done. Raises ``DomainError``."""
    viewer.must("event.manage")
    row = Event.objects.select_for_update().get(pk=event.pk)
    if not event_may(row.state, state):
        raise DomainError(_("Cette activité ne peut pas passer à cet état."))
    if state == EventState.ANNOUNCED and not Session.objects.filter(event=row, cancelled_on=None).exists():
        raise DomainError(_("Ajoutez au moins une séance avant d’annoncer l’activité."))
    if state == EventState.DRAFT and Registration.objects.filter(session__event=row).exists():
        raise DomainError(_("Des personnes sont inscrites : annulez plutôt les séances, elles seront prévenues."))
    row.state = state
    row.save()
    if state == EventState.DONE:
        Need.objects.filter(event=row, state=NeedState.PLANNED).update(state=NeedState.ANSWERED)
    verbs = {"announced": "event.announced", "draft": "event.withdrawn", "done": "event.done"}
    journal(viewer, verbs[state], row)
    indexing.event_changed(row)


@transaction.atomic
def remove_event(*, viewer: Viewer, event: Event) -> None:
    """Remove an event to which nobody registered. Raises ``DomainError``."""
    viewer.must("event.manage")
    if Registration.objects.filter(session__event=event).exists():
        raise DomainError(_("Des personnes s’y sont inscrites : l’activité reste, avec son histoire."))
    journal(viewer, "event.removed", event, before={"title": event.title})
    Need.objects.filter(event=event, state=NeedState.PLANNED).update(state=NeedState.OPEN)
    indexing.event_removed(event)
    event.delete()


def _new_code() -> str:
    while True:
        code = get_random_string(CODE_LENGTH, CODE_LETTERS)
        if not Session.objects.filter(code=code).exists():
            return code


@transaction.atomic
def save_session(*, viewer: Viewer, event: Event, session: Session | None = None, **words: Any) -> Session:
    """Add a session, or change one; those who are registered hear of what changes for them.

    Raises ``DomainError`` for fewer seats than people already registered, or a cancelled session.
    """
    viewer.must("event.manage")
    row = session and Session.objects.select_for_update().select_related("event__space").get(pk=session.pk)
    if row and row.cancelled_on:
        raise DomainError(_("Cette séance est annulée : ajoutez-en une autre."))
    row = row or Session(space=viewer.space, event=event, code=_new_code())
    before = {name: getattr(row, name) for name in KNOWN_TO_CALENDARS}
    for name, value in words.items():
        setattr(row, name, value)
    _must_hold(row)
    moved = bool(session) and any(getattr(row, name) != value for name, value in before.items())
    row.sequence += moved
    row.save()
    journal(viewer, "event.session_changed" if session else "event.session_added", event, after=_shown(row))
    if moved:
        notifications.session_moved(session=row)
    return row


def _must_hold(session: Session) -> None:
    if session.pk is None or session.capacity is None:
        return
    taken = Registration.objects.filter(session=session, seat=Seat.REGISTERED).count()
    if taken > session.capacity:
        raise DomainError(
            _("%(taken)d personnes sont déjà inscrites : gardez au moins autant de places.") % {"taken": taken},
            field="capacity",
        )


def _shown(session: Session) -> dict[str, str]:
    return {"starts_at": session.starts_at.isoformat(), "place": session.place, "minutes": str(session.minutes)}


@transaction.atomic
def cancel_session(*, viewer: Viewer, session: Session, reason: str) -> None:
    """Cancel a session and tell those who were coming. Raises ``DomainError`` without a reason, or when it is past."""
    viewer.must("event.manage")
    row = Session.objects.select_for_update().select_related("event__space").get(pk=session.pk)
    if not reason.strip():
        raise DomainError(_("Dites pourquoi : les personnes inscrites le liront."), field="reason")
    if row.cancelled_on or row.starts_at + timedelta(minutes=row.minutes) < timezone.now():
        raise DomainError(_("Cette séance est déjà annulée, ou déjà passée."))
    row.cancelled_on, row.cancel_reason = timezone.localdate(), reason.strip()
    row.sequence += 1
    row.save()
    journal(viewer, "event.session_cancelled", row.event, note=reason.strip())
    notifications.session_cancelled(session=row)


@transaction.atomic
def publish_synthesis(*, viewer: Viewer, event: Event, text: str) -> None:
    """Keep what is learned from an event, for everybody in the démarche."""
    viewer.must("event.manage")
    if not text.strip():
        raise DomainError(_("Écrivez la synthèse avant de la diffuser."), field="synthesis")
    event.synthesis, event.synthesis_on = text.strip(), timezone.localdate()
    event.save()
    journal(viewer, "event.synthesis", event)
    indexing.event_changed(event)
