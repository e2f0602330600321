"""Meetings and series of a démarche."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings import workflow
from concertoit.together.meetings.models import KeptItem, Meeting, Series
from concertoit.together.meetings.rules.recurrence import moment

SHOWN_PAST = 30


def meetings_of(viewer: Viewer) -> QuerySet[Meeting]:
    """The meetings of the démarche, with who meets."""
    viewer.must("meetings.view")
    rows = Meeting.objects.filter(space=viewer.space)
    return rows.select_related("series", "body", "committee")


def meeting_for(viewer: Viewer, meeting_id: int) -> Meeting:
    """A meeting of the démarche. Raises ``NotVisible`` for another's."""
    return must_exist(
        meetings_of(viewer)
        .filter(pk=meeting_id)
        .select_related("space", "facilitator__person", "facilitator__organisation", "secretary__person")
        .first()
    )


def series_for(viewer: Viewer, series_id: int) -> Series:
    """A series of the démarche. Raises ``NotVisible`` for another's."""
    viewer.must("meetings.view")
    rows = Series.objects.filter(space=viewer.space, pk=series_id).select_related("space", "body", "committee")
    return must_exist(rows.first())


def last_held(meeting: Meeting) -> Meeting | None:
    """The meeting of the same series (or, without one, of the same table) held just before this one."""
    rows = Meeting.objects.filter(space=meeting.space_id, state=workflow.CLOSED, starts_at__lt=meeting.starts_at)
    if meeting.series_id:
        rows = rows.filter(series=meeting.series_id)
    else:
        rows = rows.filter(body=meeting.body_id, committee=meeting.committee_id)
    return rows.exclude(pk=meeting.pk).order_by("-starts_at", "-pk").first()


def next_of(meeting: Meeting) -> Meeting | None:
    """The next meeting of the same series that is still to come."""
    if meeting.series_id is None:
        return None
    rows = Meeting.objects.filter(series=meeting.series_id, state__in=workflow.COMING)
    return rows.filter(starts_at__gt=meeting.starts_at).order_by("starts_at", "pk").first()


@dataclass(slots=True)
class Overview:
    """What the landing page shows: what comes, what was held, and the series."""

    coming: list[Meeting] = field(default_factory=list)
    past: list[Meeting] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)


def overview(viewer: Viewer, *, months: int = 6, place: tuple[str, int] | None = None) -> Overview:
    """Coming meetings within some months, the last ones held or cancelled, the series that go on; three queries.

    ``place``: ("body" or "committee", id), to see the meetings of one table only.
    """
    rows = meetings_of(viewer)
    series = Series.objects.filter(space=viewer.space, ended_at=None).select_related("body", "committee")
    if place:
        rows, series = rows.filter(**{place[0]: place[1]}), series.filter(**{place[0]: place[1]})
    now = timezone.now()
    still = Q(state__in=workflow.COMING, starts_at__lt=now + timedelta(days=31 * months))
    past = rows.filter(state__in=[workflow.CLOSED, workflow.CANCELLED])
    return Overview(
        coming=_counted(rows.filter(still).order_by("starts_at", "pk")),
        past=_counted(past.order_by("-starts_at", "-pk")[:SHOWN_PAST]),
        series=list(series.annotate(number=Count("meetings")).order_by("name", "pk")),
    )


def _counted(rows: QuerySet[Meeting]) -> list[Meeting]:
    """With how many people are invited, and how many said yes or no."""
    here = Q(people__withdrawn_at=None)
    return list(
        rows.annotate(
            invited=Count("people", filter=here),
            yes=Count("people", filter=here & Q(people__answer="yes")),
            no=Count("people", filter=here & Q(people__answer="no")),
        )
    )


@dataclass(slots=True)
class SeriesPage:
    """A series: its template, its meetings, and what is kept for the next one."""

    series: Series
    standing: list[Any] = field(default_factory=list)
    coming: list[Meeting] = field(default_factory=list)
    past: list[Meeting] = field(default_factory=list)
    kept: list[KeptItem] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        """What the standing items take together."""
        return sum(one.minutes for one in self.standing)


def series_page(viewer: Viewer, series_id: int) -> SeriesPage:
    """Everything that the page of a series shows; five queries."""
    row = series_for(viewer, series_id)
    rows = meetings_of(viewer).filter(series=row)
    past = rows.filter(state__in=[workflow.CLOSED, workflow.CANCELLED]).order_by("-starts_at", "-pk")
    kept = KeptItem.objects.filter(series=row, dropped_at=None, placed=None)
    return SeriesPage(
        series=row,
        standing=list(row.standing.order_by("position", "pk")),
        coming=_counted(rows.filter(state__in=workflow.COMING).order_by("starts_at", "pk")),
        past=_counted(past[:SHOWN_PAST]),
        kept=list(kept.select_related("source__meeting", "proposed_by", "plan_item").order_by("pk")),
    )


def in_year(viewer: Viewer, year: int) -> Sequence[Meeting]:
    """Meetings of a year, by day, for the calendar."""
    first, last = _year(year)
    rows = meetings_of(viewer).filter(starts_at__gte=first, starts_at__lt=last)
    return _counted(rows.order_by("starts_at", "pk"))


def _year(year: int) -> tuple[datetime, datetime]:
    return moment(date(year, 1, 1), time()), moment(date(year + 1, 1, 1), time())
