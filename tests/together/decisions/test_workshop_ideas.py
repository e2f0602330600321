"""Ideas: written once whatever the network does, signed as the workshop says, nothing kept of who is « sans nom »."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.together.decisions.models import Idea, Workshop
from concertoit.together.decisions.services import ideas, workshops
from concertoit.together.decisions.services.ideas import Signature
from tests.personas import Table
from tests.together.decisions.made_workshops import hat_of, opened, prepared, said

PHONE = {"X-Idea": "1"}


def by_account(table: Table, workshop: Workshop) -> str:
    return reverse("decisions:workshop_take_part", kwargs={"slug": table.space.slug, "workshop_id": workshop.pk})


def by_code(workshop: Workshop) -> str:
    return reverse("decisions:workshop_phone", kwargs={"code": workshop.code})


def sent(workshop: Workshop, text: str = "Un guichet unique", **values: Any) -> dict[str, Any]:
    return {"hat": hat_of(workshop).pk, "client_id": str(uuid.uuid4()), "text": text, **values}


class TestOnce:
    def test_the_same_idea_sent_again_is_written_once(self, table: Table) -> None:
        workshop = opened(table)
        values = sent(workshop)
        for _again in range(3):
            assert Client().post(by_code(workshop), values, headers=PHONE).status_code == 204
        assert Idea.objects.get().text == "Un guichet unique"

    def test_two_phones_may_have_the_same_words(self, table: Table) -> None:
        workshop = opened(table)
        for _phone in range(2):
            Client().post(by_code(workshop), sent(workshop), headers=PHONE)
        assert Idea.objects.count() == 2

    def test_what_a_phone_kept_goes_under_the_hat_where_it_was_written(self, table: Table) -> None:
        workshop, viewer = opened(table), table.viewer("coordinator")
        white = sent(workshop)
        workshops.open_hat(viewer=viewer, workshop_id=workshop.pk, hat_id=hat_of(workshop, "red").pk)
        assert Client().post(by_code(workshop), white, headers=PHONE).status_code == 204
        assert Idea.objects.get().hat.colour == "white"

    def test_a_phone_that_comes_back_after_the_end(self, table: Table) -> None:
        workshop, viewer = opened(table), table.viewer("coordinator")
        workshops.close_workshop(viewer=viewer, workshop_id=workshop.pk)
        assert Client().post(by_code(workshop), sent(workshop), headers=PHONE).status_code == 204
        Workshop.objects.update(closed_at=timezone.now() - timedelta(hours=3))
        late = Client().post(by_code(workshop), sent(workshop), headers=PHONE)
        assert late.status_code == 422
        assert "terminé" in late.content.decode()  # the phone keeps the words and says why

    def test_without_scripts_it_is_a_form(self, table: Table) -> None:
        workshop, client = opened(table), Client()
        page = client.get(by_code(workshop)).content.decode()
        assert 'name="client_id"' in page
        assert client.post(by_code(workshop), sent(workshop)).status_code == 302
        empty = client.post(by_code(workshop), sent(workshop, "  "))
        assert empty.status_code == 422
        long = client.post(by_code(workshop), sent(workshop, "é" * 501))
        assert long.status_code == 422
        assert "é" * 501 in long.content.decode()

    def test_a_hat_of_another_workshop_or_one_not_worn(self, table: Table) -> None:
        workshop, other = opened(table), prepared(table)
        with pytest.raises(NotVisible):
            ideas.add_idea(
                workshop=workshop, hat_id=hat_of(other).pk, client_id=uuid.uuid4(), text="Ici", by=Signature()
            )  # fmt: skip
        with pytest.raises(DomainError, match="ne reçoit pas"):
            said(workshop, "Trop tôt", colour="green")


class TestTakingBack:
    def test_who_holds_the_id_takes_the_idea_back(self, table: Table) -> None:
        workshop = opened(table)
        values = sent(workshop)
        Client().post(by_code(workshop), values, headers=PHONE)
        back = {"quoi": "retirer", "client_id": values["client_id"]}
        assert Client().post(by_code(workshop), back, headers=PHONE).status_code == 204
        assert Idea.objects.get().withdrawn
        assert Client().post(by_code(workshop), {"quoi": "retirer", "client_id": "rien"}).status_code == 404

    def test_the_id_is_shown_to_nobody(self, table: Table) -> None:
        workshop = opened(table)
        idea = said(workshop, "Secret de ma poche")[0]
        for name in ("workshop", "workshop_wall", "workshop_sort", "workshop_summary"):
            url = reverse(f"decisions:{name}", kwargs={"slug": table.space.slug, "workshop_id": workshop.pk})
            assert str(idea.client_id) not in table.client("coordinator").get(url).content.decode()


class TestSignatures:
    def test_named(self, table: Table) -> None:
        workshop = opened(table, "named")
        table.client("partner").post(by_account(table, workshop), sent(workshop), headers=PHONE)
        idea = Idea.objects.get()
        assert (idea.author, idea.signature) == (table.user("partner"), "Carole Témoin, Organisme X")

    def test_by_organisation_the_person_is_not_kept(self, table: Table) -> None:
        workshop = opened(table, "organisation")
        table.client("partner").post(by_account(table, workshop), sent(workshop), headers=PHONE)
        idea = Idea.objects.get()
        assert (idea.author, idea.organisation, idea.signature) == (None, table.x, "Organisme X")

    def test_without_account_who_one_is_is_asked_and_remembered(self, table: Table) -> None:
        workshop, client = opened(table, "named"), Client()
        assert client.post(by_code(workshop), sent(workshop), headers=PHONE).status_code == 422
        client.post(by_code(workshop), sent(workshop, signature="Nicole de la rue Principale"))
        assert Idea.objects.get().signature == "Nicole de la rue Principale"
        assert 'value="Nicole de la rue Principale"' in client.get(by_code(workshop)).content.decode()

    @pytest.mark.parametrize("who", ["partner", "visitor"])
    def test_nameless_keeps_nothing_of_who_writes(self, table: Table, who: str) -> None:
        """Neither in the row, nor in the journal, a notice, a session, a cookie; and the row keeps no time."""
        workshop = opened(table)
        lines, sessions = Entry.objects.count(), Session.objects.count()
        client = table.client(who) if who == "partner" else Client()
        url = by_account(table, workshop) if who == "partner" else by_code(workshop)
        values = sent(workshop, "Sans nom", signature="Carole Témoin")
        answer = client.post(url, values, headers=PHONE)
        assert answer.status_code == 204
        assert not answer.cookies
        idea = Idea.objects.get()
        assert (idea.author_id, idea.organisation_id, idea.signature) == (None, None, "")
        assert Entry.objects.count() == lines
        assert not Entry.objects.filter(actor_id=table.user("partner").pk).exists()
        assert Session.objects.count() in (sessions, sessions + (who == "partner"))
        kept = {field.name for field in Idea._meta.concrete_fields}
        assert not {"created_at", "updated_at", "at", "ip", "agent", "session"} & kept
        assert not [
            field for model in apps.get_app_config("decisions").get_models() for field in model._meta.concrete_fields
            if field.related_model is Idea and model not in (Idea,)
            and not model.__name__.startswith("ProposedAction")
        ]  # fmt: skip
        assert "Carole" not in str(list(Idea.objects.values()))

    def test_how_ideas_are_signed_does_not_change_once_open(self, table: Table) -> None:
        workshop, viewer = opened(table), table.viewer("coordinator")
        from concertoit.together.decisions.enums import WorkshopMode
        from concertoit.together.decisions.services.workshops import Preparation

        with pytest.raises(DomainError, match="ne change plus"):
            workshops.change(
                viewer=viewer, workshop_id=workshop.pk, said=Preparation("Atelier", "Quoi?", WorkshopMode.NAMED)
            )


class TestCode:
    def test_the_code_read_on_the_wall(self, table: Table) -> None:
        workshop, client = opened(table), Client()
        join = reverse("decisions:workshop_join")
        answer = client.post(join, {"code": f"{workshop.code[:3].lower()} {workshop.code[3:]}"})
        assert answer.headers["Location"] == by_code(workshop)
        wrong = client.post(join, {"code": "ZZZZZZ"})
        assert wrong.status_code == 422
        assert "Aucun atelier" in wrong.content.decode()

    def test_no_code_when_the_facilitator_said_so(self, table: Table) -> None:
        workshop = prepared(table, by_code=False)
        assert Client().get(by_code(workshop)).status_code == 404
        assert table.client("partner").get(by_account(table, workshop)).status_code == 200


class TestPaper:
    def test_sheets_are_typed_in_once(self, table: Table) -> None:
        workshop, viewer = prepared(table, on_paper=True), table.viewer("coordinator")
        sheets = {hat_of(workshop).pk: "Un guichet\nDes visites", hat_of(workshop, "red").pk: "- Colère"}
        assert ideas.type_in(viewer=viewer, workshop_id=workshop.pk, sheets=sheets) == 3
        assert ideas.type_in(viewer=viewer, workshop_id=workshop.pk, sheets=sheets) == 0
        with pytest.raises(NotAllowed):
            ideas.type_in(viewer=table.viewer("partner"), workshop_id=workshop.pk, sheets=sheets)
        with pytest.raises(DomainError, match="papier"):
            workshops.open_workshop(viewer=viewer, workshop_id=workshop.pk)

    def test_the_page(self, table: Table) -> None:
        workshop = prepared(table, on_paper=True)
        url = reverse("decisions:workshop_paper", kwargs={"slug": table.space.slug, "workshop_id": workshop.pk})
        client = table.client("coordinator")
        assert "Les faits" in client.get(url).content.decode()
        assert client.post(url, {f"feuille-{hat_of(workshop).pk}": "Un guichet"}).status_code == 302
        assert Idea.objects.get().text == "Un guichet"
