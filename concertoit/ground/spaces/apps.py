from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpacesConfig(AppConfig):
    name = "concertoit.ground.spaces"
    label = "spaces"

    def ready(self) -> None:
        from concertoit.ground.spaces.policies import visible_to
        from concertoit.ground.ui import navigation

        navigation.register_switcher(lambda user: visible_to(user).order_by("name", "pk"))
        navigation.register(
            navigation.NavItem(
                "journal", _("Journal"), "clock-history", "spaces:journal", "manage", verb="journal.view", order=90
            )
        )
