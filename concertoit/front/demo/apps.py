from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "concertoit.front.demo"
    label = "demo"
