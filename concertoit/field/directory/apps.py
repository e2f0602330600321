from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "concertoit.field.directory"
    label = "directory"
    verbose_name = _("répertoire des ressources")

    def ready(self) -> None:
        from concertoit.field.directory import notifications, policies
        from concertoit.field.directory.models import ConfirmationAsk
        from concertoit.field.directory.queries import histories
        from concertoit.field.directory.services import indexing
        from concertoit.field.directory.verbs import FIELDS, SENTENCES
        from concertoit.field.directory.views import panels
        from concertoit.field.directory.views.desk import brought
        from concertoit.ground.audit import verbs as journal
        from concertoit.ground.audit.policies import register_object
        from concertoit.ground.ui import desk
        from concertoit.ground.ui import panels as slots
        from concertoit.ground.ui.navigation import NavItem, register

        policies.declare()
        notifications.declare()
        indexing.declare()
        journal.register(SENTENCES)
        desk.register(brought, when=[ConfirmationAsk])
        slots.register("organisations.detail", panels.organisation)
        register_object(
            "directory.service", label=_("service du répertoire"), url=histories.url, can_view=histories.can_view,
            fields=FIELDS, show=histories.show,
        )  # fmt: skip
        register(
            NavItem(
                "directory", _("Répertoire"), "journal-bookmark", "directory:services", "field", "directory.view", 30,
                shown=_uses,
            )
        )  # fmt: skip


def _uses(viewer: Any) -> bool:
    """Démarches that work with a directory."""
    return bool(viewer.space.uses("directory"))
