"""Where what the journal tells of this room has its page, who reads it, and how its values are said."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.participation.models import Election
from concertoit.ground.core.spoken import date_short
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.queries import viewer_in

LABELS: dict[str, Any] = {
    "parametervalue": gettext_lazy("paramètre"),
    "complex": gettext_lazy("ensemble immobilier"),
    "tenantassociation": gettext_lazy("association de locataires"),
    "assembly": gettext_lazy("assemblée"),
    "residentscommittee": gettext_lazy("comité consultatif"),
    "mandate": gettext_lazy("mandat"),
    "advicerequest": gettext_lazy("demande d’avis"),
    "election": gettext_lazy("élection"),
    "representation": gettext_lazy("représentation"),
    "mediator": gettext_lazy("médiatrice ou médiateur"),
    "mediationrequest": gettext_lazy("demande de médiation"),
}
# Page of an object, and the name of its argument; no argument where it stands in a list.
_PAGES = {
    "parametervalue": ("parameters", ""),
    "complex": ("associations", ""),
    "tenantassociation": ("association", "association_id"),
    "assembly": ("assembly", "assembly_id"),
    "residentscommittee": ("committee", ""),
    "mandate": ("committee", ""),
    "advicerequest": ("advice", "advice_id"),
    "election": ("election", "election_id"),
    "representation": ("representation", "representation_id"),
    "mediator": ("mediators", ""),
    "mediationrequest": ("mediation_request", "request_id"),
}


def page_of(model: str, object_id: str) -> str:
    """Address of the object's page; the list of démarches when the object is gone."""
    row: Any = apps.get_model("participation", model)._default_manager.filter(pk=object_id).first()
    if row is None:
        return reverse("spaces:list")
    space = Space.objects.get(pk=row.space_id)
    view, argument = _PAGES[model]
    return reverse(f"participation:{view}", kwargs={"slug": space.slug, **({argument: row.pk} if argument else {})})


def box_page(object_id: str) -> str:
    """The page of the election of a box."""
    found = Election.objects.filter(box__pk=int(object_id)).values_list("pk", flat=True).first()
    return page_of("election", str(found)) if found else reverse("spaces:list")


def can_view(user: Any, entry: Any) -> bool:
    """Who reads the journal of the démarche."""
    viewer = viewer_in(user, entry.space_id)
    return viewer is not None and viewer.can("journal.view")


def show(key: str, value: Any) -> str | None:
    """A value for people; nothing leaves it as it is."""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if (
        isinstance(value, str)
        and len(value) == 10
        and value[4:5] == value[7:8] == "-"
        and value.replace("-", "").isdigit()
    ):
        return date_short(date.fromisoformat(value))
    return None
