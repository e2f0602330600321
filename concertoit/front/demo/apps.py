from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "concertoit.front.demo"
    label = "demo"

    def ready(self) -> None:
        from concertoit.front.demo.views import people_panel
        from concertoit.ground.ui.panels import register

        register("login.people", people_panel)
