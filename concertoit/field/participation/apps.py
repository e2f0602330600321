from functools import partial
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    name = "concertoit.field.participation"
    label = "participation"
    verbose_name = _("participation des locataires")

    def ready(self) -> None:
        from concertoit.field.participation import policies
        from concertoit.field.participation.models import (
            AdviceRequest,
            Assembly,
            Election,
            Mandate,
            MediationRequest,
            Representation,
        )
        from concertoit.field.participation.queries import files as holders
        from concertoit.field.participation.verbs import SENTENCES
        from concertoit.field.participation.views.desk import brought
        from concertoit.ground.audit import verbs as journal
        from concertoit.ground.files import policies as files
        from concertoit.ground.ui import desk

        policies.declare()
        journal.register(SENTENCES)
        desk.register(brought, when=[Assembly, Mandate, AdviceRequest, Election, Representation, MediationRequest])
        for kind in (holders.ASSEMBLY, holders.ELECTION):
            files.register(
                kind,
                can_read=partial(holders.may_read, kind),
                can_write=partial(holders.may_write, kind),
                space_of=partial(holders.space_of, kind),
            )
        self._rail()
        self._histories()

    def _rail(self) -> None:
        from concertoit.ground.ui.navigation import NavItem, register

        register(
            NavItem(
                "participation", _("Participation des locataires"), "people-fill", "participation:home", "field",
                "participation.view", 20, shown=_is_office,
            )
        )  # fmt: skip
        register(
            NavItem(
                "mediation", _("Médiation entre locataires"), "chat-square-dots", "participation:mediation", "field",
                "mediation.work", 22, shown=lambda viewer: viewer.space.uses("mediation"),
            )
        )  # fmt: skip

    def _histories(self) -> None:
        """What the journal tells of associations, assemblies, the committee, elections, and to whom."""
        from concertoit.field.participation.queries import histories
        from concertoit.field.participation.verbs import FIELDS
        from concertoit.ground.audit.policies import register_object
        from concertoit.ground.ballots.verbs import FIELDS as BOX_FIELDS

        for model, label in histories.LABELS.items():
            register_object(
                f"participation.{model}", label=label, url=histories.PAGES[model],
                can_view=histories.can_view, fields=FIELDS, show=histories.show,
            )  # fmt: skip
        register_object(
            "ballots.box", label=_("scrutin"), url=histories.box_page, can_view=histories.can_view, fields=BOX_FIELDS
        )


def _is_office(viewer: Any) -> bool:
    """Offices have tenants to represent; so have the démarches that say so."""
    return bool(viewer.space.kind == "office" or viewer.space.uses("tenants"))
