"""« Où en est-ce? » : a personal link that answers once, for a month, and says nothing personal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from concertoit.ground.audit.models import Entry
from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.core.jobs.worker import work
from concertoit.ground.core.models import Job
from concertoit.ground.notifications.models import Notice
from concertoit.together.plans.models import PlanItem, ProgressNote, UpdateRequest
from concertoit.together.plans.queries.recipients import recipients
from concertoit.together.plans.rules.document import StepState
from concertoit.together.plans.services import asks
from tests.personas import PEOPLE, Table
from tests.together.plans.followed import ask_of, token_of
from tests.together.plans.test_item_page import address


def link(token: str) -> str:
    return f"/nouvelles/{token}/"


def say(table: Table, token: str | None = None, **values: str) -> Any:
    return Client().post(link(token or token_of(table)), values)


def state_of(table: Table) -> tuple[str, str]:
    step = PlanItem.objects.get(pk=table.step.pk)
    return step.state, step.state_note


class TestAsking:
    def test_the_database_keeps_no_secret(self, table: Table) -> None:
        request = asks.ask(viewer=table.viewer("coordinator"), item_id=table.action.pk, email="Carole@Exemple.test ")
        token = asks.token_of(request)
        assert request.email == "carole@exemple.test"
        assert request.token_digest == personal_links.digest_of(token)
        assert token not in str(UpdateRequest.objects.values().get())
        assert request.expires_at - timezone.now() > timedelta(days=29)

    @pytest.mark.django_db(transaction=True)
    def test_a_mail_carries_the_link(self, table: Table) -> None:
        request = asks.ask(viewer=table.viewer("coordinator"), item_id=table.action.pk, email="carole@exemple.test")
        work(once=True)
        sent = mail.outbox[0]
        assert sent.to == ["carole@exemple.test"]
        assert sent.reply_to == [table.user("coordinator").email]
        assert link(asks.token_of(request)) in sent.body
        assert not any(asks.token_of(request) in str(job) for job in Job.objects.values())

    def test_not_twice_while_the_first_waits(self, table: Table) -> None:
        asks.ask(viewer=table.viewer("coordinator"), item_id=table.action.pk, email="a@exemple.test")
        with pytest.raises(DomainError, match="attend déjà"):
            asks.ask(viewer=table.viewer("coordinator"), item_id=table.action.pk, email="A@exemple.test")
        with pytest.raises(DomainError, match="pas complète"):
            asks.ask(viewer=table.viewer("coordinator"), item_id=table.action.pk, email="carole")
        with pytest.raises(NotAllowed):
            asks.ask(viewer=table.viewer("partner"), item_id=table.action.pk, email="b@exemple.test")
        with pytest.raises(DomainError):
            asks.ask(viewer=table.viewer("coordinator"), item_id=table.axis.pk, email="b@exemple.test")

    def test_the_page_offers_the_people_the_plan_leads_to(self, table: Table) -> None:
        url = address(table, table.action, "ask")
        client = table.client("coordinator")
        page = client.get(url).content.decode()
        assert "partner@exemple.test" in page
        assert "contributor@exemple.test" not in page
        assert client.post(url, {"who": "autre"}).status_code == 422
        assert client.post(url, {"who": "0"}).status_code == 302
        request = UpdateRequest.objects.get()
        assert (request.email, request.membership) == ("partner@exemple.test", table.membership("partner"))

    def test_the_chain_leads_to_the_lead_first_and_the_coordination_last(self, table: Table) -> None:
        node = table.nodes["step"]
        found = [(one.email, one.via) for one in recipients(node)]
        assert found[0] == ("partner@exemple.test", "person")
        assert found[-1][0] in ("coordinator@exemple.test", "coco@exemple.test")


class TestAnswering:
    def test_the_page_needs_no_account_and_names_nobody(self, table: Table) -> None:
        response = Client().get(link(token_of(table)))
        body = response.content.decode()
        assert response.status_code == 200
        assert table.nodes["step"].title in body
        for persona in PEOPLE.values():
            assert persona.email not in body
            assert persona.family_name not in body
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert "no-store" in response.headers["Cache-Control"]

    def test_one_minute(self, table: Table) -> None:
        step = table.step.pk
        response = say(
            table, **{f"etat-{step}": "blocked", f"motif-{step}": "la réponse de la Ville", "note": "On attend.",
                      "outlook": "support", "reason": "Tout dépend de la Ville."}
        )  # fmt: skip
        assert response.status_code == 302
        assert state_of(table) == ("blocked", "la réponse de la Ville")
        action = PlanItem.objects.select_related("outlook").get(pk=table.action.pk)
        assert action.outlook is not None
        assert (action.outlook.value, action.outlook.author) == ("support", None)
        assert action.outlook.author_label == "Organisme X, par lien personnel"
        assert ProgressNote.objects.get().author_label == "Organisme X, par lien personnel"
        entry = Entry.objects.get(verb="plan.ask_answered")
        assert (entry.actor_id, entry.note) == (None, "Organisme X, par lien personnel")
        assert Notice.objects.get(kind="plans.news").user == table.user("coordinator")

    def test_then_thank_you_and_never_again(self, table: Table) -> None:
        say(table, note="Tout va.")
        thanks = Client().get(link(token_of(table)))
        assert thanks.status_code == 200
        assert "Merci" in thanks.content.decode()
        assert table.nodes["step"].title not in thanks.content.decode()
        again = say(table, note="Encore.")
        assert "Merci" in again.content.decode()
        assert ProgressNote.objects.count() == 1

    def test_over_after_a_month(self, table: Table) -> None:
        ask_of(table)
        token = token_of(table)
        UpdateRequest.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
        over = Client().get(link(token))
        assert over.status_code == 410
        assert "plus valide" in over.content.decode()
        assert say(table, token, note="Trop tard.").status_code == 410
        assert not ProgressNote.objects.exists()

    def test_a_link_that_is_none_of_ours_is_nothing(self, table: Table) -> None:
        ask_of(table)
        assert Client().get(link("0" * 64)).status_code == 404
        with pytest.raises(NotVisible):
            asks.answer(token="x", said=asks.Answer(note="?"))

    def test_an_empty_answer_is_asked_again(self, table: Table) -> None:
        response = say(table, **{f"etat-{table.step.pk}": "todo"})
        assert response.status_code == 422
        assert "au moins une chose" in response.content.decode()

    def test_what_was_typed_is_kept(self, table: Table) -> None:
        response = say(table, **{f"etat-{table.step.pk}": "dropped", "note": "Je précise.", "outlook": "good"})
        body = response.content.decode()
        assert response.status_code == 422
        assert "Je précise." in body
        assert "Dites pourquoi" in body
        assert "Dites en une phrase pourquoi." in body
        assert state_of(table) == ("todo", "")

    def test_it_only_touches_what_was_asked(self, table: Table) -> None:
        other = PlanItem.objects.create(space=table.space, plan=table.plan, kind="step")
        said = asks.Answer(states={other.pk: (StepState.DONE, "")})
        with pytest.raises(NotVisible):
            asks.answer(token=token_of(table), said=said)
        assert ask_of(table).answered_at is None

    def test_all_or_nothing(self, table: Table) -> None:
        """A state that changed meanwhile refuses the whole answer, which stays open."""
        PlanItem.objects.filter(pk=table.step.pk).update(state="done")
        said = asks.Answer(states={table.step.pk: (StepState.DROPPED, "inutile")}, note="Et voilà.")
        with pytest.raises(DomainError, match="Remettez-la"):
            asks.answer(token=token_of(table), said=said)
        assert not ProgressNote.objects.exists()
        assert ask_of(table).answered_at is None


class TestFollowingThem:
    def test_taken_back_the_link_is_over(self, table: Table) -> None:
        token = token_of(table)
        asks.withdraw(viewer=table.viewer("coordinator"), request_id=ask_of(table).pk)
        assert Client().get(link(token)).status_code == 410

    def test_the_list_says_what_waits_and_mutes(self, table: Table) -> None:
        row = ask_of(table)
        UpdateRequest.objects.update(next_reminder_on=timezone.localdate())
        client = table.client("coordinator")
        url = f"/demarches/{table.space.slug}/plan/suivi/demandes/"
        assert "En attente" in client.get(url).content.decode()
        client.post(f"{url}{row.pk}/", {"quoi": "sourdine"})
        assert UpdateRequest.objects.get().muted
        assert "en sourdine" in client.get(url).content.decode()
        client.post(f"{url}{row.pk}/", {"quoi": "retirer"})
        assert "Terminée sans réponse" in client.get(url).content.decode()
