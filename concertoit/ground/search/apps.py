from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "concertoit.ground.search"
    label = "search"
