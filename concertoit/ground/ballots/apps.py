from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BallotsConfig(AppConfig):
    name = "concertoit.ground.ballots"
    label = "ballots"
    verbose_name = _("scrutins")

    def ready(self) -> None:
        from concertoit.ground.audit import verbs as journal
        from concertoit.ground.ballots import policies
        from concertoit.ground.ballots.queries import disagreements
        from concertoit.ground.ballots.verbs import SENTENCES
        from concertoit.ground.core import checks_data

        policies.declare()
        journal.register(SENTENCES)
        checks_data.register("ballots.boxes", disagreements)
