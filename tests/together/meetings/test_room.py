"""The room of a meeting: the clock, moving from point to point, notes that are not lost, pages (L10)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from concertoit.front.demo.services.clock import at
from concertoit.together.meetings.models import AgendaItem, Meeting, Outcome
from concertoit.together.meetings.rules.clock import Stop, beside, clock
from concertoit.together.meetings.services import running
from concertoit.together.meetings.services.agenda_items import ItemFacts, add_item
from concertoit.together.meetings.services.meetings import open_meeting
from concertoit.together.plans.models import PlanItem
from tests.hostile import assert_constant_queries
from tests.htmx import headers
from tests.personas import Table
from tests.together.meetings import made

START = datetime(2026, 9, 8, 13, 30, tzinfo=UTC)
END = START + timedelta(minutes=60)


def later(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


class TestClock:
    def test_what_is_left_is_counted_from_the_start_of_the_point(self) -> None:
        told = clock([Stop(1, 20, "current", 0, START), Stop(2, 40)], later(5), END)
        assert (told.left, told.late, told.over) == (900, 0, 0)
        assert told.until == later(20)

    def test_an_overrun_is_shown_and_pushes_the_end(self) -> None:
        told = clock([Stop(1, 20, "current", 0, START), Stop(2, 40)], later(27), END)
        assert (told.left, told.over, told.late) == (-420, 7, 7)

    def test_a_line_without_minutes_runs_on_those_of_its_point(self) -> None:
        stops = [Stop(1, 20, "done", 300), Stop(2, 0, "current", 0, later(5), section=1), Stop(3, 0, section=1)]
        assert clock(stops, later(10), END).left == 600

    def test_a_line_with_minutes_has_its_own(self) -> None:
        stops = [Stop(1, 20, "done", 300), Stop(2, 8, "current", 0, later(5), section=1)]
        assert clock(stops, later(10), END).left == 180

    def test_points_put_off_take_no_time(self) -> None:
        stops = [Stop(1, 20, "current", 0, START), Stop(2, 30, "deferred"), Stop(3, 10)]
        assert clock(stops, START, END).late == -30

    @given(st.lists(st.integers(0, 90), min_size=1, max_size=12), st.integers(0, 300))
    def test_the_end_never_comes_before_now(self, minutes: list[int], gone: int) -> None:
        stops = [Stop(pk, one, "current" if pk == 1 else "todo", 0, START) for pk, one in enumerate(minutes, 1)]
        told = clock(stops, later(gone), END)
        assert told.ends_at >= later(gone)
        assert told.ends_at >= later(sum(minutes[1:]))

    def test_next_and_previous_pass_over_what_is_put_off(self) -> None:
        stops = [Stop(1, 5, "done"), Stop(2, 5, "current"), Stop(3, 5, "deferred"), Stop(4, 5)]
        assert beside(stops, 2, forward=True) == 4
        assert beside(stops, 2, forward=False) == 1
        assert beside(stops, 4, forward=True) is None
        assert beside(stops, None, forward=True) == 4


@pytest.fixture
def held(table: Table) -> Meeting:
    """A meeting being held, with a point about the plan's action and a free one."""
    coordinator = table.viewer("coordinator")
    meeting = made.extra_of(table)
    action = PlanItem.objects.get(pk=table.action.pk)
    add_item(viewer=coordinator, meeting_id=meeting.pk, facts=ItemFacts("L’action", 10, plan_item=action))
    add_item(viewer=coordinator, meeting_id=meeting.pk, facts=ItemFacts("Varia", 5))
    return open_meeting(viewer=coordinator, meeting_id=meeting.pk)


def url(table: Table, name: str, meeting: Meeting, **kwargs: int) -> str:
    return reverse(f"meetings:{name}", kwargs={"slug": table.space.slug, "meeting_id": meeting.pk, **kwargs})


def points(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.items.order_by("position"))


@pytest.mark.django_db
class TestRunning:
    def test_time_is_counted_point_by_point(self, table: Table, held: Meeting) -> None:
        coordinator = table.viewer("coordinator")
        with at(START):
            running.step(viewer=coordinator, meeting_id=held.pk)
        with at(later(12)):
            running.step(viewer=coordinator, meeting_id=held.pk)
        first, second = points(held)
        assert (first.state, first.spent_seconds, second.state) == ("done", 720, "current")
        with at(later(14)):
            running.step(viewer=coordinator, meeting_id=held.pk, forward=False)
        with at(later(15)):
            running.step(viewer=coordinator, meeting_id=held.pk)
        first, second = points(held)
        assert (first.spent_seconds, second.spent_seconds) == (780, 120)

    def test_a_point_put_off_leaves_its_place_to_the_next(self, table: Table, held: Meeting) -> None:
        coordinator = table.viewer("coordinator")
        running.step(viewer=coordinator, meeting_id=held.pk)
        running.put_off(viewer=coordinator, meeting_id=held.pk, item_id=points(held)[0].pk)
        assert [one.state for one in points(held)] == ["deferred", "current"]

    def test_two_people_who_write_lose_nothing(self, table: Table, held: Meeting) -> None:
        point, coordinator = points(held)[0], table.viewer("coordinator")
        blank = running.stamp("")
        mark = running.write_note(viewer=coordinator, meeting_id=held.pk, item_id=point.pk, text="Un", seen=blank)
        assert mark == running.stamp("Un")
        with pytest.raises(running.WrittenMeanwhile) as error:
            running.write_note(viewer=coordinator, meeting_id=held.pk, item_id=point.pk, text="Deux", seen=blank)
        assert error.value.theirs == "Un"


@pytest.mark.django_db
class TestPages:
    def test_the_room_shows_the_point_its_time_and_the_plan(self, table: Table, held: Meeting) -> None:
        client = table.client("coordinator")
        client.post(url(table, "room_step", held), {"geste": "suivant"})
        page = client.get(url(table, "room", held)).content.decode()
        assert "L’action" in page
        assert "data-until" in page
        assert "Au plan" in page
        assert reverse("plans:item", kwargs={"slug": table.space.slug, "item_id": table.step.pk}) in page

    def test_notes_are_saved_as_one_types_and_with_the_plain_form(self, table: Table, held: Meeting) -> None:
        client, point = table.client("coordinator"), points(held)[0]
        address = url(table, "room_note", held, item_id=point.pk)
        answer = client.post(address, {"record": "Bonjour", "seen": ""}, headers=headers("etat-notes"))
        assert "Enregistré" in answer.content.decode()
        assert running.stamp("Bonjour") in answer.content.decode()
        assert client.post(address, {"record": "Bonjour à tous", "seen": ""}).status_code == 302
        assert points(held)[0].record == "Bonjour à tous"
        late = client.post(address, {"record": "Autre chose", "seen": running.stamp("Bonjour")})
        assert late.status_code == 422
        assert "Autre chose" in late.content.decode()
        assert "Bonjour à tous" in late.content.decode()

    def test_an_outcome_without_text_keeps_what_was_typed(self, table: Table, held: Meeting) -> None:
        answer = table.client("coordinator").post(
            url(table, "outcome_add", held), {"kind": "follow_up", "text": "", "who_written": "Une personne"}
        )
        assert answer.status_code == 422
        assert "Une personne" in answer.content.decode()

    def test_an_outcome_changes_the_plan_from_the_room(self, table: Table, held: Meeting) -> None:
        client = table.client("coordinator")
        client.post(url(table, "room_step", held), {"geste": "suivant"})
        form = {
            "kind": "decision", "text": "C’est parti", "point": points(held)[0].pk, "change": "state",
            "target": table.step.pk, "state": "doing",
        }  # fmt: skip
        assert client.post(url(table, "outcome_add", held), form).status_code == 302
        assert PlanItem.objects.get(pk=table.step.pk).state == "doing"

    def test_participants_follow_on_their_phones(self, table: Table, held: Meeting) -> None:
        table.client("coordinator").post(url(table, "room_step", held), {"geste": "suivant"})
        Outcome.objects.create(space=table.space, meeting=held, kind="decision", text="On adopte")
        page = table.client("observer").get(url(table, "follow", held)).content.decode()
        assert "L’action" in page
        assert "On adopte" in page
        part = table.client("observer").get(url(table, "follow", held), headers=headers("suivi")).content.decode()
        assert "<html" not in part
        assert "On adopte" in part

    def test_the_room_costs_the_same_however_long_the_agenda(self, table: Table, held: Meeting) -> None:
        client = table.client("coordinator")
        client.post(url(table, "room_step", held), {"geste": "suivant"})

        def more() -> None:
            for number in range(8):
                coordinator = table.viewer("coordinator")
                add_item(viewer=coordinator, meeting_id=held.pk, facts=ItemFacts(f"Point {number}", 3))
                Outcome.objects.create(
                    space=table.space, meeting=held, kind="follow_up", text="À faire",
                    membership=table.membership("partner"), item=points(held)[0],
                )  # fmt: skip

        assert_constant_queries(more, lambda: client.get(url(table, "room", held)))
