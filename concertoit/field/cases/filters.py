"""Filters of the list of cases, read from the address of the page."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from concertoit.field.cases.enums import CaseState, Channel, Urgency
from concertoit.field.cases.enums.intake import Problem
from concertoit.field.cases.enums.work import Partners
from concertoit.field.cases.policies import is_team
from concertoit.field.cases.queries.cases import CaseFilters, choices
from concertoit.ground.spaces.policies import Viewer

NAMES = {
    "q": "search", "etat": "state", "delais": "urgency", "suivi": "follower", "partenaire": "partner",
    "ville": "municipality", "canal": "channel", "probleme": "problem", "attention": "attention", "tri": "sort",
}  # fmt: skip
ATTENTION = {
    "": _("Ouverts"),
    "sans_suivi": _("Sans suivi"),
    "refuses": _("Refusés par tous"),
    "silence": _("Sans nouvelles"),
    "retard": _("Échéance passée"),
    "complexes": _("Complexes"),
    "rouverts": _("Rouverts"),
    "fermes": _("Fermés"),
}


def from_address(values: QueryDict) -> CaseFilters:
    """Filters of a page; a value that does not exist narrows the list to nothing, and the page says so."""
    return CaseFilters(**{name: values.get(key, "").strip() for key, name in NAMES.items()})


def fields_for(viewer: Viewer) -> list[tuple[str, Any, list[tuple[str, Any]]]]:
    """What the list can be narrowed to: key in the address, label, values. A partner is offered what it may read."""
    fixed: list[tuple[str, Any, list[tuple[str, Any]]]] = [
        ("etat", _("État"), list(CaseState.choices)),
        ("delais", _("Délais"), list(Urgency.choices)),
        ("canal", _("Arrivé par"), list(Channel.choices)),
        ("probleme", _("Problème"), list(Problem.choices)),
    ]
    if not is_team(viewer):
        return [one for one in fixed if one[0] in ("etat", "probleme")]
    known = choices(viewer)
    people = [("moi", _("Moi")), ("personne", _("Personne")), *known["follower"]]
    return [
        *fixed,
        ("suivi", _("Suivi par"), people),
        ("partenaire", _("Partenaire"), [*Partners.choices, *known["partner"]]),
        ("ville", _("Municipalité"), list(known["municipality"])),
    ]
