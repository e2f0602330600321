"""Series of meetings: opened, changed, ended; their days put in the calendar; the template of their agendas."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.spaces.models import Committee, GoverningBody
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings import workflow
from concertoit.together.meetings.enums import ItemKind, QuorumRule, Rhythm
from concertoit.together.meetings.models import USUAL_MINUTES, Meeting, Series, StandingItem
from concertoit.together.meetings.rules.recurrence import Rule, days, moment
from concertoit.together.meetings.services.finding import held_series, journal

# How far ahead meetings are put in the calendar: a year of work and a little more.
AHEAD = timedelta(days=400)
# A committee follows its own actions; news of everybody are told elsewhere.
NOT_IN_COMMITTEE = frozenset({ItemKind.LOCAL_NEWS, ItemKind.PARTNER_NEWS, ItemKind.CHANTIER_NEWS, ItemKind.SUPPORT})
# What a meeting in preparation takes from its series, and takes again when the series changes.
COPIED = ("length_minutes", "place", "video_url", "quorum_rule", "quorum_number")

# The template a series begins with, from the statutory points of seed 000; minutes are a beginning, people change them.
FIRST_TEMPLATE: tuple[tuple[ItemKind, int], ...] = (
    (ItemKind.WELCOME, 5),
    (ItemKind.AGENDA, 3),
    (ItemKind.MINUTES, 5),
    (ItemKind.FOLLOW_UPS, 10),
    (ItemKind.CARRIED, 0),
    (ItemKind.PLAN, 60),
    (ItemKind.PROJECTS, 0),
    (ItemKind.SUPPORT, 0),
    (ItemKind.LOCAL_NEWS, 15),
    (ItemKind.PARTNER_NEWS, 15),
    (ItemKind.CHANTIER_NEWS, 10),
    (ItemKind.CLOSING, 5),
)


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """A series as a person describes it."""

    name: str
    place_of: GoverningBody | Committee
    starts_on: date
    time: time
    rhythm: str = Rhythm.MONTHS
    interval: int = 1
    per_year: int | None = None
    months: tuple[int, ...] = ()
    month_week: int = 2
    weekday: int = 1
    ends_on: date | None = None
    length_minutes: int = USUAL_MINUTES
    place: str = ""
    video_url: str = ""
    notice_days: int = 14
    quorum_rule: str = QuorumRule.NONE
    quorum_number: int | None = None


def rule_of(series: Series) -> Rule:
    """The rhythm of a series, for the rules."""
    return Rule(
        series.rhythm,
        series.starts_on,
        series.ends_on,
        series.interval,
        series.per_year or 1,
        tuple(series.months),
        series.month_week,
        series.weekday,
    )


@transaction.atomic
def save_series(*, viewer: Viewer, facts: SeriesFacts, series_id: int | None = None) -> Series:
    """Open a series, or change one; its coming meetings follow, those in preparation only.

    Raises ``DomainError`` when two series of one table would bear the same name, or for a rhythm that makes no sense.
    """
    viewer.must("meetings.edit")
    row = held_series(viewer, series_id) if series_id else Series(space=viewer.space)
    _check(viewer, facts, row)
    before = {} if row.pk is None else _told(row)
    was = {name: getattr(row, name) for name in (*COPIED, "time")}
    _fill(row, facts)
    row.save()
    if not before:
        _first_template(row)
    journal(viewer, "series.updated" if before else "series.created", row, before=before, after=_told(row))
    _follow(row, was)
    put_in_calendar(row)
    return row


def _check(viewer: Viewer, facts: SeriesFacts, row: Series) -> None:
    if facts.place_of.space_id != viewer.space.pk:
        raise NotVisible("")
    twins = Series.objects.filter(space=viewer.space, name__iexact=facts.name.strip(), ended_at=None)
    if twins.exclude(pk=row.pk).exists():
        raise DomainError(_("La démarche a déjà une série de ce nom."), field="name")
    if facts.rhythm == Rhythm.YEAR and not facts.per_year:
        raise DomainError(_("Dites combien de fois par année."), field="per_year")
    if facts.rhythm == Rhythm.YEAR and facts.months and len(facts.months) != facts.per_year:
        raise DomainError(_("Choisissez autant de mois que de rencontres par année, ou aucun."), field="months")
    if facts.ends_on and facts.ends_on < facts.starts_on:
        raise DomainError(_("La fin doit suivre le début."), field="ends_on")
    if facts.quorum_rule in (QuorumRule.NUMBER, QuorumRule.SHARE) and not facts.quorum_number:
        raise DomainError(_("Dites le nombre, ou le pourcentage, du quorum."), field="quorum_number")
    if facts.quorum_rule == QuorumRule.SHARE and (facts.quorum_number or 0) > 100:
        raise DomainError(_("Un pourcentage va de 1 à 100."), field="quorum_number")


def _fill(row: Series, facts: SeriesFacts) -> None:
    is_body = isinstance(facts.place_of, GoverningBody)
    row.body = facts.place_of if isinstance(facts.place_of, GoverningBody) else None
    row.committee = None if is_body else facts.place_of  # type: ignore[assignment]
    row.name = facts.name.strip()
    row.months = list(facts.months)
    for name in (
        "starts_on", "time", "rhythm", "interval", "per_year", "month_week", "weekday", "ends_on", "length_minutes",
        "place", "video_url", "notice_days", "quorum_rule", "quorum_number",
    ):  # fmt: skip
        setattr(row, name, getattr(facts, name))


def _told(row: Series) -> dict[str, Any]:
    """What the journal keeps of a series."""
    return {
        "name": row.name,
        "rhythm": f"{row.rhythm} {row.interval} {row.per_year or ''} {row.month_week} {row.weekday} {row.months}",
        "starts_on": str(row.starts_on),
        "ends_on": str(row.ends_on or ""),
        "time": f"{row.time:%H:%M}",
        "length_minutes": row.length_minutes,
        "place": row.place,
        "video_url": row.video_url,
    }


def first_points(*, body: bool) -> tuple[tuple[ItemKind, int], ...]:
    """What an agenda begins with, for a governing body or for a committee."""
    return FIRST_TEMPLATE if body else tuple(one for one in FIRST_TEMPLATE if one[0] not in NOT_IN_COMMITTEE)


def _first_template(row: Series) -> None:
    StandingItem.objects.bulk_create(
        StandingItem(space=row.space, series=row, kind=kind, title=str(kind.label), minutes=minutes, position=place)
        for place, (kind, minutes) in enumerate(first_points(body=row.body_id is not None), 1)
    )


def _coming(row: Series) -> Any:
    """Coming meetings that still follow their series."""
    return row.meetings.filter(state=workflow.PREPARED, starts_at__gt=timezone.now()).order_by("starts_at", "pk")


def _follow(row: Series, was: dict[str, Any]) -> None:
    """Give its new place, length… to meetings in preparation, where nobody chose otherwise for one of them."""
    wanted = dict.fromkeys(days(rule_of(row), timezone.localdate() + AHEAD))
    for meeting in list(_coming(row)):
        unmoved = _on_rhythm(meeting, was["time"])
        if unmoved and meeting.built_at is None and meeting.occurrence_on not in wanted:
            meeting.delete()
            continue
        for name in COPIED:
            if getattr(meeting, name) == was[name]:
                setattr(meeting, name, getattr(row, name))
        if unmoved and meeting.occurrence_on:
            meeting.starts_at = moment(meeting.occurrence_on, row.time)
        meeting.body_id, meeting.committee_id = row.body_id, row.committee_id
        meeting.save()


def _on_rhythm(meeting: Meeting, hour: time) -> bool:
    """Whether a meeting stands on the day and hour that its series gave."""
    return meeting.occurrence_on is not None and meeting.starts_at == moment(meeting.occurrence_on, hour)


def put_in_calendar(row: Series, today: date | None = None) -> int:
    """Add the days of the rhythm up to ``AHEAD`` that are not there yet; answers how many. Called in a transaction."""
    if row.ended_at is not None:
        return 0
    day = today or timezone.localdate()
    known = set(row.meetings.exclude(occurrence_on=None).values_list("occurrence_on", flat=True))
    new = [one for one in days(rule_of(row), day + AHEAD) if one >= day and one not in known]
    Meeting.objects.bulk_create(
        Meeting(
            space_id=row.space_id, series=row, body_id=row.body_id, committee_id=row.committee_id, occurrence_on=one,
            title=row.name, starts_at=moment(one, row.time), **{name: getattr(row, name) for name in COPIED},
        )
        for one in new
    )  # fmt: skip
    return len(new)


def put_all_in_calendar(today: date | None = None) -> int:
    """The same for every series that goes on, each in its own transaction."""
    made = 0
    for row in Series.objects.filter(ended_at=None, space__archived_at=None).order_by("pk"):
        with transaction.atomic():
            made += put_in_calendar(row, today)
    return made


@transaction.atomic
def end_series(*, viewer: Viewer, series_id: int) -> Series:
    """End a series: meetings in preparation that have no agenda leave the calendar, the others stay."""
    row = held_series(viewer, series_id)
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at", "updated_at"])
    _coming(row).filter(built_at=None).delete()
    journal(viewer, "series.ended", row)
    return row


@transaction.atomic
def resume_series(*, viewer: Viewer, series_id: int) -> Series:
    """Take up a series again."""
    row = held_series(viewer, series_id)
    row.ended_at = None
    row.save(update_fields=["ended_at", "updated_at"])
    put_in_calendar(row)
    journal(viewer, "series.resumed", row)
    return row
