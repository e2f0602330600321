from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "concertoit.ground.spaces"
    label = "spaces"
