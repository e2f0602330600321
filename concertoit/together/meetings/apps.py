from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "concertoit.together.meetings"
    label = "meetings"
