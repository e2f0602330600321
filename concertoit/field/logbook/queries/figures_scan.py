"""Counting entries and referrals themselves: today, days at the edges of a period, what was just corrected.

An entry that was retired counts nowhere, nor do its referrals. A referral that was cancelled is not one. A referral that
follows no intervention counts under its author, without sector or place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from operator import itemgetter
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from concertoit.field.logbook.enums import ReferralState
from concertoit.field.logbook.models import Entry, Referral, Worker
from concertoit.field.logbook.rules.tallies import Counts, Grain, Where

Run = tuple[date, date]
CHUNK = 5000
"""Rows held at once: memory does not grow with what is counted."""


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
    found: dict[tuple[Any, ...], Counts] = {}
    for head, name, key, count in chain(
        _scanned_entries(entries, grain, buckets), _scanned_referrals(referrals, grain, buckets)
    ):
        getattr(found.get(head) or found.setdefault(head, Counts()), name)[key] += count
    for (at, *where), counts in found.items():
        yield buckets[at], Where(*where), counts


# What is counted of an intervention, each along its own columns.
_KINDS = {
    "entries": ("kind", "collective_object"), "clienteles": ("edition_id", "clientele_mask"),
    "activities": ("edition_id", "activity_mask"), "referred": ("kind", "referred"), "minutes": ("kind", "minutes"),
    "people": ("kind", "people"),
}  # fmt: skip
_COLUMNS = tuple(dict.fromkeys(column for columns in _KINDS.values() for column in columns))
Part = tuple[tuple[Any, ...], str, Any, int]
"""A bucket and the columns of a place, a field of ``Counts``, its key, how many."""


def _scanned_entries(entries: QuerySet[Entry], grain: Grain, buckets: Sequence[date]) -> Iterator[Part]:
    """Rows are read plain, in the order of the index of days, and counted here: interventions are so seldom alike in
    everything that to group them first takes the database longer than to send them."""
    heads = ("at", "sector", *_PLACES[grain])
    named = {column: place for place, column in enumerate((*heads, *_COLUMNS))}
    takes = {name: itemgetter(*map(named.__getitem__, (*heads, *columns))) for name, columns in _KINDS.items()}
    counted: dict[str, Counter[tuple[Any, ...]]] = {name: Counter() for name in _KINDS}
    rows = entries.annotate(at=bucket(buckets)).order_by().values_list(*named).iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        for name, take in takes.items():
            counted[name].update(map(take, chunk))
    for name, counter in counted.items():
        for (*head, first, second), count in counter.items():
            yield from _told(tuple(head), name, first, second, count)


def _told(head: tuple[Any, ...], name: str, first: Any, second: Any, count: int) -> Iterator[Part]:
    """What so many interventions that share two columns add to ``Counts``."""
    if name in ("entries", "clienteles", "activities"):
        yield head, name, (first, second), count
    elif name == "referred" and second:
        yield head, name, first, count
    elif name in ("minutes", "people") and second is not None:
        yield head, name, first, second * count
        if name == "minutes":
            yield head, "timed", first, count


def _scanned_referrals(referrals: QuerySet[Referral], grain: Grain, buckets: Sequence[date]) -> Iterator[Part]:
    places = [f"entry__{place}" for place in _PLACES[grain]]
    authors = ("author_id",) if grain is Grain.WORKER else ()
    found = referrals.annotate(at=bucket(buckets), its_sector=Coalesce("entry__sector", Value(""))).order_by()
    columns = ("at", "destination", "main_reason_id", *authors, "its_sector", *places)
    workers = _workers(referrals) if authors else {}
    for row in found.values_list(*columns).annotate(times=Count("pk")):
        where = list(row[3 + len(authors) : -1])
        if authors and where[-1] is None:
            where[-1] = workers.get(row[3])
        yield (row[0], *where), "referrals", (row[1], row[2]), row[-1]


def _workers(referrals: QuerySet[Referral]) -> dict[int, int]:
    """Workers by their membership: who wrote a referral that follows no intervention."""
    authors = referrals.filter(entry=None).order_by().values("author_id")
    return dict(Worker.objects.filter(membership_id__in=authors).order_by("pk").values_list("membership_id", "pk"))
