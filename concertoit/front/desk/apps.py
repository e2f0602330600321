from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "concertoit.front.desk"
    label = "desk"
