from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "concertoit.ground.places"
    label = "places"

    def ready(self) -> None:
        from concertoit.ground.audit import verbs as journal
        from concertoit.ground.places.verbs import SENTENCES

        journal.register(SENTENCES)
