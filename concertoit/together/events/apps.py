from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "concertoit.together.events"
    label = "events"

    def ready(self) -> None:
        from concertoit.ground.audit import verbs as journal
        from concertoit.ground.files import policies as files
        from concertoit.ground.ui import desk
        from concertoit.ground.ui.navigation import NavItem, register
        from concertoit.together.events import policies
        from concertoit.together.events.models import Event
        from concertoit.together.events.queries import event_files
        from concertoit.together.events.services import indexing
        from concertoit.together.events.verbs import SENTENCES
        from concertoit.together.events.views.desk import brought

        policies.declare()
        journal.register(SENTENCES)
        indexing.declare()
        desk.register(brought, when=[Event])
        title: Any = _("Activités")
        register(NavItem("events", title, "calendar-heart", "events:season", "together", "event.view", 40))
        files.register(
            event_files.OBJECT_TYPE,
            can_read=event_files.can_read,
            can_write=event_files.can_write,
            space_of=event_files.space_of,
        )
