from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LogbookConfig(AppConfig):
    name = "concertoit.field.logbook"
    label = "logbook"
    verbose_name = _("journal de bord")

    def ready(self) -> None:
        from concertoit.field.logbook import policies
        from concertoit.field.logbook.verbs import SENTENCES
        from concertoit.ground.audit import verbs as journal

        policies.declare()
        journal.register(SENTENCES)
        self._logbook()
        self._referrals()
        self._statistics()

    def _logbook(self) -> None:
        """Entries, workers, lists: their entry in the rail, their lines on « Ma table », their history."""
        from concertoit.field.logbook.models import Entry
        from concertoit.field.logbook.queries import logbook_history as history
        from concertoit.field.logbook.verbs.logbook import FIELDS
        from concertoit.field.logbook.views.logbook_desk import brought
        from concertoit.ground.audit.policies import register_object
        from concertoit.ground.ui import desk
        from concertoit.ground.ui.navigation import NavItem, register

        desk.register(brought, when=[Entry])
        for model, label in history.LABELS.items():
            register_object(
                f"logbook.{model}", label=label, url=history.PAGES[model], can_view=history.CAN_VIEW[model],
                fields=FIELDS,
            )  # fmt: skip
        for key, label, icon, view, verb, order in (
            ("logbook", _("Journal de bord"), "journal-text", "logbook:logbook", "logbook.write", 35),
            ("workers", _("Équipe de soutien"), "person-badge", "logbook:workers", "logbook.register", 50),
        ):
            register(
                NavItem(
                    key, label, icon, view, "field", verb, order, shown=lambda viewer: viewer.space.uses("logbook"),
                    thumb=key == "logbook",
                )
            )  # fmt: skip

    def _referrals(self) -> None:
        """Referrals: their notices, their lines on « Ma table », their history."""
        from concertoit.field.logbook.models import Referral
        from concertoit.field.logbook.notifications import referrals as notices
        from concertoit.field.logbook.queries import referral_history as history
        from concertoit.field.logbook.verbs.referrals import FIELDS
        from concertoit.field.logbook.views.referral_desk import brought
        from concertoit.ground.audit.policies import register_object
        from concertoit.ground.ui import desk
        from concertoit.ground.ui.navigation import NavItem, register

        notices.declare()
        desk.register(brought, when=[Referral])
        register_object(
            "logbook.referral", label=_("référence"), url=history.url, can_view=history.can_view, fields=FIELDS,
            show=history.show,
        )  # fmt: skip
        register(
            NavItem(
                "referrals", _("Mes références"), "signpost-split", "logbook:referrals", "field", "referrals.write", 40,
                shown=lambda viewer: viewer.space.uses("directory"),
            )
        )  # fmt: skip

    def _statistics(self) -> None:
        """Figures: their entry in the rail, the history of what was published, the check of what is kept."""
        from concertoit.field.logbook.queries import figures_history as history
        from concertoit.field.logbook.verbs.statistics import FIELDS
        from concertoit.ground.audit.policies import register_object
        from concertoit.ground.core import checks_data
        from concertoit.ground.ui.navigation import NavItem, register

        register_object(
            "logbook.figuresreport", label=_("rapport de statistiques"), url=history.url, can_view=history.can_view,
            fields=FIELDS,
        )  # fmt: skip
        checks_data.register("logbook-figures", history.check)
        register(
            NavItem(
                "statistics", _("Statistiques"), "bar-chart-line", "logbook:statistics", "field", "logbook.figures", 45,
                shown=lambda viewer: viewer.space.uses("logbook"),
            )
        )  # fmt: skip
