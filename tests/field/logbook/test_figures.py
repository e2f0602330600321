"""Kept counts say what entries say, whatever is written, corrected or retired, and at any grain."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from functools import partial
from unittest import mock

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from concertoit.field.logbook.models import Entry, Referral, Tally, TallyPeriod
from concertoit.field.logbook.queries.figures import Figures, Reach, _kept, figures, wrong_periods
from concertoit.field.logbook.queries.figures_words import words_of
from concertoit.field.logbook.rules.statistics import BY_CODE, compute, compute_all
from concertoit.field.logbook.rules.tallies import Span, cover, days_between
from concertoit.field.logbook.services.figures import recount, touch
from concertoit.front.demo.services.clock import at
from tests.field.logbook import made_statistics as made
from tests.personas import Table

YEAR = (date(2022, 1, 1), date(2022, 12, 31))
SEPTEMBER = (date(2022, 9, 1), date(2022, 9, 30))
pytestmark = pytest.mark.django_db


def read(table: Table, reach: Reach | None = None, period: tuple[date, date] = YEAR, **kwargs: bool) -> Figures:
    return figures(table.space.pk, [period], reach or Reach(), **kwargs)[0]


def shares(table: Table, code: str) -> dict[str, int]:
    computed = compute(BY_CODE[code], read(table).population, words_of(table.space.pk).vocabulary)
    return {line: int(computed.percent(line) or 0) for line in computed.lines}


@pytest.mark.parametrize("kept", [False, True])
def test_the_published_figures_through_the_database(table: Table, kept: bool) -> None:
    made.year(table)
    if kept:
        assert recount(table.space.pk, today=date(2023, 1, 5)) == 12
    assert shares(table, "sectors") == {"office": 85, "nonprofit": 7, "coop": 4, "other": 4}
    assert shares(table, "youth_families")["yes"] == 80
    assert shares(table, "referred")["yes"] == 20
    assert [shares(table, "destinations")[code] for code in ("cisss", "community")] == [46, 35]
    assert [shares(table, "reasons_cisss")[code] for code in ("mental_health", "frail_elders")] == [31, 20]
    assert [shares(table, "reasons_community")[code] for code in ("food", "budget")] == [34, 18]
    assert shares(table, "kinds")["collective"] == 45
    assert [shares(table, "objects")[code] for code in ("projects", "association")] == [66, 15]


def reaches(table: Table) -> list[Reach]:
    other = made.second_town(table)
    group = made.team(table, ("worker", date(2022, 2, 10), date(2022, 9, 20)), ("liaison", date(2022, 5, 1), None))
    return [
        Reach(), Reach(mrc=other.mrc_id), Reach(municipality=table.municipality.pk), Reach(sector="coop"),
        Reach(team=group.pk), Reach(team=group.pk, mrc=other.mrc_id), Reach(employer=table.organisations["home"].pk),
    ]  # fmt: skip


def test_counts_kept_are_those_of_entries_after_any_correction(table: Table) -> None:
    """At random, always the same: write, correct, move to another day, retire; some recounts in between."""
    made.year(table)
    draw = random.Random(6)  # noqa: S311
    wanted = reaches(table)
    first = [read(table, reach) for reach in wanted]
    recount(table.space.pk, today=date(2023, 3, 1))
    assert [read(table, reach) for reach in wanted] == first
    entries = list(Entry.objects.filter(space=table.space).order_by("pk"))
    for turn in range(12):
        _correct(table, draw, draw.choice(entries))
        if turn % 3 == 2:
            recount(table.space.pk, today=date(2023, 3, 1))
    kept = [read(table, reach) for reach in wanted]
    assert not wrong_periods(table.space.pk)
    TallyPeriod.objects.all().delete()
    assert kept == [read(table, reach) for reach in wanted]


def _correct(table: Table, draw: random.Random, entry: Entry, since: date = date(2022, 1, 1), days: int = 365) -> None:
    before = entry.on
    act = draw.choice(("retire", "move", "change", "refer", "cancel", "new"))
    if act == "retire":
        entry.deleted_at = timezone.now()
    elif act == "move":
        entry.on = since + timedelta(days=draw.randrange(days))
    elif act == "change":
        entry.clientele_mask, entry.kind, entry.referred = draw.randrange(64), "partner", not entry.referred
    elif act == "refer":
        made.referral(table, draw.choice((entry, None)), entry.on)
    elif act == "cancel":
        Referral.objects.filter(entry__on=before).update(state="cancelled")
    else:
        made.entry(table, before, sector="coop", town=made.second_town(table))
    entry.save()
    touch(table.space.pk, before, entry.on)


def test_periods_cut_inside_months_and_longer_than_years(table: Table) -> None:
    made.year(table)
    made.year(table, 2021)
    periods = [
        (date(2022, 3, 10), date(2022, 8, 5)), (date(2021, 1, 1), date(2022, 12, 31)),
        (date(2020, 6, 1), date(2023, 2, 1)), (date(2022, 5, 5), date(2022, 5, 5)),
    ]  # fmt: skip
    before = figures(table.space.pk, periods, Reach())
    recount(table.space.pk, today=date(2023, 3, 1))
    assert figures(table.space.pk, periods, Reach()) == before
    assert [len(one.buckets) for one in before] == [6, 24, 4, 1]
    assert before[2].over_time[date(2022, 1, 1)]["interventions"] == 1600
    assert sum(line["interventions"] for line in before[0].over_time.values()) == sum(
        counts.interventions for counts in before[0].population.values()
    )


def test_coarser_counts_say_the_same(table: Table) -> None:
    made.year(table)
    recount(table.space.pk, today=date(2023, 3, 1))
    assert read(table, places=False).population == read(table).population


def test_a_year_is_read_from_its_own_row_when_nothing_waits(table: Table) -> None:
    for number in (2021, 2022, 2023):
        made.year(table, number)
    recount(table.space.pk, today=date(2024, 3, 1))
    assert TallyPeriod.objects.filter(span="year").count() == 3
    period = (date(2020, 1, 1), date(2024, 12, 31))
    before = read(table, period=period).population
    Tally.objects.filter(span="month", start__year__lt=2024).delete()
    assert read(table, period=period).population == before


def test_recounting_again_finds_nothing_to_do(table: Table) -> None:
    made.entry(table, date(2022, 4, 2))
    assert recount(table.space.pk, today=date(2022, 6, 10)) == 5
    assert recount(table.space.pk, today=date(2022, 6, 10)) == 0
    touch(table.space.pk, date(2022, 4, 2))
    touch(table.space.pk, date(2022, 4, 20), date(2022, 3, 1))
    assert recount(table.space.pk, today=date(2022, 6, 10)) == 2
    assert recount(made.edition().pk + 1000) == 0


def test_rows_are_not_grouped_by_their_own_key(table: Table) -> None:
    """Which would group nothing, and made PostgreSQL read the whole table along that key."""
    made.referral(table, made.entry(table, date(2022, 4, 2)), date(2022, 4, 2))
    with CaptureQueriesContext(connection) as asked:
        read(table)
    groups = [query["sql"].partition(" GROUP BY ")[2] for query in asked.captured_queries]
    assert sum(bool(group) for group in groups) == 1, "referrals; entries are read plain"
    assert not [group for group in groups if '"id"' in group]


def test_what_is_written_today_touches_nothing(table: Table) -> None:
    touch(table.space.pk, timezone.localdate(), timezone.localdate() + timedelta(days=1))
    assert not TallyPeriod.objects.exists()


NOON = datetime(2022, 4, 20, 16, tzinfo=UTC)


def test_days_of_the_open_month_are_kept_and_told(table: Table) -> None:
    """Days before today are counted; a correction makes its own day wait; days of a month long closed are forgotten."""
    yesterday, today = date(2022, 4, 19), date(2022, 4, 20)
    kept = TallyPeriod.objects.filter(span=Span.DAY, counted=F("touches")).order_by("start")
    for day in (date(2022, 3, 2), yesterday, today):
        made.entry(table, day)
    with at(NOON):
        recount(table.space.pk)
        assert list(kept.values_list("start", flat=True)) == list(days_between(date(2022, 3, 2), yesterday))
        before = read(table)
        Entry.objects.filter(on=yesterday).update(kind="partner")
        assert read(table) == before, "read from what is kept"
        assert wrong_periods(table.space.pk) == []
        Entry.objects.filter(on=yesterday).update(deleted_at=timezone.now())
        assert wrong_periods(table.space.pk) == [(Span.DAY, yesterday)]
        touch(table.space.pk, yesterday)
        assert sum(one.interventions for one in read(table).population.values()) == 2
        assert not kept.filter(start=yesterday).exists()
        recount(table.space.pk)
        assert kept.filter(start=yesterday).exists()
        assert not wrong_periods(table.space.pk)
    with at(NOON + timedelta(days=45)):  # 4 June: March is not recent any more, nor is April
        assert recount(table.space.pk) == 2
        assert set(kept.values_list("start", flat=True)) == set(days_between(date(2022, 5, 1), date(2022, 6, 3)))
        assert not Tally.objects.filter(span=Span.DAY).exists()


def test_a_correction_in_the_month_just_closed_makes_only_its_day_wait(table: Table) -> None:
    made.year(table)
    with at(datetime(2022, 10, 4, 16, tzinfo=UTC)):
        recount(table.space.pk)
        before = read(table)
        late = made.entry(table, date(2022, 9, 28), sector="coop")
        touch(table.space.pk, late.on)
        assert cover(*SEPTEMBER, _kept(table.space.pk)).runs == [(late.on, late.on)]
        assert read(table) != before
        late.delete()
        touch(table.space.pk, late.on)
        assert read(table) == before


def test_recent_days_kept_are_those_of_entries_whatever_is_done(table: Table) -> None:
    """Days pass; people write, correct, move, retire; the night comes, or not: figures are always those of entries."""
    draw = random.Random(13)  # noqa: S311
    wanted = reaches(table)
    for number in range(80):
        made.entry(table, date(2022, 1, 1) + timedelta(days=number % 40), sector=draw.choice(("office", "coop")))
    now = datetime(2022, 2, 10, 16, tzinfo=UTC)
    for turn in range(9):
        now += timedelta(days=draw.choice((0, 1, 1, 2, 9)))
        with at(now):
            today = timezone.localdate()
            made.entry(table, today, key=draw.choice(("worker", "liaison")), referred=turn % 2 == 0, minutes=15 * turn)
            for _act in range(3):
                one = draw.choice(list(Entry.objects.order_by("pk")))
                _correct(table, draw, one, since=today - timedelta(days=50), days=51)
            if turn % 3:
                recount(table.space.pk)
            assert not wrong_periods(table.space.pk)
            periods = [YEAR, (today - timedelta(days=33), today + timedelta(days=20))]
            asked = [partial(figures, table.space.pk, periods, reach, places=turn % 2 == 0) for reach in wanted]
            kept = [ask() for ask in asked]
            with mock.patch("concertoit.field.logbook.queries.figures._kept", return_value=set()):
                plain = [ask() for ask in asked]
            assert kept == plain
    assert TallyPeriod.objects.filter(span=Span.DAY, counted=F("touches")).exists()


def test_a_change_nobody_told_is_found_by_the_check(table: Table) -> None:
    made.entry(table, date(2022, 4, 2))
    recount(table.space.pk, today=date(2022, 6, 10))
    made.entry(table, date(2022, 4, 3))
    assert wrong_periods(table.space.pk) == [(Span.MONTH, date(2022, 4, 1))]


def test_retired_entries_and_cancelled_referrals_count_nowhere(table: Table) -> None:
    day = date(2022, 4, 2)
    gone = made.entry(table, day, deleted_at=timezone.now(), referred=True)
    made.referral(table, gone, day)
    kept = made.entry(table, day)
    Referral.objects.filter(pk=made.referral(table, kept, day).pk).update(state="cancelled")
    made.referral(table, None, day)
    tables = compute_all(read(table).population, words_of(table.space.pk).vocabulary)
    assert tables["kinds"].total == 1
    assert tables["destinations"].total == 1


def test_a_period_over_two_editions(table: Table) -> None:
    """The list of 2007 had two names for what became one in 2022; one of its terms was divided."""
    old = made.edition("old", date(2007, 1, 1), activity=("psychosocial", "crisis_old", "lease"))
    new = made.edition("new", date(2022, 6, 1), activity=("crisis", "lease", "sign", "end"))
    made.became(old, new, "activity", ("psychosocial", "crisis"), ("crisis_old", "crisis"))
    made.became(old, new, "activity", ("lease", "sign"), ("lease", "end"))
    made.entry(table, date(2022, 2, 1), edition=old, activity_mask=0b011)
    made.entry(table, date(2022, 3, 1), edition=old, activity_mask=0b110)
    made.entry(table, date(2022, 6, 1), edition=new, activity_mask=0b0001)
    words = words_of(table.space.pk)
    lines = compute(BY_CODE["activities"], read(table).population, words.vocabulary).lines
    assert lines["crisis"] == 3, "the intervention that had both old terms counts once"
    assert lines["lease"] == 1, "what was divided stays under its own name"
    assert words.label(BY_CODE["activities"].by, "crisis") == "crisis (new)"
