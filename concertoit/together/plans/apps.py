from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "concertoit.together.plans"
    label = "plans"
