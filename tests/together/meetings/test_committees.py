"""Working committees: their people, what the plan gives them, their meetings; from announced to real (L11)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from concertoit.ground.spaces.models import BodyMembership, Committee
from concertoit.ground.spaces.services import add_seat, move_committee
from concertoit.together.meetings.models import Meeting
from concertoit.together.meetings.queries.committees import committee_view, committees_page
from concertoit.together.meetings.services import agenda
from concertoit.together.plans.models import NodeActor
from tests.hostile import assert_constant_queries
from tests.personas import Table
from tests.together.meetings import made

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def announced(table: Table, name: str = "Comité acceptabilité") -> Committee:
    """A committee that the plan announces, as a partner of its action."""
    row = Committee.objects.create(space=table.space, name=name, state="to_form")
    NodeActor.objects.create(
        space=table.space, version=table.version, node=table.nodes["action"], role="partner", kind="committee",
        committee=row, name=name, position=9,
    )  # fmt: skip
    return row


def seat(table: Table, committee: Committee, *keys: str) -> None:
    for key in keys:
        add_seat(viewer=table.viewer("coordinator"), membership=table.membership(key), place=committee)


class TestFromAnnouncedToReal:
    def test_forming_it_keeps_what_the_plan_says(self, table: Table) -> None:
        row = announced(table)
        move_committee(viewer=table.viewer("coordinator"), committee=row, state="active")
        actor = NodeActor.objects.get(committee=row)
        assert (actor.node, actor.committee.state) == (table.nodes["action"], "active")
        assert [one.node for one in committee_view(table.viewer("partner"), row).linked] == [table.nodes["action"]]

    def test_its_page_says_that_the_plan_announces_it(self, table: Table) -> None:
        row = announced(table)
        address = reverse("spaces:committee", kwargs={"slug": table.space.slug, "committee_id": row.pk})
        page = text(table.client("partner").get(address))
        assert "Le plan annonce ce comité" in page
        assert "Action d’essai" in page
        move_committee(viewer=table.viewer("coordinator"), committee=row, state="active")
        page = text(table.client("partner").get(address))
        assert "Le plan annonce ce comité" not in page
        assert "Action d’essai" in page

    def test_its_meetings_get_an_agenda_of_what_the_plan_gives_it(self, table: Table) -> None:
        row = announced(table)
        series = made.series_of(table, place_of=row, name="Acceptabilité")
        meeting = series.meetings.order_by("starts_at")[0]
        agenda.build(viewer=table.viewer("coordinator"), meeting_id=meeting.pk)
        assert meeting.items.filter(kind="axis").exists()


class TestOverview:
    def test_people_are_counted_once_and_by_capacity(self, table: Table) -> None:
        row = announced(table)
        seat(table, row, "partner", "contributor", "elected")
        seat(table, table.committee, "partner")
        page = committees_page(table.viewer("observer"))
        assert (page.active, page.to_form, page.people, page.organisations) == (1, 1, 3, 3)
        view = next(one for one in page.rows if one.committee == row)
        assert view.capacities == [("Organisme", 2), ("Personne élue", 1)]

    def test_who_left_is_not_counted(self, table: Table) -> None:
        seat(table, table.committee, "partner")
        BodyMembership.objects.filter(committee=table.committee).update(ends_on=timezone.localdate())
        assert committee_view(table.viewer("partner"), table.committee).people == 0

    def test_its_last_and_next_meetings_are_said(self, table: Table) -> None:
        series = made.series_of(table, place_of=table.committee, name="Actions")
        first, second = series.meetings.order_by("starts_at")[:2]
        past = timezone.now() - timedelta(days=8)
        Meeting.objects.filter(pk=first.pk).update(state="closed", starts_at=past)
        view = next(one for one in committees_page(table.viewer("partner")).rows if one.committee == table.committee)
        assert (view.last, view.next) == (past, second.starts_at)

    def test_the_page_costs_the_same_whatever_the_number(self, table: Table) -> None:
        seat(table, announced(table), "partner")
        client = table.client("coordinator")
        address = reverse("meetings:committees", kwargs={"slug": table.space.slug})

        def more() -> None:
            for number in range(9):
                seat(table, announced(table, f"Comité {number}"), "partner", "elected")

        assert_constant_queries(more, lambda: client.get(address))

    def test_an_empty_overview_offers_the_first_step(self, table: Table) -> None:
        table.committee.delete()
        address = reverse("meetings:committees", kwargs={"slug": table.space.slug})
        assert "Annoncez le premier" in text(table.client("coordinator").get(address))
