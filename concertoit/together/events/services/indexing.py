"""What of events can be searched: those that are announced, with their synthesis."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concertoit.ground.search.policies import Doc, Searchable, register
from concertoit.ground.search.services import index_many, remove
from concertoit.together.events.enums import EventState
from concertoit.together.events.models import Event

KIND = "events.event"


def declare() -> None:
    """Say what can be found."""
    register(Searchable(KIND, _("Activité"), "calendar-heart", docs, verb="event.view"))


def docs(ids: set[int] | None = None) -> Iterator[Doc]:
    """All announced events, or these."""
    rows = Event.objects.exclude(state=EventState.DRAFT).select_related("space").order_by("id")
    for event in rows if ids is None else rows.filter(pk__in=ids):
        url = reverse("events:event", kwargs={"slug": event.space.slug, "event_id": event.pk})
        body = "\n".join([event.description, event.audience, event.leader, event.synthesis])
        yield Doc(event.pk, event.title, url, body, event.space_id)


def event_changed(event: Event) -> None:
    """Keep an event as it is now."""
    found = list(docs({event.pk}))
    if found:
        index_many(kind=KIND, docs=found)
    else:
        event_removed(event)


def event_removed(event: Event) -> None:
    """Forget an event."""
    remove(kind=KIND, object_ids=[event.pk])
