"""Who reads which entries, and what the pages of the logbook show of them.

A worker reads their own entries. A lead reads, beside theirs, those that the workers of the team they lead
today made for days inside the dates of their seat, and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from concertoit.field.logbook.models import Entry, Site, TeamSeat, Worker
from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.policies import Viewer


def visible(viewer: Viewer) -> QuerySet[Entry]:
    """The entries that a viewer reads, retired ones too."""
    rows = Entry.objects.filter(space=viewer.space)
    if not viewer.can("logbook.write"):
        return rows.none()
    today = timezone.localdate()
    teams = TeamSeat.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today), space=viewer.space, is_lead=True, starts_on__lte=today,
        worker__membership_id__in=viewer.membership_ids,
    ).values("team_id")  # fmt: skip
    seats = TeamSeat.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("on")), worker_id=OuterRef("worker_id"), team_id__in=teams,
        starts_on__lte=OuterRef("on"),
    )  # fmt: skip
    return rows.filter(Q(worker__membership_id__in=viewer.membership_ids) | Exists(seats))


def mine(viewer: Viewer) -> QuerySet[Entry]:
    """The viewer's own entries that count."""
    return Entry.objects.filter(
        space=viewer.space, worker__membership_id__in=viewer.membership_ids, deleted_at=None
    ).select_related("site", "edition")


def entry_of(viewer: Viewer, entry_id: int) -> Entry:
    """An entry that the viewer reads. Raises ``NotVisible`` for another."""
    return must_exist(
        visible(viewer).select_related("site", "edition", "worker__membership__person").filter(pk=entry_id).first()
    )


def leads(viewer: Viewer) -> bool:
    """Whether the viewer leads a team today."""
    today = timezone.localdate()
    return TeamSeat.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today), space=viewer.space, is_lead=True, starts_on__lte=today,
        worker__membership_id__in=viewer.membership_ids,
    ).exists()  # fmt: skip


def sites_for(viewer: Viewer, on: date) -> list[Site]:
    """Where a worker may enter something: the buildings they serve (all of them when none is said), last used first."""
    last = (
        Entry.objects.filter(site=OuterRef("pk"), worker__membership_id__in=viewer.membership_ids)
        .order_by().values("site").annotate(last=Max("on")).values("last")
    )  # fmt: skip
    rows = Site.objects.filter(Q(closed_on=None) | Q(closed_on__gt=on), space=viewer.space)
    served = Worker.sites.through.objects.filter(
        worker__membership_id__in=viewer.membership_ids, worker__space=viewer.space
    ).values_list("site_id", flat=True)
    own = list(served)
    if own:
        rows = rows.filter(Q(pk__in=own) | Exists(Entry.objects.filter(
            site=OuterRef("pk"), worker__membership_id__in=viewer.membership_ids
        )))  # fmt: skip
    return list(rows.annotate(last=last).order_by(F("last").desc(nulls_last=True), "name", "pk"))


@dataclass(frozen=True, slots=True)
class Totals:
    """What a set of entries adds up to: how many, minutes, presences, with a referral."""

    entries: int
    minutes: int
    people: int
    referred: int


def totals(rows: QuerySet[Entry]) -> Totals:
    found = rows.order_by().aggregate(
        entries=Count("pk"), minutes=Sum("minutes"), people=Sum("people"),
        referred=Count("pk", filter=Q(referred=True)),
    )  # fmt: skip
    return Totals(found["entries"], found["minutes"] or 0, found["people"] or 0, found["referred"])


def day_before(viewer: Viewer, today: date) -> list[Entry]:
    """The entries of the last day, before today, on which the worker entered something: what « do again » offers."""
    rows = mine(viewer).filter(on__lt=today)
    last = rows.order_by("-on").values_list("on", flat=True).first()
    return list(rows.filter(on=last).order_by("pk")[:6]) if last else []


@dataclass(frozen=True, slots=True)
class Last:
    """For « Ma table »: a worker's entries of today in a démarche, and their last day."""

    today: int
    day: date | None
    at: datetime | None


def last_days(viewers: Sequence[Viewer], today: date) -> dict[int, Last]:
    """By démarche, for those where the viewer keeps a logbook; one query."""
    ids = [pk for viewer in viewers for pk in viewer.membership_ids]
    rows = (
        Entry.objects.filter(worker__membership_id__in=ids, deleted_at=None)
        .order_by().values("space_id")
        .annotate(day=Max("on"), now=Count("pk", filter=Q(on=today)), at=Max("created_at"))
    )  # fmt: skip
    return {row["space_id"]: Last(row["now"], row["day"], row["at"]) for row in rows}
