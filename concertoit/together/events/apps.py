from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "concertoit.together.events"
    label = "events"
