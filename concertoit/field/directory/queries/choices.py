"""Services that other rooms may choose from."""

from __future__ import annotations

from django.db.models import QuerySet

from concertoit.field.directory.models import Service
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.spaces.models import Space


def services_for(space: Space) -> QuerySet[Service]:
    """What a démarche shows and somebody may be sent to, by name."""
    rows = Service.objects.filter(listings__space=space, retired_at=None).select_related("organisation")
    return rows.order_by("name", "pk")


def service_for(space: Space, written: str) -> Service | None:
    """One of them, by what an address says."""
    return services_for(space).filter(pk=read_id(written) or 0).first()


def destination_of(service: Service) -> str:
    """What kind of resource it is, in the codes of referrals (facts, section 2), from its organisation's kind."""
    kinds = {"health_network": "cisss", "municipality": "municipal", "mrc": "municipal", "community": "community"}
    return kinds.get(service.organisation.kind, "other")
