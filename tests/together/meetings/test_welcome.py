"""The welcome of a new partner: who is new, the meeting, the pack from the plan of the day (L12)."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.core.jobs.worker import work
from concertoit.ground.ui.desk import gathered
from concertoit.together.meetings.models import Welcome, WelcomePack
from concertoit.together.meetings.queries.welcome import to_welcome, welcome_page
from concertoit.together.meetings.services import welcome
from concertoit.together.plans.models import PlanVersion
from tests.hostile import assert_constant_queries
from tests.personas import Table
from tests.together.meetings import around, made

pytestmark = pytest.mark.django_db


def url(table: Table, name: str, **kwargs: Any) -> str:
    return reverse(f"meetings:{name}", kwargs={"slug": table.space.slug, **kwargs})


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


class TestWhoIsNew:
    def test_who_joined_after_the_plan_was_adopted(self, table: Table) -> None:
        around.adopted(table)
        one = around.joined(table)
        page = welcome_page(table.viewer("coordinator"))
        assert [row.membership for row in page.to_welcome] == [one]
        assert table.membership("partner") in page.others

    def test_nobody_is_new_where_no_plan_was_adopted_yet(self, table: Table) -> None:
        around.joined(table)
        assert welcome_page(table.viewer("coordinator")).to_welcome == []

    def test_a_later_version_does_not_make_newcomers_old(self, table: Table) -> None:
        around.adopted(table)
        one = around.joined(table, days=30)
        PlanVersion.objects.create(
            space=table.space, plan=table.plan, number=9, state="frozen",
            adopted_on=timezone.localdate() - timedelta(days=2),
        )  # fmt: skip
        assert [row.membership for row in welcome_page(table.viewer("coordinator")).to_welcome] == [one]

    def test_after_six_months_one_is_no_longer_new(self, table: Table) -> None:
        around.adopted(table, days=400)
        around.joined(table, days=200)
        assert welcome_page(table.viewer("coordinator")).to_welcome == []

    def test_the_coordination_finds_it_on_its_desk_until_it_is_done(self, table: Table) -> None:
        around.adopted(table)
        one = around.joined(table)
        made.extra_of(table)  # a démarche that holds its meetings here
        viewer = table.viewer("coordinator")
        todos = gathered(viewer.user, [viewer], timezone.localdate()).todos
        assert [todo.title for todo in todos if todo.icon == "person-plus"] == ["Accueillir Organisme Z"]
        assert to_welcome([table.viewer("partner")]) == []
        welcome.note_welcomed(viewer=viewer, membership_id=one.pk)
        assert to_welcome([viewer]) == []
        welcome.note_welcomed(viewer=viewer, membership_id=one.pk, done=False)
        assert len(to_welcome([viewer])) == 1

    def test_the_list_costs_the_same_whatever_the_number(self, table: Table) -> None:
        around.adopted(table)
        around.joined(table)
        client, address = table.client("coordinator"), url(table, "welcome")

        def more() -> None:
            for number in range(8):
                one = around.joined(table, name=f"Organisme {number}")
                welcome.note_welcomed(viewer=table.viewer("coordinator"), membership_id=one.pk, done=number % 2 == 0)

        assert_constant_queries(more, lambda: client.get(address))


class TestMeeting:
    def test_a_day_of_its_own_or_a_meeting_of_the_calendar(self, table: Table) -> None:
        one = table.membership("partner")
        client = table.client("coordinator")
        address = url(table, "welcome_plan", membership_id=one.pk)
        day = timezone.localdate() + timedelta(days=5)
        assert client.post(address, {"on": day.isoformat(), "place": "En ligne"}).status_code == 302
        assert Welcome.objects.get().on == day
        viewer = table.viewer("partner")
        coming = gathered(viewer.user, [viewer], timezone.localdate()).coming
        assert any(row.title == "Votre rencontre d’intégration" for row in coming)
        meeting = made.extra_of(table)
        assert client.post(address, {"meeting": str(meeting.pk)}).status_code == 302
        found = Welcome.objects.get()
        assert (found.meeting, found.on) == (meeting, None)

    def test_neither_or_a_past_day_is_refused_with_a_sentence(self, table: Table) -> None:
        one = table.membership("partner")
        address = url(table, "welcome_plan", membership_id=one.pk)
        response = table.client("coordinator").post(address, {"place": "Salle des Érables"})
        assert response.status_code == 422
        assert "Salle des Érables" in response.content.decode()
        with pytest.raises(DomainError, match="passé"):
            welcome.plan_welcome(
                viewer=table.viewer("coordinator"), membership_id=one.pk,
                on=timezone.localdate() - timedelta(days=1),
            )  # fmt: skip

    def test_another_space_is_out_of_reach(self, table: Table) -> None:
        with pytest.raises(NotVisible):
            welcome.note_welcomed(viewer=around.theirs(table), membership_id=table.membership("partner").pk)
        with pytest.raises(NotAllowed):
            welcome.note_welcomed(viewer=table.viewer("coco"), membership_id=table.membership("partner").pk)


class TestPack:
    def test_it_says_the_plan_of_the_day_and_what_the_organisation_carries(self, table: Table) -> None:
        made.extra_of(table)
        said = welcome.content_of(around.pack_of(table))
        assert said["mission"] == "Se loger dignement."
        assert [axis["title"] for axis in said["axes"]] == ["1 Axis d’essai"]
        (action,) = said["axes"][0]["actions"]
        assert (action["leads"], action["progress"]) == ("Organisme X", "0 sur 1 étape")
        assert said["axes"][0]["progress"] == "0 sur 1 étape"
        assert said["carried"][0]["items"] == ["1.1.1 Action d’essai"]
        assert [one["title"] for one in said["meetings"]] == ["Rencontre spéciale"]
        assert "Comité des actions" in [one["name"] for one in said["tables"]]
        assert said["contacts"] == [{"name": "Alice Modèle", "email": "coordinator@exemple.test"}]

    def test_it_is_frozen(self, table: Table) -> None:
        pack = around.pack_of(table)
        table.nodes["action"].title = "Changée"
        table.nodes["action"].save()
        assert "Changée" not in pack.snapshot
        WelcomePack.objects.filter(pk=pack.pk).update(snapshot=pack.snapshot.replace("essai", "autre"))
        pack.refresh_from_db()
        with pytest.raises(DomainError, match="modifiée"):
            welcome.content_of(pack)

    def test_without_a_plan_in_force_there_is_no_pack(self, table: Table) -> None:
        PlanVersion.objects.filter(pk=table.version.pk).update(state="frozen")
        with pytest.raises(DomainError, match="en vigueur"):
            around.pack_of(table)

    def test_the_document_is_tagged_and_says_the_same(self, table: Table) -> None:
        pack = around.pack_of(table)
        response = table.client("coordinator").get(url(table, "welcome_file", pack_id=pack.pk))
        assert response["Content-Type"] == "application/pdf"
        assert b"/MarkInfo" in response.content or b"/StructTreeRoot" in response.content
        document = pypdfium2.PdfDocument(BytesIO(response.content))
        words = " ".join(page.get_textpage().get_text_range() for page in document)
        assert "Trousse d’accueil" in words
        assert "Action d’essai" in words

    def test_it_is_sent_and_read_without_an_account(self, table: Table) -> None:
        pack = around.pack_of(table)
        table.client("coordinator").post(url(table, "welcome_send", pack_id=pack.pk))
        work(once=True)
        (message,) = mail.outbox
        assert message.to == ["carole@exemple.test"]
        address = reverse("meetings:welcome_link", kwargs={"token": welcome.token_of(pack)})
        assert address in str(message.body)
        page = table.client("visitor").get(address)
        assert "Action d’essai" in text(page)
        assert "noindex" in page.headers["X-Robots-Tag"]
        wrong = reverse("meetings:welcome_link", kwargs={"token": "0" * 64})
        assert "Action d’essai" not in table.client("visitor").get(wrong).content.decode()

    def test_one_without_an_address_is_printed_not_sent(self, table: Table) -> None:
        viewer = table.viewer("coordinator")
        pack = welcome.make_pack(viewer=viewer, membership_id=table.membership("partner").pk)
        with pytest.raises(DomainError, match="adresse"):
            welcome.send_pack(viewer=viewer, pack_id=pack.pk)

    def test_a_wrong_address_keeps_what_was_typed(self, table: Table) -> None:
        address = url(table, "welcome_make", membership_id=table.membership("partner").pk)
        response = table.client("coordinator").post(address, {"email": "carole@", "word": "Bienvenue à vous"})
        assert response.status_code == 422
        assert "Bienvenue à vous" in response.content.decode()
