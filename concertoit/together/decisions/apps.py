from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "concertoit.together.decisions"
    label = "decisions"
