"""Events that tests and rows of the permission table need."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from concertoit.together.events.enums import EventState
from concertoit.together.events.models import Event, Need, Programme, Registration, Session
from concertoit.together.events.services import events, needs, registering
from concertoit.together.events.services.registering import Guest
from tests.personas import Table


def event_of(table: Table, *, announced: bool = True, days: float = 10, **words: Any) -> Event:
    """An event with one session, some days from now."""
    viewer = table.viewer("coordinator")
    values = {"title": "ABC des droits", "open_to_all": True, "gives_certificate": True, **words}
    session_words = {name: values.pop(name) for name in ("capacity", "minutes") if name in values}
    event = events.save_event(viewer=viewer, **values)
    starts_at = timezone.now() + timedelta(days=days)
    events.save_session(viewer=viewer, event=event, starts_at=starts_at, place="Salle verte", **session_words)
    if announced:
        events.set_state(viewer=viewer, event=event, state=EventState.ANNOUNCED)
        event.refresh_from_db()
    return event


def session_of(event: Event) -> Session:
    return Session.objects.select_related("event__space").get(event=event)


def registered(session: Session, name: str = "Nora", **words: Any) -> Registration:
    """Somebody who comes to a session."""
    return registering.register(session=session, guest=Guest(name, f"{name.lower()}@exemple.test", **words))


def held(session: Session, hours: float = 1) -> None:
    """Put a session in the past, begun some hours ago."""
    Session.objects.filter(pk=session.pk).update(starts_at=timezone.now() - timedelta(hours=hours))


def programme_of(table: Table) -> Programme:
    return events.save_programme(viewer=table.viewer("coordinator"), title="Saison")


def need_of(table: Table, title: str = "") -> Need:
    return needs.express(viewer=table.viewer("partner"), title=title or f"Lire un bail, {Need.objects.count() + 1}")
