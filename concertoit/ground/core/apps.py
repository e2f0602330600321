from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "concertoit.ground.core"
    label = "core"
