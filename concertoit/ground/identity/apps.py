from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "concertoit.ground.identity"
    label = "identity"

    def ready(self) -> None:
        from concertoit.ground.audit import verbs as journal
        from concertoit.ground.identity.verbs import SENTENCES

        journal.register(SENTENCES)
