"""Reading figures: counts kept for years, months and days that are over, entries for the rest, by month and place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from concertoit.field.logbook.models import Entry, Tally, TallyPeriod, TeamSeat, Worker
from concertoit.field.logbook.queries.figures_scan import Group, entries_of, referrals_of, scan
from concertoit.field.logbook.rules.tallies import (
    Counts,
    Cover,
    Grain,
    Span,
    Where,
    add_text,
    cover,
    end_of,
    month_of,
    months_between,
    recent,
    year_of,
)

LONGEST_BY_MONTH = 24
"""Periods of more months than this are told by year."""
Piece = tuple[date, Where, Counts]
"""Counts of the interventions that begin a bucket (month or year) at a place."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose figures. ``team`` counts workers for days inside their seat; ``employer`` those it employs now."""

    mrc: int | None = None
    municipality: int | None = None
    sector: str = ""
    team: int | None = None
    employer: int | None = None

    @property
    def of_workers(self) -> bool:
        return self.team is not None or self.employer is not None

    @property
    def by_place(self) -> Grain:
        """The grain at which territories are told apart: municipalities inside a MRC, else MRC."""
        if self.of_workers:
            return Grain.WORKER
        return Grain.PLACE if self.mrc or self.municipality else Grain.MRC

    @property
    def whole(self) -> Grain:
        """The grain that is enough when territories are not told apart."""
        return self.by_place if self.by_place is not Grain.MRC else Grain.SPACE


@dataclass(slots=True)
class Figures:
    """Counts of a period: by sector (what definitions read), by bucket, by place."""

    buckets: list[date]
    by_month: bool
    population: dict[str, Counts] = field(default_factory=dict)
    over_time: dict[date, dict[str, int]] = field(default_factory=dict)
    places: dict[int | None, dict[str, int]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not any(counts.interventions or counts.referrals for counts in self.population.values())


def figures(
    space_id: int, periods: Sequence[tuple[date, date]], reach: Reach, *, places: bool = True
) -> list[Figures]:
    """The figures of each period. ``places`` tells territories apart, which reads finer counts.

    Two queries, and two more for each period that is not wholly kept; three more for a team.
    """
    kept = _kept(space_id)
    grain = reach.by_place if places else reach.whole
    found = []
    for start, end in periods:
        buckets, by_month = buckets_of(start, end)
        whole = Figures(buckets, by_month, over_time={bucket: _columns() for bucket in buckets})
        for piece in _pieces(space_id, (start, end), reach, grain, whole, kept):
            _count(whole, reach, piece)
        found.append(whole)
    return found


def buckets_of(start: date, end: date) -> tuple[list[date], bool]:
    """First days of the months of a period, or of its years when there are too many months; and which."""
    months = list(months_between(start, end))
    if len(months) <= LONGEST_BY_MONTH:
        return months, True
    return [year_of(start).replace(year=year) for year in range(start.year, end.year + 1)], False


def _columns() -> dict[str, int]:
    return {"interventions": 0, "collective": 0, "referred": 0, "referrals": 0}


def _count(whole: Figures, reach: Reach, piece: Piece) -> None:
    at, where, counts = piece
    whole.population.setdefault(where.sector, Counts()).add(counts)
    place = where.municipality if reach.mrc or reach.municipality else where.mrc
    collective = sum(n for (kind, _object), n in counts.entries.items() if kind == "collective")
    numbers = (counts.interventions, collective, sum(counts.referred.values()), sum(counts.referrals.values()))
    for line in (whole.over_time[at], whole.places.setdefault(place, _columns())):
        for column, number in zip(line, numbers, strict=True):
            line[column] += number


def _kept(space_id: int) -> set[tuple[Span, date]]:
    """Years, months and recent days whose counts are right. Corrections say nothing to days that are not recent."""
    since, until = recent(timezone.localdate())
    rows = TallyPeriod.objects.filter(space_id=space_id, counted=F("touches"))
    rows = rows.exclude(Q(span=Span.DAY) & (Q(start__lt=since) | Q(start__gt=until)))
    return {(Span(span), start) for span, start in rows.order_by().values_list("span", "start")}


def _pieces(
    space_id: int, period: tuple[date, date], reach: Reach, grain: Grain, whole: Figures,
    kept: set[tuple[Span, date]],
) -> Iterator[Piece]:  # fmt: skip
    covers = [
        (workers, cover(start, end, kept, by_month=whole.by_month))
        for workers, start, end in _groups(space_id, reach, period)
    ]
    yield from _from_tallies(space_id, reach, grain, covers, whole)
    groups = [Group(workers, tuple(one.runs)) for workers, one in covers if one.runs]
    if groups:
        entries, referrals = entries_of(space_id, groups), referrals_of(space_id, groups)
        wanted = _narrowed(reach)
        theirs = _narrowed(reach, "entry__")
        yield from scan(entries.filter(wanted), referrals.filter(theirs), grain, whole.buckets)


def _groups(space_id: int, reach: Reach, period: tuple[date, date]) -> list[tuple[tuple[int, ...] | None, date, date]]:
    """Who counts from when to when: workers who share the same days are together."""
    start, end = period
    if not reach.of_workers:
        return [(None, start, end)]
    windows: dict[tuple[date, date], set[int]] = {}
    employed = _employed(space_id, reach.employer) if reach.employer is not None else None
    if reach.team is None:
        windows[start, end] = employed or set()
    else:
        seats = TeamSeat.objects.filter(space_id=space_id, team_id=reach.team).order_by("starts_on", "pk")
        for worker, since, until in seats.values_list("worker_id", "starts_on", "ends_on"):
            inside = max(since, start), min(until or end, end)
            if inside[0] <= inside[1] and (employed is None or worker in employed):
                windows.setdefault(inside, set()).add(worker)
    return [(tuple(sorted(workers)), since, until) for (since, until), workers in windows.items() if workers]


def _employed(space_id: int, organisation: int) -> set[int]:
    rows = Worker.objects.filter(space_id=space_id, membership__organisation_id=organisation)
    return set(rows.order_by().values_list("pk", flat=True))


def _narrowed(reach: Reach, before: str = "") -> Q:
    """The territory and sector as a condition."""
    wanted = {"mrc_id_then": reach.mrc, "municipality_id_then": reach.municipality, "sector": reach.sector or None}
    return Q(**{f"{before}{name}": value for name, value in wanted.items() if value is not None})


def _from_tallies(
    space_id: int,
    reach: Reach,
    grain: Grain,
    covers: Iterable[tuple[tuple[int, ...] | None, Cover]],
    whole: Figures,
) -> Iterator[Piece]:
    """One query for everything that is kept; rows of the same bucket and place are read into the same counts."""
    covers = [(workers, one) for workers, one in covers if one.kept]
    if not covers:
        return
    wanted = Q(pk__in=[])
    for workers, one in covers:
        theirs = Q() if workers is None else Q(worker_id_then__in=workers)
        for span, starts in one.kept.items():
            wanted |= Q(span=span, start__in=starts) & theirs
    rows: QuerySet[Tally] = Tally.objects.filter(wanted, _narrowed(reach), space_id=space_id, grain=grain)
    found: dict[tuple[date, Where], Counts] = {}
    columns = ("start", "sector", "mrc_id_then", "municipality_id_then", "counts")
    for start, sector, mrc, municipality, text in rows.order_by().values_list(*columns).iterator(chunk_size=5000):
        at = month_of(start) if whole.by_month else year_of(start)
        add_text(found.setdefault((at, Where(sector, mrc, municipality)), Counts()), text)
    for (at, where), counts in found.items():
        yield at, where, counts


def first_day(space_id: int) -> date | None:
    """The day of the first intervention."""
    return Entry.objects.filter(space_id=space_id, deleted_at=None).order_by("on").values_list("on", flat=True).first()


def wrong_periods(space_id: int) -> list[tuple[Span, date]]:
    """Months and days whose kept counts are not what entries and referrals say now: none, unless a service forgot
    ``touch``."""
    found = []
    for span, start in sorted(one for one in _kept(space_id) if one[0] is not Span.YEAR):
        tally = Tally.objects.filter(space_id=space_id, span=span, start=start, grain=Grain.SPACE)
        numbers = [
            sum(pair) for pair in zip(*tally.order_by().values_list("interventions", "referrals"), strict=True)
        ] or [0, 0]
        groups = [Group(None, ((start, end_of(start, span)),))]
        if numbers != [entries_of(space_id, groups).count(), referrals_of(space_id, groups).count()]:
            found.append((span, start))
    return found
