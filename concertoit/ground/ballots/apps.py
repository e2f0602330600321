from django.apps import AppConfig


class BallotsConfig(AppConfig):
    name = "concertoit.ground.ballots"
    label = "ballots"
