from functools import partial
from typing import Any

from django.apps import AppConfig, apps
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "concertoit.insight.evaluation"
    label = "evaluation"
    verbose_name = _("évaluation")

    def ready(self) -> None:
        from concertoit.ground.audit import verbs as journal
        from concertoit.ground.audit.policies import register_object
        from concertoit.ground.ui.navigation import NavItem, register
        from concertoit.insight.evaluation import policies
        from concertoit.insight.evaluation.verbs import FIELDS, SENTENCES

        policies.declare()
        journal.register(SENTENCES)
        register(
            NavItem(
                "changes", _("Changements attendus"), "signpost-split", "evaluation:strategy", "insight",
                "evaluation.view", 30, shown=_is_used,
            )
        )  # fmt: skip
        for model, label in (
            ("expectedchange", _("changement attendu")),
            ("strategyaxis", _("axe de la stratégie")),
            ("sign", _("signe de changement")),
        ):
            register_object(
                f"evaluation.{model}", label=label, url=partial(_page_of, model), can_view=_may_read, fields=FIELDS
            )


def _is_used(viewer: Any) -> bool:
    """Démarches that act in the field; others open the page by its address."""
    return bool(viewer.space.tools)


def _page_of(model: str, object_id: str) -> str:
    row: Any = (
        apps.get_model("evaluation", model)._default_manager.select_related("space").filter(pk=object_id).first()
    )
    if row is None:
        return reverse("spaces:list")
    if model == "strategyaxis":
        return reverse("evaluation:strategy", kwargs={"slug": row.space.slug})
    change = row.pk if model == "expectedchange" else row.change_id
    return reverse("evaluation:change", kwargs={"slug": row.space.slug, "change_id": change})


def _may_read(user: Any, entry: Any) -> bool:
    from concertoit.ground.spaces.queries import viewer_in

    viewer = viewer_in(user, entry.space_id)
    return viewer is not None and viewer.can("evaluation.view")
