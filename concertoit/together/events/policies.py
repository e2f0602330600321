"""Who announces, who comes, who says what is needed."""

from django.db.models import QuerySet

from concertoit.ground.spaces.policies import COCO, COORDINATION, EVERYBODY, TABLE, Viewer, grant
from concertoit.together.events.enums import EventState
from concertoit.together.events.models import Event


def declare() -> None:
    """Give the verbs of events to roles; called when the room is wired."""
    grant("event.view", EVERYBODY)
    grant("event.register", EVERYBODY)
    grant("event.manage", COORDINATION)
    grant("event.people", COCO)
    grant("event.need", TABLE)


def visible_to(viewer: Viewer) -> QuerySet[Event]:
    """Events one may open: those that are announced; all for who prepares them."""
    rows = Event.objects.filter(space=viewer.space)
    return rows if viewer.can("event.manage") else rows.exclude(state=EventState.DRAFT)
