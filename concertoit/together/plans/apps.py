from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "concertoit.together.plans"
    label = "plans"

    def ready(self) -> None:
        from concertoit.together.plans import policies

        policies.declare()
