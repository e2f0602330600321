"""Keeping counts of years, months and days that are over (S6). Reads never wait for this: what is not kept is counted
from entries.

Whoever writes, corrects or retires an entry or a referral calls ``touch`` in the same transaction, with every day that
was concerned. What was touched is read from its entries until the nightly job has counted it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from concertoit.field.logbook.models import Entry, Referral, Tally, TallyPeriod
from concertoit.field.logbook.queries.figures_scan import Group, entries_of, referrals_of, scan
from concertoit.field.logbook.rules.tallies import (
    ONE_DAY,
    Counts,
    Grain,
    Span,
    Where,
    add_text,
    days_between,
    end_of,
    month_of,
    months_between,
    recent,
    written,
    year_of,
)

BATCH = 500


def touch(space_id: int, *days: date) -> None:
    """Say that what was counted for these days may have changed. Today is never kept: it costs nothing."""
    today = timezone.localdate()
    since, until = recent(today)
    months = {month_of(day) for day in days if end_of(month_of(day), Span.MONTH) < today}
    for day in sorted({day for day in days if since <= day <= until}):
        _touch(space_id, Span.DAY, day)
    for month in sorted(months):
        _touch(space_id, Span.MONTH, month)
    for year in sorted({year_of(month) for month in months}):
        _touch(space_id, Span.YEAR, year)


def _touch(space_id: int, span: Span, start: date) -> None:
    """Add one in the database; a row that is not there yet is made first, so that counting at once cannot miss it."""
    here = TallyPeriod.objects.filter(space_id=space_id, span=span, start=start)
    if not here.update(touches=F("touches") + 1):
        TallyPeriod.objects.bulk_create(
            [TallyPeriod(space_id=space_id, span=span, start=start)], ignore_conflicts=True
        )
        here.update(touches=F("touches") + 1)


def recount(space_id: int, *, today: date | None = None) -> int:
    """Count every closed month that is new or was touched, then its year, then recent days. Answers how many months
    were counted.

    Done again at once, it finds nothing to do.
    """
    now = today or timezone.localdate()
    first = _first_day(space_id)
    months = list(_to_count(space_id, first, now))
    for month in months:
        count_period(space_id, Span.MONTH, month)
    stale = TallyPeriod.objects.filter(space_id=space_id, span=Span.YEAR).exclude(counted=F("touches"))
    years = {year_of(month) for month in months} | set(stale.order_by().values_list("start", flat=True))
    for year in sorted(years):
        if end_of(year, Span.YEAR) < now:
            count_year(space_id, year)
    _count_days(space_id, first, now)
    return len(months)


def _first_day(space_id: int) -> date | None:
    """The day of the first entry or referral."""
    firsts = [
        model.objects.filter(space_id=space_id).order_by("on").values_list("on", flat=True).first()
        for model in (Entry, Referral)
    ]
    return min((first for first in firsts if first), default=None)


def _to_count(space_id: int, first: date | None, today: date) -> Iterator[date]:
    """Months from the year of the first entry to the last closed one that have no counts, or old ones."""
    if first is None:
        return
    fresh = _fresh(space_id, Span.MONTH)
    for month in months_between(year_of(first), month_of(today) - ONE_DAY):
        if month not in fresh:
            yield month


def _count_days(space_id: int, first: date | None, today: date) -> None:
    """Count recent days that have no counts, or old ones; forget days that are not recent any more."""
    since, until = recent(today)
    for model in (Tally, TallyPeriod):
        model.objects.filter(space_id=space_id, span=Span.DAY, start__lt=since).delete()
    if first is None:
        return
    fresh = _fresh(space_id, Span.DAY)
    for day in days_between(max(first, since), until):
        if day not in fresh:
            count_period(space_id, Span.DAY, day)


def _fresh(space_id: int, span: Span) -> set[date]:
    """Periods whose counts are right."""
    rows = TallyPeriod.objects.filter(space_id=space_id, span=span, counted=F("touches"))
    return set(rows.order_by().values_list("start", flat=True))


@transaction.atomic
def count_period(space_id: int, span: Span, start: date) -> None:
    """Count a month or a day again, at every grain. What is written meanwhile touches it, and it will be counted once
    more."""
    period = _period(space_id, span, start)
    groups = [Group(None, ((start, end_of(start, span)),))]
    pieces = scan(entries_of(space_id, groups), referrals_of(space_id, groups), Grain.WORKER, [start])
    _keep(period, _rolled_up((where, counts) for _start, where, counts in pieces))


@transaction.atomic
def count_year(space_id: int, year: date) -> None:
    """Add up the months of a year. A month that waits to be counted leaves the year to its months."""
    period = _period(space_id, Span.YEAR, year)
    wanted = list(months_between(year, end_of(year, Span.YEAR)))
    months = TallyPeriod.objects.filter(space_id=space_id, span=Span.MONTH, start__in=wanted, counted=F("touches"))
    if months.count() < len(wanted):
        return
    found: dict[tuple[Grain, Where], Counts] = {}
    rows = Tally.objects.filter(space_id=space_id, span=Span.MONTH, start__in=wanted).order_by().values_list(
        "grain", "sector", "mrc_id_then", "municipality_id_then", "worker_id_then", "counts"
    )  # fmt: skip
    for grain, sector, mrc, municipality, worker, text in rows.iterator(chunk_size=2000):
        where = Where(sector, mrc, municipality, worker)
        add_text(found.setdefault((Grain(grain), where), Counts()), text)
    _keep(period, found)


def _period(space_id: int, span: Span, start: date) -> TallyPeriod:
    """The row of a period, locked: two jobs at once count one after the other."""
    TallyPeriod.objects.bulk_create([TallyPeriod(space_id=space_id, span=span, start=start)], ignore_conflicts=True)
    return TallyPeriod.objects.select_for_update().get(space_id=space_id, span=span, start=start)


def _rolled_up(pieces: Iterable[tuple[Where, Counts]]) -> dict[tuple[Grain, Where], Counts]:
    """The same counts at every grain."""
    found: dict[tuple[Grain, Where], Counts] = {}
    for where, counts in pieces:
        for grain in Grain:
            found.setdefault((grain, where.at(grain)), Counts()).add(counts)
    return found


def _keep(period: TallyPeriod, found: dict[tuple[Grain, Where], Counts]) -> None:
    """Write the counts of a period in place of the old ones, and up to which correction they are right."""
    Tally.objects.filter(space_id=period.space_id, span=period.span, start=period.start).delete()
    Tally.objects.bulk_create(
        (
            Tally(
                space_id=period.space_id, span=period.span, start=period.start, grain=grain, sector=where.sector,
                mrc_id_then=where.mrc, municipality_id_then=where.municipality, worker_id_then=where.worker,
                interventions=counts.interventions,
                collective=sum(n for (kind, _object), n in counts.entries.items() if kind == "collective"),
                referred=sum(counts.referred.values()), referrals=sum(counts.referrals.values()), counts=written(counts),
            )
            for (grain, where), counts in found.items()
        ),
        batch_size=BATCH,
    )  # fmt: skip
    TallyPeriod.objects.filter(pk=period.pk).update(counted=period.touches)
