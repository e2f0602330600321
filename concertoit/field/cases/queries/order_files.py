"""Who reads and adds the files of orders: as the order itself."""

from __future__ import annotations

from typing import Any

from concertoit.field.cases.models import Order
from concertoit.field.cases.policies import has_accepted, is_team
from concertoit.field.cases.queries.page import orders_on
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.spaces.queries import viewer_in


def _found(user: Any, object_id: str) -> tuple[Any, Order] | None:
    row = Order.objects.select_related("case").filter(pk=read_id(object_id) or 0).first()
    viewer = viewer_in(user, row.space_id) if row and user.is_authenticated else None
    if row is None or viewer is None or not viewer.can("cases.view"):
        return None
    return viewer, row


def may_read(user: Any, object_id: str) -> bool:
    """The team; a partner that accepted, for its own documents and those that are communicated."""
    found = _found(user, object_id)
    return found is not None and any(one.pk == found[1].pk for one in orders_on(found[0], found[1].case))


def may_write(user: Any, object_id: str) -> bool:
    """The team, and the organisation that issued it once it accepted the case."""
    found = _found(user, object_id)
    if found is None:
        return False
    viewer, row = found
    return is_team(viewer) or (row.issuer_id in viewer.organisation_ids and has_accepted(viewer, row.case))


def space_of(object_id: str) -> int | None:
    """The démarche of an order."""
    return Order.objects.filter(pk=read_id(object_id) or 0).values_list("space_id", flat=True).first()
