from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "concertoit.insight.reporting"
    label = "reporting"

    def ready(self) -> None:
        from concertoit.ground.ui.navigation import NavItem, register

        register(NavItem("filings", _("Dépôts"), "file-earmark-text", "reporting:filings", "insight", "plan.view", 60))
