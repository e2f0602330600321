from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "concertoit.field.cases"
    label = "cases"
    verbose_name = _("dossiers d’insalubrité")

    def ready(self) -> None:
        from concertoit.field.cases import policies
        from concertoit.field.cases.verbs import SENTENCES
        from concertoit.ground.audit import verbs as journal

        policies.declare()
        journal.register(SENTENCES)
