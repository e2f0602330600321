"""Pages of meetings: what they show, what they cost, what they refuse (L10)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from benchmarks.synthetic_plan import synthetic_plan
from concertoit.ground.search.models import Document
from concertoit.ground.ui.desk import gathered
from concertoit.together.meetings.enums import ItemKind
from concertoit.together.meetings.models import AgendaItem, Attendance, Meeting, Outcome, Series
from concertoit.together.meetings.services import agenda, answering
from concertoit.together.meetings.services.agenda_items import ItemFacts, add_item
from concertoit.together.meetings.services.meetings import cancel, open_meeting
from concertoit.together.meetings.views.desk import brought
from concertoit.together.plans.models import PlanItem, PlanVersion
from concertoit.together.plans.services import calendars
from concertoit.together.plans.services.actors import Resolver
from concertoit.together.plans.services.writing import write_document
from tests.hostile import assert_constant_queries
from tests.htmx import assert_fragment_is_page, headers
from tests.personas import Table
from tests.together.meetings import made

pytestmark = pytest.mark.django_db


def url(table: Table, name: str, **kwargs: Any) -> str:
    return reverse(f"meetings:{name}", kwargs={"slug": table.space.slug, **kwargs})


def text(response: Any) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


class TestSeriesPages:
    def test_the_empty_page_teaches_and_offers_the_first_step(self, table: Table) -> None:
        page = text(table.client("coordinator").get(url(table, "overview")))
        assert "Ouvrez une série" in page
        assert "Ouvrir une série" not in text(table.client("partner").get(url(table, "overview")))

    def test_a_series_is_opened_from_the_form(self, table: Table) -> None:
        form = {
            "table": f"body-{table.plenary.pk}", "name": "Plénière", "rhythm": "year", "per_year": "6", "interval": "1",
            "month_week": "3", "weekday": "1", "time": "13:00", "length_minutes": "150", "notice_days": "21",
            "starts_on": timezone.localdate().isoformat(), "quorum_rule": "none", "place": "Salle communautaire",
        }  # fmt: skip
        response = table.client("coordinator").post(url(table, "series_add"), form)
        assert response.status_code == 302
        series = Series.objects.get(name="Plénière")
        assert series.body == table.plenary
        assert series.meetings.count() in (6, 7)

    def test_a_bad_rhythm_keeps_what_was_typed(self, table: Table) -> None:
        form = {"table": f"body-{table.plenary.pk}", "name": "Plénière du jeudi", "rhythm": "year", "per_year": ""}
        response = table.client("coordinator").post(url(table, "series_add"), form)
        assert response.status_code == 422
        assert "Plénière du jeudi" in response.content.decode()

    def test_a_body_offers_its_own_series(self, table: Table) -> None:
        page = table.client("coordinator").get(
            reverse("spaces:body", kwargs={"slug": table.space.slug, "body_id": table.coco.pk})
        )
        assert f"?table=body-{table.coco.pk}" in page.content.decode()

    def test_the_year_shows_every_meeting(self, table: Table) -> None:
        meeting = made.meeting_of(table)
        page = table.client("observer").get(url(table, "year") + f"?annee={made.day_of(meeting).year}")
        assert url(table, "meeting", meeting_id=meeting.pk) in page.content.decode()
        assert table.client("observer").get(url(table, "year") + "?annee=1850").status_code == 404


class TestAgendaPages:
    def test_everybody_reads_the_agenda_and_the_coordination_writes_it(self, table: Table) -> None:
        meeting = made.built(table)
        page = text(table.client("funder").get(url(table, "meeting", meeting_id=meeting.pk)))
        assert "Nouvelles des partenaires" in page
        assert "Écrire l’ordre du jour" not in page
        assert "Axe 1 : Axis d’essai" in page

    def test_who_looks_on_does_not_see_who_comes(self, table: Table) -> None:
        meeting = made.convened(table)
        address = url(table, "meeting", meeting_id=meeting.pk)
        assert "Didier Essai" in text(table.client("partner").get(address))
        assert "Didier Essai" not in text(table.client("observer").get(address))

    def test_the_fragment_is_the_page(self, table: Table) -> None:
        meeting = made.built(table)
        assert_fragment_is_page(
            table.client("coordinator"), url(table, "agenda", meeting_id=meeting.pk), "ordre-du-jour"
        )

    def test_minutes_are_noted_in_the_list_and_the_fragment_comes_back(self, table: Table) -> None:
        item = made.item_of(table)
        address = url(table, "item_minutes", meeting_id=item.meeting_id, item_id=item.pk)
        client = table.client("coordinator")
        response = client.post(address, {"minutes": "200"}, headers=headers("ordre-du-jour"))
        assert "dépasse de" in text(response)
        assert "<html" not in response.content.decode()
        assert client.post(address, {"minutes": "20"}).headers["Location"].endswith(f"#point-{item.pk}")
        assert client.post(address, {"minutes": "beaucoup"}).status_code == 422

    def test_a_point_is_moved_removed_and_put_back(self, table: Table) -> None:
        item, client = made.item_of(table), table.client("coordinator")
        keys = {"meeting_id": item.meeting_id, "item_id": item.pk}
        made.built(table)
        assert client.post(url(table, "item_move", **keys), {"sens": "haut"}).status_code == 302
        client.post(url(table, "item_remove", **keys), headers=headers("ordre-du-jour"))
        assert AgendaItem.objects.get(pk=item.pk).removed_at
        client.post(url(table, "item_restore", **keys))
        assert AgendaItem.objects.get(pk=item.pk).removed_at is None

    def test_a_point_with_an_outcome_is_refused_with_a_sentence(self, table: Table) -> None:
        item = made.item_of(table)
        AgendaItem.objects.filter(pk=item.pk).update(record="Dit.")
        address = url(table, "item_remove", meeting_id=item.meeting_id, item_id=item.pk)
        response = table.client("coordinator").post(address)
        assert response.status_code == 422
        assert "compte rendu" in text(response)

    def test_building_from_the_page(self, table: Table) -> None:
        meeting = made.meeting_of(table)
        table.client("coordinator").post(url(table, "build", meeting_id=meeting.pk))
        assert meeting.items.filter(kind=ItemKind.AXIS).exists()

    def test_closing_asks_what_goes_on(self, table: Table) -> None:
        item = made.item_of(table)
        open_meeting(viewer=table.viewer("coordinator"), meeting_id=item.meeting_id)
        address = url(table, "close", meeting_id=item.meeting_id)
        assert "Un point" in text(table.client("coordinator").get(address))
        table.client("coordinator").post(address, {"carry": [item.pk]})
        assert Meeting.objects.get(pk=item.meeting_id).state == "closed"
        page = text(table.client("partner").get(url(table, "series", series_id=item.meeting.series_id)))
        assert "Un point" in page

    def test_presences_are_noted_by_organisation(self, table: Table) -> None:
        meeting = made.convened(table)
        rows = Attendance.objects.filter(meeting=meeting)
        form = {f"presence-{row.pk}": "present" for row in rows} | {"other": "Une voisine"}
        address = url(table, "presences", meeting_id=meeting.pk)
        assert table.client("coordinator").post(address, form).status_code == 302
        assert Attendance.objects.filter(meeting=meeting, presence="present").count() == 6

    def test_an_answer_from_the_page(self, table: Table) -> None:
        row = made.invitation(table)
        address = url(table, "answer", meeting_id=row.meeting_id, row_id=row.pk)
        assert table.client("partner").post(address, {"answer": ""}).status_code == 422
        table.client("partner").post(address, {"answer": "yes"})
        row.refresh_from_db()
        assert row.answer == "yes"


class TestElsewhere:
    def test_the_desk_says_what_waits_and_what_comes(self, table: Table) -> None:
        row = made.invitation(table)
        Outcome.objects.create(
            space=table.space, meeting=row.meeting, kind="follow_up", text="Écrire à la ville",
            membership=table.membership("partner"), due_on=timezone.localdate() - timedelta(days=1),
        )  # fmt: skip
        found = brought(table.user("partner"), [table.viewer("partner")])
        assert [one.title.replace("\u00a0", " ") for one in found.todos] == [
            "Dire si vous serez là : Rencontre spéciale",
            "Écrire à la ville",
        ]
        assert [one.title for one in found.coming] == ["Rencontre spéciale"]
        assert "a convoqué" in str(found.moves[0].sentence)
        answering.answer(viewer=table.viewer("partner"), row_id=row.pk, said=answering.Said(answering.Answer.YES))
        assert len(brought(table.user("partner"), [table.viewer("partner")]).todos) == 1

    def test_the_desk_asks_the_coordination_to_convene_and_to_close(self, table: Table) -> None:
        made.extra_of(table)
        past = made.extra_of(table, starts_at=timezone.now() - timedelta(days=2), title="Passée")
        found = brought(table.user("coordinator"), [table.viewer("coordinator")])
        titles = {one.title.replace("\u00a0", " ") for one in found.todos}
        assert titles == {"Convoquer : Rencontre spéciale", "Clore la rencontre : Passée"}
        assert past.title not in {one.title.replace("\u00a0", " ") for one in found.coming}
        assert brought(table.user("observer"), [table.viewer("observer")]).todos == []

    def test_the_desk_costs_the_same_for_ten_times_the_meetings(self, table: Table) -> None:
        made.convened(table)
        viewers = [table.viewer("coordinator")]

        def more() -> None:
            for _number in range(10):
                made.convened(table)

        assert_constant_queries(
            more, lambda: gathered(table.user("coordinator"), viewers, timezone.localdate()), at_most=40
        )

    def test_an_element_of_the_plan_says_where_it_was_spoken_of(self, table: Table) -> None:
        PlanItem.objects.filter(pk=table.action.pk).update(phase="started")
        meeting = made.built(table)
        address = reverse("plans:item", kwargs={"slug": table.space.slug, "item_id": table.action.pk})
        assert "Rencontres où on en a parlé" not in text(table.client("partner").get(address))
        Meeting.objects.filter(pk=meeting.pk).update(state="closed")
        assert "Rencontres où on en a parlé" not in text(table.client("partner").get(address)), "nobody treated it"
        AgendaItem.objects.filter(meeting=meeting, plan_item=table.action).update(state="done")
        assert "Rencontres où on en a parlé" in text(table.client("partner").get(address))

    def test_meetings_are_in_the_calendar_people_subscribe_to(self, table: Table) -> None:
        meeting = made.convened(table)
        link = calendars.open_link(viewer=table.viewer("partner"))
        file: Any = Calendar.from_ical(table.client("visitor").get(calendars.address_of(link)).content)
        uids = {str(event["uid"]) for event in file.walk("VEVENT")}
        assert f"{meeting.uid}@concertoit" in uids
        other = calendars.open_link(viewer=table.viewer("observer"))
        file = Calendar.from_ical(table.client("visitor").get(calendars.address_of(other)).content)
        assert f"{meeting.uid}@concertoit" not in {str(event["uid"]) for event in file.walk("VEVENT")}

    def test_a_meeting_is_found_by_what_is_on_its_agenda(self, table: Table) -> None:
        meeting = made.built(table)
        add_item(viewer=table.viewer("coordinator"), meeting_id=meeting.pk, facts=ItemFacts("La tournée des mairies"))
        page = table.client("observer").get(reverse("search:results") + "?q=mairies")
        assert "Coco" in text(page)
        assert Document.objects.get(kind="meetings.meeting").object_id == str(meeting.pk)

    def test_a_file_for_a_calendar(self, table: Table) -> None:
        meeting = made.extra_of(table)
        cancel(viewer=table.viewer("coordinator"), meeting_id=meeting.pk, reason="Tempête.")
        response = table.client("observer").get(url(table, "file", meeting_id=meeting.pk))
        [event] = Calendar.from_ical(response.content).walk("VEVENT")
        assert event["status"] == "CANCELLED"


class TestCost:
    """The number of queries does not follow the number of meetings, points or people."""

    def test_the_landing_page(self, table: Table) -> None:
        made.series_of(table)

        def more() -> None:
            for number in range(20):
                made.extra_of(table, title=f"Rencontre {number}")

        assert_constant_queries(more, lambda: table.client("partner").get(url(table, "overview")))

    def test_the_page_of_a_meeting(self, table: Table) -> None:
        meeting = made.convened(table)
        add_item(viewer=table.viewer("coordinator"), meeting_id=meeting.pk, facts=ItemFacts("Un point"))

        def more() -> None:
            for number in range(30):
                add_item(
                    viewer=table.viewer("coordinator"), meeting_id=meeting.pk,
                    facts=ItemFacts(f"Point {number}", presenter=table.membership("partner"), plan_item=table.action),
                )  # fmt: skip
            Attendance.objects.bulk_create(
                Attendance(space=table.space, meeting=meeting, name=f"Personne {number}") for number in range(40)
            )

        address = url(table, "meeting", meeting_id=meeting.pk)
        assert_constant_queries(more, lambda: table.client("coordinator").get(address))

    def test_the_agenda_being_written(self, table: Table) -> None:
        item = made.item_of(table)
        viewer = table.viewer("coordinator")

        def more() -> None:
            for number in range(30):
                add_item(viewer=viewer, meeting_id=item.meeting_id, facts=ItemFacts(f"Point {number}"))

        address = url(table, "agenda", meeting_id=item.meeting_id)
        assert_constant_queries(more, lambda: table.client("coordinator").get(address))

    def test_building_an_agenda(self, table: Table) -> None:
        meeting, viewer = made.meeting_of(table), table.viewer("coordinator")

        def more() -> None:
            PlanVersion.objects.filter(pk=table.version.pk).update(state="archived")
            version = PlanVersion.objects.create(space=table.space, plan=table.plan, number=9, state="current")
            write_document(version=version, document=synthetic_plan(40), resolver=Resolver(table.space))
            agenda.build(viewer=viewer, meeting_id=meeting.pk)

        assert_constant_queries(more, lambda: agenda.build(viewer=viewer, meeting_id=meeting.pk), at_most=30)
