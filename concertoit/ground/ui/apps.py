from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "concertoit.ground.ui"
    label = "ui"

    def ready(self) -> None:
        from concertoit.ground.ui.translations import compile_at_start

        compile_at_start()
