"""Governing bodies, committees, and who sits there."""

from django.db.models import Prefetch, QuerySet

from concertoit.ground.spaces.models import BodyMembership, Committee, GoverningBody
from concertoit.ground.spaces.policies import Viewer, in_force


def bodies_of(viewer: Viewer) -> list[GoverningBody]:
    """Governing bodies with their seats in force and who holds them."""
    rows = GoverningBody.objects.filter(space=viewer.space).order_by("kind", "name", "pk")
    return list(rows.prefetch_related(Prefetch("seats", _seated(), to_attr="seated")))


def committees_of(viewer: Viewer) -> list[Committee]:
    """Committees with their seats in force: to form, active, then ended."""
    rows = Committee.objects.filter(space=viewer.space).prefetch_related(
        Prefetch("seats", _seated(), to_attr="seated")
    )
    order = ("to_form", "active", "closed")
    return sorted(rows.order_by("name", "pk"), key=lambda row: order.index(row.state))


def _seated() -> QuerySet[BodyMembership]:
    rows = BodyMembership.objects.filter(in_force()).order_by("membership__position", "pk")
    return rows.select_related("membership__person", "membership__organisation")
