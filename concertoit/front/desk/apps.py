from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "concertoit.front.desk"
    label = "desk"

    def ready(self) -> None:
        from concertoit.ground.ui.navigation import NavItem, register

        register(NavItem("home", _("Ma table"), "house-door", "desk:home", "together", order=0))
