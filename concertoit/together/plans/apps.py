from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "concertoit.together.plans"
    label = "plans"

    def ready(self) -> None:
        from concertoit.together.plans import notifications, policies

        policies.declare()
        notifications.declare()
        self._navigation()
        self._journal()
        self._panels()

    def _navigation(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from concertoit.ground.ui.navigation import NavItem, register

        register(NavItem("plan", _("Plan d’action"), "diagram-3", "plans:plan", "together", "plan.view", 10))
        register(NavItem("cycle", _("Étapes de la démarche"), "calendar-event", "plans:cycle", "together", "plan.view", 20))
        register(NavItem("alignments", _("Arrimages"), "share", "plans:alignments", "together", "plan.view", 30))

    def _journal(self) -> None:
        """Sentences and history of what happens to the elements of plans."""
        from django.utils.translation import gettext_lazy as _

        from concertoit.ground.audit import policies as audit
        from concertoit.ground.audit import verbs as sentences
        from concertoit.together.plans import verbs
        from concertoit.together.plans.services import restoring

        sentences.register(verbs.SENTENCES)
        audit.register_object(
            "plans.item",
            label=_("élément du plan"),
            url=restoring.url,
            can_view=restoring.can_view,
            restore=restoring.restore,
            can_restore=restoring.can_restore,
            fields=verbs.FIELDS,
            show=restoring.show,
        )

    def _panels(self) -> None:
        """What plans bring to the desk and to the page of an organisation."""
        from concertoit.ground.ui import panels as slots
        from concertoit.together.plans.views import panels

        slots.register("desk.todo", panels.todo)
        slots.register("desk.moved", panels.recent)
        slots.register("organisations.detail", panels.organisation)
