"""A review: opinions by organisation, outcomes, links without account (L4)."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.core.jobs.worker import work
from concertoit.ground.identity.models import Organisation
from concertoit.ground.notifications.models import Notice
from concertoit.together.decisions.enums import ReviewManner, ReviewVerdict
from concertoit.together.decisions.models import Opinion, Review, ReviewVoice
from concertoit.together.decisions.services import review_links, reviews
from concertoit.together.plans.models import PlanVersion
from tests.hostile import assert_constant_queries
from tests.personas import Table
from tests.together.decisions.made_workshops import link_of, reviewing, settled


def address(table: Table, name: str, review: Review | None = None, **kwargs: Any) -> str:
    if review is not None:
        kwargs["review_id"] = review.pk
    return reverse(f"decisions:{name}", kwargs={"slug": table.space.slug, **kwargs})


def opinion(review: Review, verdict: str, reason: str = "") -> dict[str, str]:
    pk = review.actions.get().pk
    return {f"avis-{pk}": verdict, f"raison-{pk}": reason}


class TestPreparing:
    def test_it_takes_the_actions_in_force_when_it_opens(self, table: Table) -> None:
        client = table.client("coordinator")
        client.post(address(table, "review_add"), {"title": "Révision de janvier", "manner": "partners"})
        review = Review.objects.get()
        assert not review.actions.exists()
        client.post(address(table, "review_state", review), {"quoi": "ouvrir"})
        action = review.actions.get()
        assert (action.item, action.title, action.axis) == (table.action, "Action d’essai", "1 Axis d’essai")

    def test_without_a_plan_in_force_there_is_nothing_to_review(self, table: Table) -> None:
        PlanVersion.objects.filter(state="current").update(state="archived")
        answer = table.client("coordinator").post(address(table, "review_add"), {"title": "R", "manner": "together"})
        assert answer.status_code == 422
        assert "Aucun plan n’est en vigueur" in answer.content.decode()

    def test_who_gives_an_opinion_does_not_change_once_open(self, table: Table) -> None:
        review = reviewing(table)
        answer = table.client("coordinator").post(
            address(table, "review_edit", review), {"title": "Autre", "manner": "together"}
        )
        assert answer.status_code == 422
        assert "ne change plus" in answer.content.decode()

    @pytest.mark.parametrize(
        ("manner", "told"),
        [("partners", {"coco", "partner", "contributor", "elected"}), ("together", {"coco"})],
    )
    def test_those_whose_opinion_is_expected_are_told(self, table: Table, manner: str, told: set[str]) -> None:
        reviewing(table, manner)
        notices = Notice.objects.filter(kind="decisions.review").values_list("user__email", flat=True)
        assert set(notices) == {f"{key}@exemple.test" for key in told}


class TestOpinions:
    def test_one_voice_per_organisation_saved_again_and_taken_back(self, table: Table) -> None:
        review, client = reviewing(table), table.client("partner")
        url = address(table, "review_opinion", review)
        assert client.post(url, opinion(review, "stop", "Personne ne vient.")).status_code == 302
        client.post(url, opinion(review, "fix", "Autrement."))
        assert [(one.verdict, one.reason) for one in Opinion.objects.all()] == [("fix", "Autrement.")]
        assert ReviewVoice.objects.get().organisation == table.x
        assert "Autrement." in client.get(url).content.decode()
        client.post(url, opinion(review, ""))
        assert not Opinion.objects.exists()

    def test_a_reason_is_owed_and_what_was_typed_stays(self, table: Table) -> None:
        review = reviewing(table)
        answer = table.client("partner").post(address(table, "review_opinion", review), opinion(review, "stop"))
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "Dites pourquoi" in page
        assert 'value="stop"' in page
        with pytest.raises(DomainError, match="dites pourquoi"):
            reviews.give_opinion(
                viewer=table.viewer("partner"), review_id=review.pk, organisation_id=table.x.pk,
                said={review.actions.get().pk: ("stop", " ")},
            )  # fmt: skip

    def test_not_for_another_organisation_nor_another_review(self, table: Table) -> None:
        review, viewer = reviewing(table), table.viewer("partner")
        with pytest.raises(NotAllowed):
            reviews.give_opinion(viewer=viewer, review_id=review.pk, organisation_id=table.y.pk, said={})
        with pytest.raises(NotVisible):
            reviews.give_opinion(
                viewer=viewer, review_id=review.pk, organisation_id=table.x.pk, said={10**9: ("keep", "")}
            )  # fmt: skip

    def test_not_once_it_is_closed(self, table: Table) -> None:
        review = reviewing(table)
        reviews.close_review(viewer=table.viewer("coordinator"), review_id=review.pk)
        answer = table.client("partner").post(address(table, "review_opinion", review), opinion(review, "keep"))
        assert answer.status_code == 422
        assert "ne reçoit pas d’avis" in answer.content.decode()

    def test_nobody_is_led_by_others_while_it_is_open(self, table: Table) -> None:
        review = reviewing(table)
        table.client("partner").post(address(table, "review_opinion", review), opinion(review, "stop", "Raison"))
        page = address(table, "review", review)
        assert "1 cesser" in table.client("coordinator").get(page).content.decode()
        assert "1 cesser" not in table.client("contributor").get(page).content.decode()
        reviews.close_review(viewer=table.viewer("coordinator"), review_id=review.pk)
        assert "1 cesser" in table.client("contributor").get(page).content.decode()
        assert "1 cesser" not in table.client("funder").get(page).content.decode()


class TestLinks:
    def test_an_organisation_answers_by_its_link_as_often_as_it_wants(self, table: Table) -> None:
        token = link_of(table)
        review, url = Review.objects.get(), reverse("decisions:review_link", kwargs={"token": token})
        assert token not in str(ReviewVoice.objects.values().get())
        for verdict in ("keep", "fix"):
            assert Client().post(url, opinion(review, verdict, "Parce que.")).status_code == 302
        assert Opinion.objects.get().verdict == "fix"
        assert "Parce que." in Client().get(url).content.decode()
        line = Entry.objects.filter(verb="review.opinion_by_link").first()
        assert line is not None
        assert (line.actor_id, line.note) == (None, "Organisme X")
        assert Client().get(reverse("decisions:review_link", kwargs={"token": "f" * 64})).status_code == 404

    def test_the_same_address_gets_the_same_link_another_voids_it(self, table: Table) -> None:
        token = link_of(table)
        assert link_of(table) == token
        review = Review.objects.get()
        review_links.send_link(
            viewer=table.viewer("coordinator"),
            review_id=review.pk,
            organisation_id=table.x.pk,
            email="autre@exemple.test",
        )
        assert Client().get(reverse("decisions:review_link", kwargs={"token": token})).status_code == 404

    def test_the_link_ends_with_the_review(self, table: Table) -> None:
        token = link_of(table)
        reviews.close_review(viewer=table.viewer("coordinator"), review_id=Review.objects.get().pk)
        answer = Client().get(reverse("decisions:review_link", kwargs={"token": token}))
        assert answer.status_code == 410
        assert "ne reçoit plus d’avis" in answer.content.decode()

    @pytest.mark.django_db(transaction=True)
    def test_a_mail_carries_the_link(self, table: Table) -> None:
        token = link_of(table)
        work(once=True)
        sent = next(one for one in mail.outbox if one.to == ["x@exemple.test"])
        assert f"/revision/{token}/" in sent.body

    def test_the_page_says_what_is_wrong(self, table: Table) -> None:
        review, client = reviewing(table), table.client("coordinator")
        url = address(table, "review_links", review)
        wrong = client.post(url, {"organisation": table.x.pk, "email": "x"})
        assert wrong.status_code == 422
        assert client.post(url, {"organisation": table.x.pk, "email": "x@exemple.test"}).status_code == 302
        assert "pas encore" in client.get(url).content.decode()


class TestSettling:
    def test_together_the_coco_settles_while_it_is_open(self, table: Table) -> None:
        review = reviewing(table, "together")
        url = address(table, "review_action", review, action_id=review.actions.get().pk)
        assert table.client("coco").post(url, {"outcome": "keep"}).status_code == 302
        assert review.actions.get().outcome == "keep"
        reviews.close_review(viewer=table.viewer("coordinator"), review_id=review.pk)
        assert '<form method="post" class="card-q' not in table.client("coco").get(url).content.decode()

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"outcome": "stop"}, "Dites pourquoi"),
            ({"outcome": "fix", "reason": "Flou", "new_title": "Action d’essai"}, "rien n’a changé"),
            ({"outcome": "fix", "reason": "Flou", "new_title": " "}, "titre corrigé"),
            ({}, "obligatoire"),
        ],
    )
    def test_what_is_missing_is_said(self, table: Table, values: dict[str, str], said: str) -> None:
        review = reviewing(table, "together")
        url = address(table, "review_action", review, action_id=review.actions.get().pk)
        answer = table.client("coordinator").post(url, values)
        assert answer.status_code == 422
        assert said in answer.content.decode()

    def test_what_everybody_keeps_is_kept_at_once(self, table: Table) -> None:
        review, viewer = reviewing(table), table.viewer("coordinator")
        assert reviews.settle_unanimous(viewer=viewer, review_id=review.pk) == 0  # nobody spoke
        table.client("partner").post(address(table, "review_opinion", review), opinion(review, "keep"))
        table.client("coordinator").post(address(table, "review_keep", review), {"quoi": "unanime"})
        assert review.actions.get().outcome == "keep"

    def test_the_rest_is_kept_on_purpose(self, table: Table) -> None:
        review = reviewing(table, "together")
        table.client("coordinator").post(address(table, "review_keep", review), {"quoi": "reste"})
        assert review.actions.get().outcome == "keep"

    def test_nothing_is_settled_before_or_by_who_may_not(self, table: Table) -> None:
        review = reviews.prepare(
            viewer=table.viewer("coordinator"), title="Prête", manner=ReviewManner.TOGETHER
        )  # fmt: skip
        with pytest.raises(DomainError, match="en ce moment"):
            reviews.keep_the_rest(viewer=table.viewer("coordinator"), review_id=review.pk)
        review = reviewing(table)
        with pytest.raises(NotAllowed):
            reviews.settle(
                viewer=table.viewer("coco"), review_id=review.pk, action_id=review.actions.get().pk,
                outcome=ReviewVerdict.KEEP,
            )  # fmt: skip


class TestElsewhere:
    def test_decider_and_ma_table_ask_until_the_organisation_answered(self, table: Table) -> None:
        review = reviewing(table)
        home, desk = reverse("decisions:home", kwargs={"slug": table.space.slug}), reverse("desk:home")
        url, client = address(table, "review_opinion", review), table.client("partner")
        for page in (home, desk):
            assert url in client.get(page).content.decode()
            assert url not in table.client("observer").get(page).content.decode()
        client.post(url, opinion(review, "keep"))
        for page in (home, desk):
            assert url not in client.get(page).content.decode()

    def test_the_page_costs_the_same_however_many_answer(self, table: Table) -> None:
        review, voices = reviewing(table), iter("abcdef")

        def more() -> None:
            organisation = Organisation.objects.create(name=f"Organisme {next(voices)}")
            voice = ReviewVoice.objects.create(space=table.space, review=review, organisation=organisation)
            reviews.write_opinions(review, voice, {review.actions.get().pk: ("keep", "")})

        client = table.client("coordinator")
        assert_constant_queries(more, lambda: client.get(address(table, "review", review)))
        one = address(table, "review_action", review, action_id=review.actions.get().pk)
        assert_constant_queries(more, lambda: client.get(one))

    def test_as_a_file(self, table: Table) -> None:
        review = settled(table, "stop", reason="=Raison")
        text = table.client("partner").get(address(table, "review_file", review)).content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        assert rows[1][2] == "Action d’essai"
        assert rows[1][6:8] == ["Cesser", "'=Raison"]
