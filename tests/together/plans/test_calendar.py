"""Due dates in people's own calendars."""

from __future__ import annotations

from datetime import date, timedelta

from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from concertoit.ground.spaces.models import Membership
from concertoit.together.plans.models import PlanItem
from concertoit.together.plans.services import calendars
from tests.personas import Table
from tests.together.plans.followed import calendar_of


def events(body: bytes) -> list[dict[str, object]]:
    return [
        {"uid": str(e["uid"]), "day": e["dtstart"].dt, "end": e["dtend"].dt, "title": str(e["summary"])}
        for e in Calendar.from_ical(body).walk("VEVENT")
    ]


def of_space(table: Table, who: str = "observer", query: str = "") -> list[dict[str, object]]:
    response = table.client(who).get(f"/demarches/{table.space.slug}/plan/echeances.ics{query}")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return events(response.content)


def test_whole_days_with_a_name_that_stays(table: Table) -> None:
    [before] = of_space(table)
    assert before["day"] == date(2027, 3, 31)
    assert before["end"] == date(2027, 4, 1)
    assert table.nodes["step"].title in str(before["title"])
    PlanItem.objects.filter(pk=table.step.pk).update(due_on=date(2026, 12, 1))
    [after] = of_space(table)
    assert (after["uid"], after["day"]) == (before["uid"], date(2026, 12, 1))


def test_what_is_done_leaves_the_calendar(table: Table) -> None:
    PlanItem.objects.filter(pk=table.step.pk).update(state="done")
    assert of_space(table) == []


def test_only_what_i_carry(table: Table) -> None:
    assert len(of_space(table, "partner", "?a-moi=1")) == 1
    assert of_space(table, "contributor", "?a-moi=1") == []


class TestPersonalAddress:
    def get(self, token: str) -> int:
        return int(Client().get(f"/calendrier/{token}.ics").status_code)

    def test_answers_without_an_account(self, table: Table) -> None:
        response = Client().get(f"/calendrier/{calendar_of(table)}.ics")
        assert len(events(response.content)) == 1
        assert "no-store" in response.headers["Cache-Control"]

    def test_a_new_one_closes_the_old_one(self, table: Table) -> None:
        old = calendar_of(table)
        client, page = table.client("partner"), f"/demarches/{table.space.slug}/plan/echeances/"
        client.post(page)
        new = calendar_of(table)
        assert new != old
        assert (self.get(old), self.get(new)) == (404, 200)
        # The address is signed with the second in which it is shown.
        assert new.split(":")[0] in client.get(page).content.decode()
        client.post(page, {"quoi": "fermer"})
        assert self.get(new) == 404

    def test_ends_with_the_membership(self, table: Table) -> None:
        token = calendar_of(table)
        Membership.objects.filter(pk=table.membership("partner").pk).update(
            ends_on=timezone.localdate() - timedelta(days=1)
        )
        assert self.get(token) == 404

    def test_a_forged_one_is_nothing(self, table: Table) -> None:
        token = calendar_of(table)
        assert self.get(token[:-2] + "xx") == 404
        assert self.get("rien") == 404

    def test_the_coordination_gets_the_whole_plan_and_partners_their_part(self, table: Table) -> None:
        own = calendars.open_link(viewer=table.viewer("contributor"))
        whole = calendars.open_link(viewer=table.viewer("coordinator"))
        assert events(Client().get(calendars.address_of(own)).content) == []
        assert len(events(Client().get(calendars.address_of(whole)).content)) == 1
