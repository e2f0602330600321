"""Pages of workshops: preparing, running, the phone, the wall, « Décider », « Ma table », search (L3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from concertoit.ground.notifications.models import Notice
from concertoit.ground.search.models import Document
from concertoit.together.decisions.models import Workshop
from concertoit.together.decisions.services import workshops
from tests.hostile import assert_constant_queries
from tests.personas import Table
from tests.together.decisions.made_workshops import QUESTION, hat_of, opened, prepared, said, with_ideas


def address(table: Table, name: str, workshop: Workshop | None = None, **kwargs: Any) -> str:
    if workshop is not None:
        kwargs["workshop_id"] = workshop.pk
    return reverse(f"decisions:{name}", kwargs={"slug": table.space.slug, **kwargs})


def form(**values: Any) -> dict[str, Any]:
    return {
        "title": "Atelier",
        "question": QUESTION,
        "mode": "nameless",
        "minutes-white": "5",
        "minutes-green": "8",
    } | values


class TestPreparing:
    def test_a_workshop_is_prepared(self, table: Table) -> None:
        answer = table.client("coordinator").post(address(table, "workshop_add"), form(by_code="on"))
        workshop = Workshop.objects.get()
        assert answer.headers["Location"] == address(table, "workshop", workshop)
        assert list(workshop.hats.values_list("colour", "minutes")) == [("white", 5), ("green", 8)]
        assert Document.objects.filter(kind="decisions.workshop", title="Atelier").exists()

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"question": ""}, "question"),
            ({"minutes-white": "", "minutes-green": ""}, "au moins un chapeau"),
            ({"minutes-white": "500"}, "120"),
            ({"mode": "secret"}, "secret"),
        ],
    )
    def test_bad_input_keeps_what_was_typed(self, table: Table, values: dict[str, str], said: str) -> None:
        answer = table.client("coordinator").post(address(table, "workshop_add"), form(title="Mon titre", **values))
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert "Mon titre" in answer.content.decode()

    def test_it_is_changed_until_people_came(self, table: Table) -> None:
        workshop = prepared(table)
        client = table.client("coordinator")
        client.post(address(table, "workshop_edit", workshop), form(title="Autre", mode="named"))
        workshop.refresh_from_db()
        assert (workshop.title, workshop.mode, workshop.hats.count()) == ("Autre", "named", 2)
        workshops.open_workshop(viewer=table.viewer("coordinator"), workshop_id=workshop.pk)
        refused = client.post(address(table, "workshop_edit", workshop), form(mode="nameless"))
        assert refused.status_code == 422
        assert "ne change plus" in refused.content.decode()


class TestRunning:
    def test_opening_tells_the_table_once(self, table: Table) -> None:
        workshop, client = prepared(table), table.client("coordinator")
        for what in ("ouvrir", "terminer", "ouvrir"):
            client.post(address(table, "workshop_state", workshop), {"quoi": what})
        told = set(Notice.objects.filter(kind="decisions.workshop").values_list("user__email", flat=True))
        assert told == {f"{key}@exemple.test" for key in ("coco", "partner", "contributor", "elected")}
        assert Notice.objects.filter(kind="decisions.workshop").count() == 4

    def test_one_hat_at_a_time_with_its_time(self, table: Table) -> None:
        workshop, client = opened(table), table.client("coordinator")
        client.post(address(table, "workshop_hat", workshop, hat_id=hat_of(workshop, "red").pk), {"quoi": "ouvrir"})
        assert not hat_of(workshop).is_open
        red = hat_of(workshop, "red")
        assert red.is_open
        with time_machine.travel(timezone.now() + timedelta(minutes=9), tick=False):
            client.post(address(table, "workshop_hat", workshop, hat_id=red.pk), {"quoi": "prolonger"})
            later = hat_of(workshop, "red")
            assert later.opened_at is not None
            assert later.ends_at - timezone.now() > timedelta(minutes=1)  # type: ignore[operator]
        client.post(address(table, "workshop_hat", workshop, hat_id=red.pk), {"quoi": "fermer"})
        assert not hat_of(workshop, "red").is_open
        assert client.post(
            address(table, "workshop_hat", workshop, hat_id=red.pk), {"quoi": "prolonger"}
        ).status_code == 422  # fmt: skip

    def test_no_hat_before_the_doors_open(self, table: Table) -> None:
        workshop = prepared(table)
        url = address(table, "workshop_hat", workshop, hat_id=hat_of(workshop).pk)
        assert table.client("coordinator").post(url, {"quoi": "ouvrir"}).status_code == 422
        assert table.client("coordinator").post(url, {"quoi": "rien"}).status_code == 422

    def test_the_page_costs_the_same_whatever_was_said(self, table: Table) -> None:
        workshop, client = with_ideas(table), table.client("coordinator")
        for name in ("workshop", "workshop_sort", "workshop_wall", "workshop_summary"):
            url = address(table, name, workshop)
            assert_constant_queries(lambda: said(workshop, "Encore", "Et encore"), lambda url=url: client.get(url))  # type: ignore[misc]


class TestPhone:
    def live(self, workshop: Workshop, etag: str = "") -> Any:
        headers = {"If-None-Match": etag} if etag else {}
        return Client().get(reverse("decisions:workshop_live", kwargs={"code": workshop.code}), headers=headers)

    def test_what_did_not_change_is_one_query_and_no_body(self, table: Table, django_assert_num_queries: Any) -> None:
        workshop = opened(table)
        first = self.live(workshop)
        assert "Les faits" in first.content.decode()
        with django_assert_num_queries(1):
            again = self.live(workshop, first.headers["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        assert not again.cookies
        said(workshop, "Une idée")  # what others write does not wake two hundred phones
        assert self.live(workshop, first.headers["ETag"]).status_code == 304
        workshops.close_workshop(viewer=table.viewer("coordinator"), workshop_id=workshop.pk)
        assert self.live(workshop, first.headers["ETag"]).status_code == 200

    def test_the_state_is_what_a_reload_shows(self, table: Table) -> None:
        workshop = opened(table)
        page = Client().get(reverse("decisions:workshop_phone", kwargs={"code": workshop.code})).content.decode()
        assert self.live(workshop).content.decode().strip() in page

    def test_it_says_how_ideas_are_signed(self, table: Table) -> None:
        workshop = opened(table)
        page = Client().get(reverse("decisions:workshop_phone", kwargs={"code": workshop.code})).content.decode()
        assert "Rien n’est gardé de qui écrit" in page
        assert 'name="signature"' not in page

    def test_before_and_after(self, table: Table) -> None:
        workshop = prepared(table)
        assert "n’est pas commencé" in self.live(workshop).content.decode()
        workshops.open_workshop(viewer=table.viewer("coordinator"), workshop_id=workshop.pk)
        assert "Aucun chapeau n’est ouvert" in self.live(workshop).content.decode()
        workshops.close_workshop(viewer=table.viewer("coordinator"), workshop_id=workshop.pk)
        assert "L’atelier est terminé" in self.live(workshop).content.decode()


class TestWall:
    def test_the_fragment_is_what_a_reload_shows_and_is_not_asked_for_nothing(self, table: Table) -> None:
        workshop, client = with_ideas(table), table.client("observer")
        url = address(table, "workshop_wall_ideas", workshop)
        fragment = client.get(url)
        page = client.get(address(table, "workshop_wall", workshop)).content.decode()
        assert fragment.content.decode().strip() in page
        assert client.get(url, headers={"If-None-Match": fragment.headers["ETag"]}).status_code == 304

    def test_what_came_last_first_and_no_more_than_a_room_reads(self, table: Table) -> None:
        workshop = opened(table)
        said(workshop, *(f"Idée {n:02}" for n in range(45)))
        page = table.client("coordinator").get(address(table, "workshop_wall", workshop)).content.decode()
        assert page.index("Idée 44") < page.index("Idée 43")
        assert "Idée 04" not in page
        assert "et 5 autres idées" in page
        assert workshop.code in page

    def test_what_people_write_is_text(self, table: Table) -> None:
        workshop = opened(table)
        said(workshop, "<script>alert(1)</script>")
        page = table.client("coordinator").get(address(table, "workshop_wall", workshop)).content.decode()
        assert "<script>alert" not in page


class TestElsewhere:
    def test_decider_and_ma_table_say_that_ideas_are_expected(self, table: Table) -> None:
        workshop = opened(table)
        home = reverse("decisions:home", kwargs={"slug": table.space.slug})
        take_part = address(table, "workshop_take_part", workshop)
        assert take_part in table.client("partner").get(home).content.decode()
        assert take_part not in table.client("observer").get(home).content.decode()
        assert take_part in table.client("partner").get(reverse("desk:home")).content.decode()
        assert "Préparer un atelier" in table.client("coordinator").get(home).content.decode()

    def test_decider_costs_the_same_however_many(self, table: Table) -> None:
        home, client = reverse("decisions:home", kwargs={"slug": table.space.slug}), table.client("coordinator")
        assert_constant_queries(lambda: prepared(table), lambda: client.get(home))

    def test_a_prepared_workshop_comes_on_its_day(self, table: Table) -> None:
        prepared(table, title="Atelier de mai", on=timezone.localdate() + timedelta(days=3))
        assert "Atelier de mai" in table.client("partner").get(reverse("desk:home")).content.decode()
