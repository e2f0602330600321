from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "concertoit.together.meetings"
    label = "meetings"

    def ready(self) -> None:
        from concertoit.together.meetings import policies

        policies.declare()
