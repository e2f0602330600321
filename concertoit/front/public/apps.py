from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "concertoit.front.public"
    label = "public"
