from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "concertoit.ground.files"
    label = "files"

    def ready(self) -> None:
        from concertoit.ground.audit import verbs as journal
        from concertoit.ground.files.verbs import SENTENCES

        journal.register(SENTENCES)
