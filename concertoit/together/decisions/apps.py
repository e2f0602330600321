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

        from concertoit.ground.ui.navigation import NavItem, register, where_used
        from concertoit.together.decisions.models import ConsentSession, Prioritisation, Review, Workshop

        shown = where_used("workshop.run", Workshop, Review, Prioritisation, ConsentSession)
        register(
            NavItem(
                "decisions", _("Décider"), "ui-checks", "decisions:home", "together", "decisions.view", 15, shown=shown
            )
        )  # fmt: skip

    def _workshops(self) -> None:
        """Six-hats workshops."""
        from django.utils.translation import gettext_lazy as _

        from concertoit.ground.audit import policies as audit
        from concertoit.ground.ui import desk, panels
        from concertoit.together.decisions import verbs
        from concertoit.together.decisions.enums import Stage
        from concertoit.together.decisions.models import Workshop
        from concertoit.together.decisions.notifications import workshops as notifications
        from concertoit.together.decisions.queries import home
        from concertoit.together.decisions.services import workshop_index
        from concertoit.together.decisions.views import workshop_brought as bring

        notifications.declare()
        workshop_index.declare()
        home.register(Stage.WORKSHOP, bring.stage)
        desk.register(bring.brought, when=[Workshop])
        panels.register("plans.item", bring.origin_panel)
        audit.register_object(
            "decisions.workshop",
            label=_("atelier"),
            url=bring.history_url,
            can_view=bring.history_of,
            fields=verbs.WORKSHOP_FIELDS,
            show=bring.show,
        )

    def _reviews(self) -> None:
        """Reviews of the current actions."""
        from django.utils.translation import gettext_lazy as _

        from concertoit.ground.audit import policies as audit
        from concertoit.ground.ui import desk, panels
        from concertoit.together.decisions import verbs
        from concertoit.together.decisions.enums import Stage
        from concertoit.together.decisions.models import Review
        from concertoit.together.decisions.queries import home
        from concertoit.together.decisions.views import review_brought as bring
        from concertoit.together.decisions.views.workshop_brought import history_of, show
        from concertoit.together.plans.queries import lineage

        home.register(Stage.REVIEW, bring.stage)
        desk.register(bring.brought, when=[Review])
        panels.register("plans.compare", bring.compare_panel)
        lineage.register(bring.lineage)
        audit.register_object(
            "decisions.review",
            label=_("révision"),
            url=bring.history_url,
            can_view=history_of,
            fields=verbs.WORKSHOP_FIELDS,
            show=show,
        )

    def _prioritisation(self) -> None:
        """Prioritisation and money."""
        from django.utils.translation import gettext_lazy as _

        from concertoit.ground.audit import policies as audit
        from concertoit.ground.ui import desk
        from concertoit.together.decisions import verbs
        from concertoit.together.decisions.enums import Stage
        from concertoit.together.decisions.models import Prioritisation
        from concertoit.together.decisions.notifications import prioritisation as notifications
        from concertoit.together.decisions.queries import home
        from concertoit.together.decisions.services import prioritisation_index
        from concertoit.together.decisions.views import prioritisation_brought as bring

        notifications.declare()
        prioritisation_index.declare()
        home.register(Stage.PRIORITISATION, bring.stage)
        desk.register(bring.brought, when=[Prioritisation])
        audit.register_object(
            "decisions.prioritisation",
            label=_("priorisation"),
            url=bring.history_url,
            can_view=bring.history_of,
            fields=verbs.PRIORITISATION_FIELDS,
        )

    def _consent(self) -> None:
        """Consent rounds and the adoption of a plan."""
        from concertoit.ground.ui import desk, panels
        from concertoit.together.decisions.enums import Stage
        from concertoit.together.decisions.models import ConsentSession
        from concertoit.together.decisions.notifications import consent as notifications
        from concertoit.together.decisions.queries import adoption_cycle, consent_desk, home
        from concertoit.together.decisions.services import consent_indexing
        from concertoit.together.decisions.views import consent_brought as bring
        from concertoit.together.meetings.queries.sources import CONSENT, register_source
        from concertoit.together.plans.queries import processes

        notifications.declare()
        consent_indexing.declare()
        register_source(CONSENT, consent_desk.for_agenda)
        home.register(Stage.CONSENT, bring.stage)
        desk.register(bring.brought, when=[ConsentSession])
        panels.register("plans.version", bring.version_panel)
        panels.register("plans.adopt", bring.adopt_panel)
        processes.register(adoption_cycle.carried_out)
        self._consent_histories()

    def _consent_histories(self) -> None:
        """Files of receipts, and the history of sessions, proposals and receipts."""
        from django.utils.translation import gettext_lazy as _

        from concertoit.ground.audit import policies as audit
        from concertoit.ground.files import policies as files
        from concertoit.together.decisions import verbs
        from concertoit.together.decisions.queries import deposit_files
        from concertoit.together.decisions.views import consent_brought as bring

        for code, label, url in (
            ("decisions.consentsession", _("séance de consentement"), bring.session_url),
            ("decisions.consentround", _("proposition au consentement"), bring.round_url),
            ("decisions.depositreceipt", _("accusé de réception"), bring.receipt_url),
        ):
            audit.register_object(code, label=label, url=url, can_view=bring.may_read, fields=verbs.CONSENT_FIELDS)
        files.register(
            deposit_files.OBJECT_TYPE,
            can_read=deposit_files.can_read,
            can_write=deposit_files.can_write,
            space_of=deposit_files.space_of,
        )
