"""The standing items of a series. Changing them never changes an agenda already made: each keeps its own copy."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings.enums import STANDING_KINDS
from concertoit.together.meetings.models import Series, StandingItem
from concertoit.together.meetings.services.finding import held_series, journal

MINUTES_MAX = 600


@transaction.atomic
def save_standing(
    *,
    viewer: Viewer,
    series_id: int,
    kind: str,
    title: str,
    minutes: int,
    note: str = "",
    standing_id: int | None = None,
) -> StandingItem:
    """Add a standing item at the end, or rewrite one. Raises ``DomainError`` for what makes no sense."""
    series = held_series(viewer, series_id)
    row = _found(series, standing_id) if standing_id else StandingItem(space=series.space, series=series)
    if kind not in STANDING_KINDS:
        raise DomainError(_("Choisissez une sorte de point."), field="kind")
    if not title.strip():
        raise DomainError(_("Donnez un titre au point."), field="title")
    if not 0 <= minutes <= MINUTES_MAX:
        raise DomainError(_("Écrivez une durée de 0 à %(max)s minutes.") % {"max": MINUTES_MAX}, field="minutes")
    before = _told(row) if row.pk else {}
    if row.pk is None:
        row.position = 1 + max(_order(series, "position")[-1:], default=0)
    row.kind, row.title, row.minutes, row.note = kind, " ".join(title.split()), minutes, note.strip()
    row.save()
    journal(
        viewer,
        "series.standing_edited" if before else "series.standing_added",
        series,
        before=before,
        after=_told(row),
    )
    return row


def _told(row: StandingItem) -> dict[str, Any]:
    return {"title": row.title, "minutes": row.minutes, "note": row.note}


def _order(series: Series, column: str) -> list[int]:
    return list(series.standing.order_by("position", "pk").values_list(column, flat=True))


def _found(series: Series, standing_id: int) -> StandingItem:
    return must_exist(series.standing.filter(pk=standing_id).first())


@transaction.atomic
def move_standing(*, viewer: Viewer, series_id: int, standing_id: int, up: bool) -> None:
    """Exchange a standing item with the one before or after it."""
    series = held_series(viewer, series_id)
    row = _found(series, standing_id)
    order = _order(series, "pk")
    place = order.index(row.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    by_id = {one.pk: one for one in series.standing.order_by("pk")}
    for position, pk in enumerate(order, 1):
        by_id[pk].position = position
    StandingItem.objects.bulk_update(by_id.values(), ["position"])
    journal(viewer, "series.standing_moved", series, after={"title": row.title})


@transaction.atomic
def remove_standing(*, viewer: Viewer, series_id: int, standing_id: int) -> None:
    """Take a standing item out of the template."""
    series = held_series(viewer, series_id)
    row = _found(series, standing_id)
    journal(viewer, "series.standing_removed", series, before=_told(row))
    row.delete()
