from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "concertoit.front.api"
    label = "api"
    verbose_name = _("interfaces ouvertes")

    def ready(self) -> None:
        from concertoit.front.api import policies
        from concertoit.front.api.verbs import SENTENCES
        from concertoit.ground.audit import verbs as journal
        from concertoit.ground.audit.policies import register_object
        from concertoit.ground.ui.navigation import NavItem, register

        policies.declare()
        journal.register(SENTENCES)
        register(
            NavItem(
                "api", _("Clés des autres systèmes"), "key", "api:keys", "manage", "api.manage", 80, shown=_is_used
            )
        )
        register_object("api.apikey", label=_("clé d’un système"), url=_page_of, can_view=_may_read, fields={})


def _is_used(viewer: Any) -> bool:
    return bool(viewer.space.uses("cases"))


def _page_of(object_id: str) -> str:
    from concertoit.front.api.models import ApiKey

    row = ApiKey.objects.select_related("space").filter(pk=object_id).first()
    return reverse("api:keys", kwargs={"slug": row.space.slug}) if row else reverse("spaces:list")


def _may_read(user: Any, entry: Any) -> bool:
    from concertoit.ground.spaces.queries import viewer_in

    viewer = viewer_in(user, entry.space_id)
    return viewer is not None and viewer.can("api.manage")
