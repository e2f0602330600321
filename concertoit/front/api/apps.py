from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "concertoit.front.api"
    label = "api"
    verbose_name = _("interfaces ouvertes")

    def ready(self) -> None:
        from concertoit.front.api import policies
        from concertoit.front.api.models import ApiKey
        from concertoit.front.api.verbs import SENTENCES
        from concertoit.ground.audit import verbs as journal
        from concertoit.ground.audit.policies import register_object
        from concertoit.ground.spaces.queries.histories import page_of_row, read_with
        from concertoit.ground.ui.navigation import NavItem, register

        policies.declare()
        journal.register(SENTENCES)
        register(
            NavItem(
                "api", _("Clés des autres systèmes"), "key", "api:keys", "manage", "api.manage", 80, shown=_is_used
            )
        )
        register_object(
            "api.apikey",
            label=_("clé d’un système"),
            url=page_of_row(ApiKey, "api:keys"),
            can_view=read_with("api.manage"),
        )


def _is_used(viewer: Any) -> bool:
    return bool(viewer.space.uses("cases"))
