"""Files of an item: read by the démarche, added and retired by who tells where the item stands."""

from typing import Any

from concertoit.ground.core.errors import NotVisible
from concertoit.ground.spaces.queries import viewer_for
from concertoit.together.plans.models import PlanItem
from concertoit.together.plans.queries.items import ItemView, item_for

OBJECT_TYPE = "plans.item"


def _seen(user: Any, object_id: str) -> ItemView | None:
    if not object_id.isascii() or not object_id.isdigit() or len(object_id) > 18:
        return None
    item = PlanItem.objects.select_related("space").filter(pk=int(object_id)).first()
    if item is None:
        return None
    try:
        return item_for(viewer_for(user, item.space.slug), item.pk)
    except NotVisible:
        return None


def can_read(user: Any, object_id: str) -> bool:
    """Whoever sees the item, in its démarche."""
    return _seen(user, object_id) is not None


def can_write(user: Any, object_id: str) -> bool:
    """Whoever tells where the item stands."""
    view = _seen(user, object_id)
    return view is not None and view.may_follow_up


def space_of(object_id: str) -> int | None:
    """The démarche of the item."""
    return PlanItem.objects.filter(pk=object_id).values_list("space_id", flat=True).first()
