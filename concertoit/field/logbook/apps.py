from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LogbookConfig(AppConfig):
    name = "concertoit.field.logbook"
    label = "logbook"
    verbose_name = _("journal de bord")

    def ready(self) -> None:
        from concertoit.field.logbook import policies
        from concertoit.field.logbook.verbs import SENTENCES
        from concertoit.ground.audit import verbs as journal

        policies.declare()
        journal.register(SENTENCES)
