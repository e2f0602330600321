from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "concertoit.ground.files"
    label = "files"
