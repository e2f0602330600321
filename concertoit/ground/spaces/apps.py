from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpacesConfig(AppConfig):
    name = "concertoit.ground.spaces"
    label = "spaces"

    def ready(self) -> None:
        from concertoit.ground.audit import verbs as journal
        from concertoit.ground.search.policies import register_scope
        from concertoit.ground.spaces import queries
        from concertoit.ground.spaces.models import Invitation
        from concertoit.ground.spaces.services import committees, indexing
        from concertoit.ground.spaces.verbs import SENTENCES
        from concertoit.ground.spaces.views.desk import arrivals, invitations
        from concertoit.ground.ui import desk, navigation

        journal.register(SENTENCES)
        desk.register(invitations, when=[Invitation])
        desk.register(arrivals)
        indexing.declare()
        committees.declare()
        navigation.register_switcher(queries.spaces_of)
        navigation.register_viewer(queries.viewer_in)
        register_scope(queries.viewers_of)
        for item in (
            navigation.NavItem(
                "journal", _("Journal"), "clock-history", "spaces:journal", "manage", "journal.view", 80
            ),
            navigation.NavItem(
                "people", _("Organismes"), "people", "spaces:organisations", "manage", "people.view", 60
            ),
            navigation.NavItem("bodies", _("Instances"), "diagram-3", "spaces:bodies", "manage", "space.view", 62),
            navigation.NavItem("settings", _("Réglages"), "gear", "spaces:settings", "manage", "space.manage", 90),
        ):
            navigation.register(item)
        _register_histories()


def _register_histories() -> None:
    """What the journal tells of the objects of a démarche, and to whom."""
    from functools import partial

    from concertoit.ground.audit.policies import register_object
    from concertoit.ground.spaces.queries.histories import read_with
    from concertoit.ground.spaces.queries.pages import page_of
    from concertoit.ground.spaces.services import restoring

    for code, label, verb in (
        ("spaces.space", _("démarche"), "space.manage"),
        ("spaces.governingbody", _("instance"), "space.manage"),
        ("spaces.committee", _("comité"), "space.manage"),
        ("spaces.bodymembership", _("siège"), "space.manage"),
        ("spaces.membership", _("participation"), "people.manage"),
        ("spaces.invitation", _("invitation"), "people.manage"),
        ("spaces.crosscuttingpriority", _("priorité transversale"), "space.manage"),
        ("identity.organisation", _("organisme"), "people.manage"),
        ("identity.person", _("personne"), "people.manage"),
    ):
        register_object(
            code, label=label, url=partial(page_of, code), can_view=read_with("journal.view"),
            can_restore=read_with(verb), restore=restoring.RESTORERS.get(code), fields=FIELD_LABELS,
            show=partial(restoring.show, code),
        )  # fmt: skip


FIELD_LABELS = {
    "name": _("nom"),
    "short_name": _("nom court"),
    "kind": _("type"),
    "mission": _("mission"),
    "mrcs": _("territoire"),
    "home": _("organisme porteur"),
    "funder_name": _("bailleur de fonds"),
    "is_public": _("page publique"),
    "mandate": _("mandat"),
    "rhythm": _("rythme"),
    "duration_minutes": _("durée (minutes)"),
    "state": _("état"),
    "person": _("personne-ressource"),
    "organisation": _("organisme"),
    "capacity": _("à titre de"),
    "capacity_note": _("précision"),
    "role": _("rôle"),
    "starts_on": _("depuis le"),
    "ends_on": _("jusqu’au"),
    "narrative": _("comment la démarche y contribue"),
    "neq": _("NEQ"),
    "website": _("site Web"),
    "municipality": _("municipalité"),
    "aliases": _("autres noms"),
    "given_name": _("prénom"),
    "family_name": _("nom de famille"),
    "contacts": _("coordonnées professionnelles"),
    "merged_into": _("fusionnée avec"),
    "order": _("ordre"),
    "place": _("instance ou comité"),
    "member": _("personne"),
    "function": _("fonction"),
    "on": _("date"),
}
