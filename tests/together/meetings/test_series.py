"""Series: their days in the calendar, and what their changes reach (L10)."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.together.meetings.enums import ItemKind, Rhythm
from concertoit.together.meetings.models import Meeting, Series
from concertoit.together.meetings.rules.recurrence import ZONE
from concertoit.together.meetings.services.series import end_series, put_all_in_calendar, resume_series, save_series
from concertoit.together.meetings.services.standing import move_standing, remove_standing, save_standing
from tests.personas import Table
from tests.together.meetings import made

pytestmark = pytest.mark.django_db


def days(series: Series) -> list[date]:
    return [made.day_of(one) for one in series.meetings.order_by("starts_at")]


class TestDays:
    def test_opening_a_series_puts_a_year_of_meetings_in_the_calendar(self, table: Table) -> None:
        series = made.series_of(table)
        found = list(series.meetings.order_by("starts_at"))
        assert 6 <= len(found) <= 7
        first = found[0].starts_at.astimezone(ZONE)
        assert (first.weekday(), first.time()) == (1, time(9, 30))
        assert {one.place for one in found} == {"Salle des Érables"}
        assert {one.length_minutes for one in found} == {150}
        assert {one.body_id for one in found} == {table.coco.pk}

    def test_the_template_begins_with_the_statutory_points_of_the_field(self, table: Table) -> None:
        kinds = [one.kind for one in made.series_of(table).standing.order_by("position")]
        for kind in (
            ItemKind.LOCAL_NEWS,
            ItemKind.PARTNER_NEWS,
            ItemKind.PROJECTS,
            ItemKind.CHANTIER_NEWS,
            ItemKind.PLAN,
        ):
            assert kind in kinds

    def test_a_day_is_put_once(self, table: Table) -> None:
        series = made.series_of(table)
        before = days(series)
        assert put_all_in_calendar() == 0
        assert days(series) == before

    def test_time_goes_by_and_the_calendar_follows(self, table: Table) -> None:
        made.series_of(table)
        assert put_all_in_calendar(timezone.localdate() + timedelta(days=200)) >= 3

    def test_a_moved_meeting_does_not_come_back_on_its_first_day(self, table: Table) -> None:
        series = made.series_of(table)
        meeting = made.meeting_of(table)
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=meeting.starts_at + timedelta(days=1))
        put_all_in_calendar()
        assert series.meetings.filter(occurrence_on=meeting.occurrence_on).count() == 1

    def test_dates_one_chooses_make_no_meeting(self, table: Table) -> None:
        assert not made.series_of(table, rhythm=Rhythm.FREE).meetings.exists()


class TestChanges:
    """« Later edits never change past or opened ones » (issue 3, A)."""

    def test_only_meetings_in_preparation_follow(self, table: Table) -> None:
        series = made.series_of(table)
        rows = list(series.meetings.order_by("starts_at"))
        states = dict(zip((row.pk for row in rows), ("convened", "open", "closed", "cancelled"), strict=False))
        for pk, state in states.items():
            Meeting.objects.filter(pk=pk).update(state=state)
        before = {pk: Meeting.objects.filter(pk=pk).values().get() for pk in states}
        facts = made.facts(table, place="Ailleurs", length_minutes=90, time=time(13, 0), interval=1)
        save_series(viewer=table.viewer("coordinator"), facts=facts, series_id=series.pk)
        assert {pk: Meeting.objects.filter(pk=pk).values().get() for pk in states} == before
        followed = [one for one in series.meetings.all() if one.pk not in states]
        assert {(one.place, one.length_minutes) for one in followed} == {("Ailleurs", 90)}
        assert {one.starts_at.astimezone(ZONE).time() for one in followed} == {time(13, 0)}

    def test_a_meeting_in_the_past_stays_as_it_was(self, table: Table) -> None:
        series = made.series_of(table)
        past = made.meeting_of(table)
        Meeting.objects.filter(pk=past.pk).update(starts_at=timezone.now() - timedelta(days=3))
        save_series(viewer=table.viewer("coordinator"), facts=made.facts(table, place="Ailleurs"), series_id=series.pk)
        past.refresh_from_db()
        assert past.place == "Salle des Érables"

    def test_what_was_chosen_for_one_meeting_stays(self, table: Table) -> None:
        series = made.series_of(table)
        meeting = made.meeting_of(table)
        Meeting.objects.filter(pk=meeting.pk).update(place="Chez le partenaire")
        save_series(viewer=table.viewer("coordinator"), facts=made.facts(table, place="Ailleurs"), series_id=series.pk)
        meeting.refresh_from_db()
        assert meeting.place == "Chez le partenaire"

    def test_days_of_the_old_rhythm_that_nobody_touched_leave(self, table: Table) -> None:
        series = made.series_of(table)
        facts = made.facts(table, rhythm=Rhythm.WEEKS, interval=1, weekday=3)
        save_series(viewer=table.viewer("coordinator"), facts=facts, series_id=series.pk)
        assert {day.weekday() for day in days(series)} == {3}

    def test_a_meeting_with_an_agenda_stays_whatever_the_rhythm(self, table: Table) -> None:
        series = made.series_of(table)
        meeting = made.built(table)
        facts = made.facts(table, rhythm=Rhythm.WEEKS, interval=1, weekday=3)
        save_series(viewer=table.viewer("coordinator"), facts=facts, series_id=series.pk)
        assert series.meetings.filter(pk=meeting.pk).exists()

    def test_the_end_of_a_series_and_its_return(self, table: Table) -> None:
        series = made.series_of(table)
        made.built(table)
        number = series.meetings.count()
        end_series(viewer=table.viewer("coordinator"), series_id=series.pk)
        assert series.meetings.count() == 1
        assert put_all_in_calendar() == 0
        resume_series(viewer=table.viewer("coordinator"), series_id=series.pk)
        assert series.meetings.count() == number


class TestRefusals:
    def test_who_does_not_coordinate_may_not(self, table: Table) -> None:
        with pytest.raises(NotAllowed):
            save_series(viewer=table.viewer("partner"), facts=made.facts(table))

    def test_a_series_of_another_space_is_not_there(self, table: Table) -> None:
        series = made.series_of(table)
        Series.objects.filter(pk=series.pk).update(space=table.other)
        with pytest.raises(NotVisible):
            end_series(viewer=table.viewer("coordinator"), series_id=series.pk)

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"rhythm": Rhythm.YEAR, "per_year": None}, "per_year"),
            ({"rhythm": Rhythm.YEAR, "per_year": 6, "months": (1, 2)}, "months"),
            ({"ends_on": date(2020, 1, 1)}, "ends_on"),
            ({"quorum_rule": "number"}, "quorum_number"),
            ({"quorum_rule": "share", "quorum_number": 120}, "quorum_number"),
        ],
    )
    def test_a_rhythm_that_makes_no_sense(self, table: Table, fields: dict[str, object], field: str) -> None:
        with pytest.raises(DomainError) as raised:
            save_series(viewer=table.viewer("coordinator"), facts=made.facts(table, **fields))
        assert raised.value.field == field

    def test_two_series_of_one_name(self, table: Table) -> None:
        made.series_of(table)
        with pytest.raises(DomainError):
            save_series(viewer=table.viewer("coordinator"), facts=made.facts(table, name="COCO"))


class TestTemplate:
    def test_points_are_added_moved_rewritten_and_removed(self, table: Table) -> None:
        series, viewer = made.series_of(table), table.viewer("coordinator")
        row = save_standing(viewer=viewer, series_id=series.pk, kind="text", title="Tour de table", minutes=20)
        first = made.standing_of(table)
        move_standing(viewer=viewer, series_id=series.pk, standing_id=first.pk, up=False)
        assert series.standing.order_by("position")[1].pk == first.pk
        save_standing(viewer=viewer, series_id=series.pk, kind="text", title="Tour", minutes=10, standing_id=row.pk)
        remove_standing(viewer=viewer, series_id=series.pk, standing_id=first.pk)
        titles = [one.title for one in series.standing.order_by("position")]
        assert titles[-1] == "Tour"
        assert first.title not in titles
        assert Entry.objects.filter(verb="series.standing_moved").count() == 1

    @pytest.mark.parametrize("fields", [{"title": " "}, {"minutes": 1000}, {"kind": "axis"}])
    def test_what_makes_no_sense_is_refused(self, table: Table, fields: dict[str, object]) -> None:
        values = {"kind": "text", "title": "Un point", "minutes": 5, **fields}
        with pytest.raises(DomainError):
            save_standing(viewer=table.viewer("coordinator"), series_id=made.series_of(table).pk, **values)  # type: ignore[arg-type]
