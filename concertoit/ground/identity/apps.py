from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "concertoit.ground.identity"
    label = "identity"
