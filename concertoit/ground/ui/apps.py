from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "concertoit.ground.ui"
    label = "ui"
