from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "concertoit.field.participation"
    label = "participation"
