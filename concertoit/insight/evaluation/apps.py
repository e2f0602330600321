from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "concertoit.insight.evaluation"
    label = "evaluation"
    verbose_name = _("évaluation")

    def ready(self) -> None:
        from concertoit.ground.audit import verbs as journal
        from concertoit.ground.audit.policies import register_object
        from concertoit.ground.spaces.queries.histories import page_of_row, read_with
        from concertoit.ground.ui.navigation import NavItem, register
        from concertoit.insight.evaluation import policies
        from concertoit.insight.evaluation.models import ExpectedChange, Sign, StrategyAxis
        from concertoit.insight.evaluation.verbs import FIELDS, SENTENCES

        policies.declare()
        journal.register(SENTENCES)
        register(
            NavItem(
                "changes", _("Changements attendus"), "signpost-split", "evaluation:strategy", "insight",
                "evaluation.view", 30, shown=_is_used,
            )
        )  # fmt: skip
        change = "evaluation:change"
        for model, label, url in (
            (ExpectedChange, _("changement attendu"), page_of_row(ExpectedChange, change, change_id="pk")),
            (StrategyAxis, _("axe de la stratégie"), page_of_row(StrategyAxis, "evaluation:strategy")),
            (Sign, _("signe de changement"), page_of_row(Sign, change, change_id="change_id")),
        ):
            register_object(
                model._meta.label_lower, label=label, url=url, can_view=read_with("evaluation.view"), fields=FIELDS
            )


def _is_used(viewer: Any) -> bool:
    """Démarches that act in the field; others open the page by its address."""
    return bool(viewer.space.tools)
