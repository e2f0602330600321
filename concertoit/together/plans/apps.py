from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "concertoit.together.plans"
    label = "plans"

    def ready(self) -> None:
        from concertoit.ground.spaces.queries.journeys import register_journey
        from concertoit.together.plans import notifications, policies
        from concertoit.together.plans.queries.journeys import JOURNEY
        from concertoit.together.plans.services import indexing

        policies.declare()
        notifications.declare()
        register_journey(JOURNEY)
        self._navigation()
        self._desk()
        indexing.declare()
        self._journal()
        self._panels()
        self._files()
        self._checks()

    def _checks(self) -> None:
        """What ``concertoit check-data`` asks of plans."""
        from concertoit.ground.core import checks_data
        from concertoit.together.plans.queries import integrity

        checks_data.register("plans.outlines", integrity.outlines)
        checks_data.register("plans.budgets", integrity.budgets)

    def _navigation(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from concertoit.ground.ui.navigation import NavItem, register, where_used
        from concertoit.together.plans.models import Alignment, CycleStep, Plan

        entries = (
            ("plan", _("Plan d’action"), "diagram-3", 10, ()),
            ("cycle", _("Étapes de la démarche"), "calendar-event", 20, (CycleStep,)),
            ("alignments", _("Arrimages"), "share", 30, (Alignment,)),
        )
        for key, label, icon, order, more in entries:
            shown = where_used("plan.edit", Plan, *more)
            register(NavItem(key, label, icon, f"plans:{key}", "together", "plan.view", order, shown=shown))

    def _desk(self) -> None:
        """What « Ma table » shows of plans."""
        from concertoit.ground.ui import desk
        from concertoit.together.plans.views.desk import brought

        desk.register(brought)

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
        audit.register_object(
            "plans.plan",
            label=_("plan"),
            url=restoring.plan_url,
            can_view=restoring.can_view,
            fields=verbs.PLAN_FIELDS,
        )

    def _panels(self) -> None:
        """What plans bring to the page of an organisation."""
        from concertoit.ground.ui import panels as slots
        from concertoit.together.plans.views import panels

        slots.register("organisations.detail", panels.organisation)

    def _files(self) -> None:
        """Files hang on the elements of plans."""
        from concertoit.ground.files import policies as files
        from concertoit.together.plans.queries import item_files

        files.register(
            item_files.OBJECT_TYPE,
            can_read=item_files.can_read,
            can_write=item_files.can_write,
            space_of=item_files.space_of,
        )
