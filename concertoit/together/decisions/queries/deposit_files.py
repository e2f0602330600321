"""Files of receipts: read by the démarche, added by who records deposits."""

from __future__ import annotations

from typing import Any

from concertoit.ground.core.errors import NotVisible
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for
from concertoit.together.decisions.models import DepositReceipt

OBJECT_TYPE = "decisions.depositreceipt"


def _viewer(user: Any, object_id: str) -> Viewer | None:
    if not object_id.isascii() or not object_id.isdigit() or len(object_id) > 18:
        return None
    row = DepositReceipt.objects.select_related("space").filter(pk=int(object_id)).first()
    if row is None:
        return None
    try:
        return viewer_for(user, row.space.slug)
    except NotVisible:
        return None


def can_read(user: Any, object_id: str) -> bool:
    """Whoever reads the plan."""
    viewer = _viewer(user, object_id)
    return viewer is not None and viewer.can("plan.view")


def can_write(user: Any, object_id: str) -> bool:
    """Whoever records deposits."""
    viewer = _viewer(user, object_id)
    return viewer is not None and viewer.can("deposit.record")


def space_of(object_id: str) -> int | None:
    """The démarche of the receipt."""
    return DepositReceipt.objects.filter(pk=object_id).values_list("space_id", flat=True).first()
