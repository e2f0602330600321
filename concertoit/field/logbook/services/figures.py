"""Keeping counts of closed months and years (S6). Reads never wait for this: what is not kept is counted from entries.

Whoever writes, corrects or retires an entry or a referral calls ``touch`` in the same transaction, with every day that
was concerned. A touched month is read from its entries until the nightly job has counted it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from concertoit.field.logbook.models import Entry, Referral, Tally, TallyPeriod
from concertoit.field.logbook.queries.figures_scan import Group, entries_of, referrals_of, scan
from concertoit.field.logbook.rules.tallies import (
    Counts,
    Grain,
    Span,
    Where,
    add_text,
    end_of,
    month_of,
    months_between,
    written,
    year_of,
)

BATCH = 500


def touch(space_id: int, *days: date) -> None:
    """Say that what was counted for these days may have changed. The open month is never kept: it costs nothing."""
    today = timezone.localdate()
    months = {month_of(day) for day in days if end_of(month_of(day), Span.MONTH) < today}
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
    """Count every closed month that is new or was touched, then its year. Answers how many months were counted.

    Done again at once, it finds nothing to do.
    """
    day = today or timezone.localdate()
    months = list(_to_count(space_id, day))
    for month in months:
        count_month(space_id, month)
    stale = TallyPeriod.objects.filter(space_id=space_id, span=Span.YEAR).exclude(counted=F("touches"))
    years = {year_of(month) for month in months} | set(stale.order_by().values_list("start", flat=True))
    for year in sorted(years):
        if end_of(year, Span.YEAR) < day:
            count_year(space_id, year)
    return len(months)


def _to_count(space_id: int, today: date) -> Iterator[date]:
    """Months from the year of the first entry to the last closed one that have no counts, or old ones."""
    firsts = [
        model.objects.filter(space_id=space_id).order_by("on").values_list("on", flat=True).first()
        for model in (Entry, Referral)
    ]
    known = [first for first in firsts if first]
    if not known:
        return
    periods = TallyPeriod.objects.filter(space_id=space_id, span=Span.MONTH, counted=F("touches"))
    fresh = set(periods.order_by().values_list("start", flat=True))
    last = month_of(today) - timedelta(days=1)
    for month in months_between(year_of(min(known)), last):
        if month not in fresh:
            yield month


@transaction.atomic
def count_month(space_id: int, month: date) -> None:
    """Count a month again, at every grain. What is written meanwhile touches it, and it will be counted once more."""
    period = _period(space_id, Span.MONTH, month)
    groups = [Group(None, ((month, end_of(month, Span.MONTH)),))]
    pieces = scan(entries_of(space_id, groups), referrals_of(space_id, groups), Grain.WORKER, [month])
    _keep(period, _rolled_up((where, counts) for _month, where, counts in pieces))


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
