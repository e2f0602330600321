from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "concertoit.ground.surveys"
    label = "surveys"

    def ready(self) -> None:
        from concertoit.ground.audit import verbs as journal
        from concertoit.ground.surveys import policies
        from concertoit.ground.surveys.models import Survey
        from concertoit.ground.surveys.services import indexing
        from concertoit.ground.surveys.verbs import SENTENCES
        from concertoit.ground.surveys.views.desk import brought
        from concertoit.ground.ui import desk
        from concertoit.ground.ui.navigation import NavItem, register

        policies.declare()
        journal.register(SENTENCES)
        indexing.declare()
        desk.register(brought, when=[Survey])
        register(NavItem("surveys", _("Sondages"), "ui-radios", "surveys:list", "together", "survey.view", 50))
