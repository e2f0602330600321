"""Where what the journal tells of this room has its page, who reads it, and how its values are said."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from concertoit.field.participation.models import (
    AdviceRequest,
    Assembly,
    Complex,
    Election,
    Mandate,
    MediationRequest,
    Mediator,
    ParameterValue,
    Representation,
    ResidentsCommittee,
    TenantAssociation,
)
from concertoit.ground.core.spoken import date_short
from concertoit.ground.spaces.queries.histories import address_of, page_of_row, read_with

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
LABELS: dict[str, Any] = {
    "parametervalue": _("paramètre"),
    "complex": _("ensemble immobilier"),
    "tenantassociation": _("association de locataires"),
    "assembly": _("assemblée"),
    "residentscommittee": _("comité consultatif"),
    "mandate": _("mandat"),
    "advicerequest": _("demande d’avis"),
    "election": _("élection"),
    "representation": _("représentation"),
    "mediator": _("médiatrice ou médiateur"),
    "mediationrequest": _("demande de médiation"),
}
_BY_MODEL: dict[type[Model], tuple[str, str]] = {
    ParameterValue: ("parameters", ""),
    Complex: ("associations", ""),
    TenantAssociation: ("association", "association_id"),
    Assembly: ("assembly", "assembly_id"),
    ResidentsCommittee: ("committee", ""),
    Mandate: ("committee", ""),
    AdviceRequest: ("advice", "advice_id"),
    Election: ("election", "election_id"),
    Representation: ("representation", "representation_id"),
    Mediator: ("mediators", ""),
    MediationRequest: ("mediation_request", "request_id"),
}  # the view of an object, and the argument that names it; no argument where it stands in a list
PAGES = {
    str(model._meta.model_name): page_of_row(model, f"participation:{view}", **({name: "pk"} if name else {}))
    for model, (view, name) in _BY_MODEL.items()
}
can_view = read_with("journal.view")


def box_page(object_id: str) -> str:
    """The page of the election of a box."""
    found = Election.objects.select_related("space").filter(box__pk=int(object_id)).first()
    return address_of(found, "participation:election", election_id="pk")


def show(key: str, value: Any) -> str | None:
    """A day for people; nothing leaves a value as the journal writes it."""
    return date_short(date.fromisoformat(value)) if isinstance(value, str) and _DAY.fullmatch(value) else None
