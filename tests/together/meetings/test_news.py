"""News between linked démarches: both ways, on agendas, withdrawn (L13)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.spaces.models import Space
from concertoit.ground.ui.desk import gathered
from concertoit.together.meetings.enums import ItemKind
from concertoit.together.meetings.models import AgendaItem, News, NewsReceived
from concertoit.together.meetings.queries.news import linked_to, news_page
from concertoit.together.meetings.services import agenda, news
from concertoit.together.meetings.services.meetings import close_meeting, open_meeting
from concertoit.together.plans.models import Alignment
from tests.hostile import assert_constant_queries
from tests.personas import Table
from tests.together.meetings import around, made

pytestmark = pytest.mark.django_db


def url(table: Table, name: str, **kwargs: Any) -> str:
    return reverse(f"meetings:{name}", kwargs={"slug": table.space.slug, **kwargs})


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


class TestPublishing:
    def test_it_goes_to_the_other_side_whichever_proposed_the_link(self, table: Table) -> None:
        other = around.linked(table)
        assert (linked_to(table.space), linked_to(other)) == ([other], [table.space])
        sent, came = around.news_of(table), around.received_by(table)
        assert NewsReceived.objects.get(news=sent).space == other
        assert came.space == table.space

    def test_a_link_that_waits_links_nobody(self, table: Table) -> None:
        around.linked(table)
        Alignment.objects.update(state="proposed")
        with pytest.raises(DomainError, match="liée"):
            news.publish(viewer=table.viewer("coordinator"), title="Titre", body="Texte")

    def test_only_the_coordination_publishes_and_withdraws(self, table: Table) -> None:
        one = around.news_of(table)
        for key in ("coco", "partner", "observer"):
            with pytest.raises(NotAllowed):
                news.publish(viewer=table.viewer(key), title="Titre", body="Texte")
            with pytest.raises(NotAllowed):
                news.withdraw(viewer=table.viewer(key), news_id=one.pk)
        with pytest.raises(NotVisible):
            news.withdraw(viewer=around.theirs(table), news_id=one.pk)

    def test_bad_input_keeps_what_was_typed(self, table: Table) -> None:
        around.linked(table)
        response = table.client("coordinator").post(
            url(table, "news_publish"), {"title": "Bonne nouvelle", "body": ""}
        )
        assert response.status_code == 422
        assert "Bonne nouvelle" in response.content.decode()
        assert not News.objects.exists()

    def test_published_from_the_page(self, table: Table) -> None:
        around.linked(table)
        form = {"title": "Bonne nouvelle", "body": "Le terrain est acquis.", "item": str(table.action.pk)}
        assert table.client("coordinator").post(url(table, "news_publish"), form).status_code == 302
        assert News.objects.get().plan_item == table.action

    def test_an_element_of_another_plan_is_refused(self, table: Table) -> None:
        around.linked(table)
        with pytest.raises(NotVisible):
            news.publish(viewer=around.theirs(table), title="T", body="B", item_id=table.action.pk)


class TestReading:
    def test_members_read_and_a_third_one_elsewhere_does_not(self, table: Table) -> None:
        around.received_by(table)
        assert "Premier projet dévoilé" in text(table.client("observer").get(url(table, "news")))
        assert table.client("stranger").get(url(table, "news")).status_code == 404
        third = Space.objects.create(name="Table tierce", slug="tierce", kind="table")
        assert not NewsReceived.objects.filter(space=third).exists()

    def test_it_says_which_of_our_elements_it_touches(self, table: Table) -> None:
        around.linked(table)
        item = Alignment.objects.get(space=table.space).other_item_id
        around.received_by(table, item_id=item)
        (view,) = news_page(table.viewer("partner")).received
        assert view.mine == table.nodes["action"]

    def test_it_moves_on_the_desk_of_members(self, table: Table) -> None:
        around.received_by(table)
        moves = gathered(table.user("partner"), [table.viewer("partner")], timezone.localdate()).moves
        assert any("Premier projet" in str(move.sentence) for move in moves)

    def test_the_page_costs_the_same_whatever_the_number(self, table: Table) -> None:
        around.received_by(table)
        around.news_of(table)

        def more() -> None:
            for number in range(5):
                around.received_by(table, title=f"Nouvelle {number}")
                around.news_of(table, title=f"Nôtre {number}")

        client, address = table.client("coordinator"), url(table, "news")
        assert_constant_queries(more, lambda: client.get(address))

    def test_the_empty_page_offers_to_link(self, table: Table) -> None:
        assert "Proposer un lien" in text(table.client("coordinator").get(url(table, "news")))


class TestAgenda:
    def test_it_stands_under_the_standing_item_of_its_kind(self, table: Table) -> None:
        row = around.received_by(table)
        meeting = made.built(table)
        line = AgendaItem.objects.select_related("section").get(meeting=meeting, key=f"news:{row.pk}")
        assert line.section is not None
        assert line.section.kind == ItemKind.LOCAL_NEWS
        row.refresh_from_db()
        assert (row.item, row.told_at) == (line, None)

    def test_the_other_side_hears_it_as_news_of_the_chantier(self, table: Table) -> None:
        one = around.news_of(table)
        row = NewsReceived.objects.get(news=one)
        meeting = made.built(table)
        meeting.space_id, meeting.space = row.space_id, row.space
        points = news.with_news([], meeting)
        assert [(point.kind, [line.key for line in point.lines]) for point in points] == [
            (ItemKind.CHANTIER_NEWS, [f"news:{row.pk}"])
        ]

    def test_a_closed_meeting_has_told_it(self, table: Table) -> None:
        row = around.received_by(table)
        meeting = made.built(table)
        viewer = table.viewer("coordinator")
        open_meeting(viewer=viewer, meeting_id=meeting.pk)
        close_meeting(viewer=viewer, meeting_id=meeting.pk)
        row.refresh_from_db()
        assert row.told_at is not None

    def test_set_aside_it_leaves_the_agenda_and_comes_back(self, table: Table) -> None:
        row = around.received_by(table)
        meeting = made.built(table)
        viewer = table.viewer("coordinator")
        news.set_aside(viewer=viewer, received_id=row.pk, aside=True)
        agenda.build(viewer=viewer, meeting_id=meeting.pk)
        assert not AgendaItem.objects.filter(key=f"news:{row.pk}").exists()
        news.set_aside(viewer=viewer, received_id=row.pk, aside=False)
        agenda.build(viewer=viewer, meeting_id=meeting.pk)
        assert AgendaItem.objects.filter(key=f"news:{row.pk}").exists()
        with pytest.raises(NotVisible):
            news.set_aside(viewer=around.theirs(table), received_id=row.pk, aside=True)


class TestWithdrawing:
    def test_it_disappears_everywhere_and_both_journals_say_so(self, table: Table) -> None:
        row = around.received_by(table)
        made.built(table)
        news.withdraw(viewer=around.theirs(table), news_id=row.news_id)
        assert not AgendaItem.objects.filter(key=f"news:{row.pk}").exists()
        assert "Premier projet" not in text(table.client("partner").get(url(table, "news")))
        moves = gathered(table.user("partner"), [table.viewer("partner")], timezone.localdate()).moves
        assert not any("Premier projet" in str(move.sentence) for move in moves)
        verbs = set(Entry.objects.filter(object_type="meetings.news").values_list("space_id", "verb"))
        assert {(row.news.space_id, "news.withdrawn"), (table.space.pk, "news.taken_back")} <= verbs

    def test_what_a_meeting_heard_stays_in_its_agenda(self, table: Table) -> None:
        row = around.received_by(table)
        meeting = made.built(table)
        viewer = table.viewer("coordinator")
        open_meeting(viewer=viewer, meeting_id=meeting.pk)
        close_meeting(viewer=viewer, meeting_id=meeting.pk)
        news.withdraw(viewer=around.theirs(table), news_id=row.news_id)
        assert AgendaItem.objects.filter(key=f"news:{row.pk}").exists()

    def test_a_person_of_the_other_side_is_not_named_in_our_journal(self, table: Table) -> None:
        around.received_by(table)
        entry = Entry.objects.get(verb="news.received", space_id=table.space.pk)
        assert (entry.actor_id, entry.actor_label) == (None, "")
