from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "concertoit.ground.places"
    label = "places"
