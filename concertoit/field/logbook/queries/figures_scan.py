"""Counting entries and referrals themselves: the open month, days at the edges, what was just corrected.

An entry that was retired counts nowhere, nor do its referrals. A referral that was cancelled is not one. A referral that
follows no intervention counts under its author, without sector or place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from concertoit.field.logbook.enums import ReferralState
from concertoit.field.logbook.models import Entry, Referral, Worker
from concertoit.field.logbook.rules.tallies import Counts, Grain, Seen, Where

Run = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Group:
    """Days of some workers; of everybody when ``workers`` is ``None``."""

    workers: tuple[int, ...] | None
    runs: tuple[Run, ...]


_PLACES = {
    Grain.SPACE: (),
    Grain.MRC: ("mrc_id_then",),
    Grain.PLACE: ("mrc_id_then", "municipality_id_then"),
    Grain.WORKER: ("mrc_id_then", "municipality_id_then", "worker_id"),
}


def entries_of(space_id: int, groups: Sequence[Group]) -> QuerySet[Entry]:
    """Interventions of these days that were not retired."""
    return Entry.objects.filter(_days(groups, "worker_id__in"), space_id=space_id, deleted_at=None)


def referrals_of(space_id: int, groups: Sequence[Group]) -> QuerySet[Referral]:
    """Referrals of these days that stand."""
    kept = Q(entry=None) | Q(entry__deleted_at=None)
    found = Referral.objects.filter(_referral_days(groups), kept, space_id=space_id)
    return found.exclude(state=ReferralState.CANCELLED)


def _days(groups: Sequence[Group], workers: str) -> Q:
    wanted = Q(pk__in=[])
    for group in groups:
        days = Q()
        for start, end in group.runs:
            days |= Q(on__gte=start, on__lte=end)
        wanted |= days if group.workers is None else Q(**{workers: group.workers}) & days
    return wanted


def _referral_days(groups: Sequence[Group]) -> Q:
    """By the worker of the intervention, or the one who wrote a referral that follows none."""
    if all(group.workers is None for group in groups):
        return _days(groups, "")
    known = {worker for group in groups for worker in group.workers or ()}
    members = dict(Worker.objects.filter(pk__in=known).order_by("pk").values_list("pk", "membership_id"))
    own = [Group(tuple(members[w] for w in group.workers or () if w in members), group.runs) for group in groups]
    return _days(groups, "entry__worker_id__in") | Q(entry=None) & _days(own, "author_id__in")


def bucket(buckets: Sequence[date]) -> Any:
    """The place of a day among the first days of ``buckets``, as SQL: no function is called for each row."""
    cases = [When(on__lt=start, then=Value(place)) for place, start in enumerate(buckets[1:])]
    return Case(*cases, default=Value(len(buckets) - 1), output_field=IntegerField())


def scan(
    entries: QuerySet[Entry], referrals: QuerySet[Referral], grain: Grain, buckets: Sequence[date]
) -> Iterator[tuple[date, Where, Counts]]:
    """Counts of these rows by bucket and place, in two queries."""
    found: dict[tuple[int, Where], Counts] = {}
    for at, where, seen, times in _scanned_entries(entries, grain, buckets):
        found.setdefault((at, where), Counts()).add_entries(seen, times)
    for at, where, key, times in _scanned_referrals(referrals, grain, buckets):
        found.setdefault((at, where), Counts()).referrals[key] += times
    for (at, where), counts in found.items():
        yield buckets[at], where, counts


def _scanned_entries(
    entries: QuerySet[Entry], grain: Grain, buckets: Sequence[date]
) -> Iterator[tuple[int, Where, Seen, int]]:
    places = _PLACES[grain]
    columns = ("kind", "collective_object", "edition_id", "clientele_mask", "activity_mask", "referred")
    rows = entries.annotate(at=bucket(buckets)).values_list(
        "at", "sector", *columns, *places,
        Coalesce(Sum("minutes"), 0), Count("minutes"), Coalesce(Sum("people"), 0), Count("pk"),
    ).order_by()  # fmt: skip
    last = 8 + len(places)
    wheres: dict[tuple[Any, ...], Where] = {}
    for row in rows.iterator(chunk_size=5000):
        named = (row[1], *row[8:last])
        where = wheres.get(named) or wheres.setdefault(named, Where(*named))
        yield row[0], where, Seen(*row[2:8], *row[last : last + 3]), row[last + 3]


def _scanned_referrals(
    referrals: QuerySet[Referral], grain: Grain, buckets: Sequence[date]
) -> Iterator[tuple[int, Where, tuple[str, int], int]]:
    places = [f"entry__{place}" for place in _PLACES[grain]]
    authors = ("author_id",) if grain is Grain.WORKER else ()
    columns = ("destination", "main_reason_id")
    rows = referrals.annotate(at=bucket(buckets)).values_list(
        "at", Coalesce("entry__sector", Value("")), *columns, *places, *authors, Count("pk")
    )
    workers = _workers(referrals) if authors else {}
    for row in rows.order_by().iterator(chunk_size=5000):
        where = [row[1], *row[4 : 4 + len(places)]]
        if authors and where[-1] is None:
            where[-1] = workers.get(row[-2])
        yield row[0], Where(*where), (row[2], row[3]), row[-1]


def _workers(referrals: QuerySet[Referral]) -> dict[int, int]:
    """Workers by their membership: who wrote a referral that follows no intervention."""
    authors = referrals.filter(entry=None).order_by().values("author_id")
    return dict(Worker.objects.filter(membership_id__in=authors).order_by("pk").values_list("membership_id", "pk"))
