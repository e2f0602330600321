from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SmallWorksConfig(AppConfig):
    name = "concertoit.field.small_works"
    label = "small_works"
    verbose_name = _("menus travaux")

    def ready(self) -> None:
        from concertoit.field.small_works import policies
        from concertoit.field.small_works.models import Request
        from concertoit.field.small_works.queries import histories
        from concertoit.field.small_works.verbs import FIELDS, SENTENCES
        from concertoit.field.small_works.views.desk import brought
        from concertoit.ground.audit import verbs as journal
        from concertoit.ground.audit.policies import register_object
        from concertoit.ground.ui import desk
        from concertoit.ground.ui.navigation import NavItem, register

        policies.declare()
        journal.register(SENTENCES)
        desk.register(brought, when=[Request])
        register(
            NavItem(
                "small_works", _("Menus travaux"), "tools", "small_works:home", "field", "works.figures", 60,
                shown=_is_used,
            )
        )  # fmt: skip
        for model, label in histories.LABELS.items():
            register_object(
                f"small_works.{model}", label=label, url=histories.PAGES[model], can_view=histories.CAN_VIEW[model],
                fields=FIELDS,
            )  # fmt: skip


def _is_used(viewer: Any) -> bool:
    return bool(viewer.space.uses("small_works"))
