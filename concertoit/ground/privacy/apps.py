from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "concertoit.ground.privacy"
    label = "privacy"
