"""Materials of an event: read by the démarche once it is announced, added by the coordination."""

from typing import Any

from concertoit.ground.core.errors import NotVisible
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for
from concertoit.together.events.models import Event
from concertoit.together.events.queries.events import event_for

OBJECT_TYPE = "events.event"


def _viewer(user: Any, object_id: str) -> Viewer | None:
    """The person in the démarche of the event, if they may open it."""
    event = Event.objects.select_related("space").filter(pk=read_id(object_id) or 0).first()
    if event is None:
        return None
    try:
        viewer = viewer_for(user, event.space.slug)
        event_for(viewer, event.pk)
    except NotVisible:
        return None
    return viewer


def can_read(user: Any, object_id: str) -> bool:
    """Whoever may open the event."""
    return _viewer(user, object_id) is not None


def can_write(user: Any, object_id: str) -> bool:
    """Who prepares the event."""
    viewer = _viewer(user, object_id)
    return viewer is not None and viewer.can("event.manage")


def space_of(object_id: str) -> int | None:
    """The démarche of the event."""
    return Event.objects.filter(pk=object_id).values_list("space_id", flat=True).first()
