from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "concertoit.together.decisions"
    label = "decisions"

    def ready(self) -> None:
        """Wire the room: what is shared, then one method per part."""
        from concertoit.ground.audit import verbs as sentences
        from concertoit.together.decisions import policies, verbs

        policies.declare()
        sentences.register(verbs.SENTENCES)
        self._home()
        self._workshops()
        self._reviews()
        self._prioritisation()
        self._consent()

    def _home(self) -> None:
        """« Décider » in the rail. Parts feed the page with ``home.register(Stage.…, provider)``."""
        from django.utils.translation import gettext_lazy as _

        from concertoit.ground.ui.navigation import NavItem, register

        register(NavItem("decisions", _("Décider"), "ui-checks", "decisions:home", "together", "decisions.view", 15))

    def _workshops(self) -> None:
        """Six-hats workshops."""
        from django.utils.translation import gettext_lazy as _

        from concertoit.ground.audit import policies as audit
        from concertoit.ground.ui import desk, panels
        from concertoit.together.decisions import verbs
        from concertoit.together.decisions.enums import Stage
        from concertoit.together.decisions.notifications import workshops as notifications
        from concertoit.together.decisions.queries import home
        from concertoit.together.decisions.services import workshop_index
        from concertoit.together.decisions.views import workshop_brought as bring

        notifications.declare()
        workshop_index.declare()
        home.register(Stage.WORKSHOP, bring.stage)
        desk.register(bring.brought)
        panels.register("plans.item", bring.item_panel)
        audit.register_object(
            "decisions.workshop",
            label=_("atelier"),
            url=bring.history_url,
            can_view=bring.history_of,
            fields=verbs.WORKSHOP_FIELDS,
        )

    def _reviews(self) -> None:
        """Reviews of the current actions."""

    def _prioritisation(self) -> None:
        """Prioritisation and money."""

    def _consent(self) -> None:
        """Consent rounds and the adoption of a plan."""
