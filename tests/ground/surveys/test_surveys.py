"""Preparing, asking, answering, reading."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.core.jobs.worker import work
from concertoit.ground.surveys import exports
from concertoit.ground.surveys.enums import Source
from concertoit.ground.surveys.models import Answer, Invitee, Question, Response, Survey
from concertoit.ground.surveys.queries.results import change_of, results_of
from concertoit.ground.surveys.services import answering, asking, writing
from concertoit.ground.surveys.services.answering import Said, Voice
from concertoit.ground.surveys.tasks import nightly
from tests.ground.surveys.made import invited, question_of, survey_of
from tests.hostile import assert_constant_queries
from tests.personas import Table

pytestmark = pytest.mark.django_db


def yes(survey: Survey, place: int = 0) -> dict[int, Said]:
    return {question_of(survey).pk: Said(options=(place,))}


def say(survey: Survey, number: int) -> None:
    for _turn in range(number):
        answering.answer(survey=survey, voice=Voice(Source.OPEN), said=yes(survey))


def page(survey: Survey, name: str) -> str:
    return reverse(f"surveys:{name}", kwargs={"slug": survey.space.slug, "survey_id": survey.pk})


class TestPreparing:
    def test_questions_do_not_change_once_it_is_open(self, table: Table):
        survey = survey_of(table)
        with pytest.raises(DomainError, match="a été ouvert"):
            writing.remove_question(viewer=table.viewer("coordinator"), question=question_of(survey))

    def test_what_is_kept_does_not_change_once_it_is_open(self, table: Table):
        survey = survey_of(table)
        with pytest.raises(DomainError, match="ne change plus"):
            writing.change_survey(viewer=table.viewer("coordinator"), survey=survey, identity="person")

    def test_a_choice_needs_two_answers(self, table: Table):
        survey = survey_of(table, opened=False)
        with pytest.raises(DomainError, match="au moins deux réponses"):
            writing.save_question(
                viewer=table.viewer("coordinator"), survey=survey, kind="one", text="?", options=[("Oui", False)]
            )

    def test_it_opens_with_a_question_before_its_last_day(self, table: Table):
        viewer = table.viewer("coordinator")
        survey = writing.create_survey(viewer=viewer, title="Vide")
        with pytest.raises(DomainError, match="au moins une question"):
            writing.open_survey(viewer=viewer, survey=survey)
        late = survey_of(table, opened=False, closes_on=timezone.localdate() - timedelta(days=1))
        with pytest.raises(DomainError, match="est passé"):
            writing.open_survey(viewer=viewer, survey=late)

    def test_questions_move(self, table: Table):
        survey = survey_of(table, opened=False)
        writing.move_question(viewer=table.viewer("coordinator"), question=question_of(survey, "many"), up=True)
        kinds = Question.objects.filter(survey=survey).order_by("position").values_list("kind", flat=True)
        assert list(kinds)[:2] == ["many", "one"]

    def test_only_the_coordination_prepares(self, table: Table):
        with pytest.raises(NotAllowed):
            writing.create_survey(viewer=table.viewer("partner"), title="Non")

    def test_one_that_was_answered_is_not_removed(self, table: Table):
        survey = survey_of(table)
        say(survey, 1)
        with pytest.raises(DomainError, match="ont répondu"):
            writing.remove_survey(viewer=table.viewer("coordinator"), survey=survey)

    def test_a_copy_asks_the_same(self, table: Table):
        survey = survey_of(table)
        copy = writing.copy_survey(viewer=table.viewer("coordinator"), survey=survey, title="Copie")
        assert copy.state == "draft"
        assert [q.text for q in copy.questions.order_by("position")] == [
            q.text for q in survey.questions.order_by("position")
        ]
        assert question_of(copy).options.count() == 2

    def test_the_form_keeps_what_was_typed(self, table: Table):
        survey = survey_of(table, opened=False)
        answer = table.client("coordinator").post(
            page(survey, "question_add"), {"text": "Le prix?", "kind": "one", "options": "Oui"}
        )
        assert answer.status_code == 422
        assert "Le prix?" in answer.text
        assert "au moins deux réponses" in answer.text


class TestAnswering:
    def test_without_a_name_nothing_says_who(self, table: Table):
        survey = survey_of(table)
        voice = answering.voice_of(table.viewer("partner"))
        response = answering.answer(survey=survey, voice=voice, said=yes(survey))
        row = Response.objects.values().get(pk=response.pk)
        assert (row["person_id"], row["organisation_id"], row["signed"], row["pair_key"]) == (None, None, "", "")
        assert not Entry.objects.filter(verb="survey.answered").exists()
        with pytest.raises(DomainError, match="déjà répondu"):
            answering.answer(survey=survey, voice=voice, said=yes(survey))

    def test_a_name_may_change_its_answer(self, table: Table):
        survey = survey_of(table, identity="person")
        voice = answering.voice_of(table.viewer("partner"))
        answering.answer(survey=survey, voice=voice, said=yes(survey))
        answering.answer(survey=survey, voice=voice, said=yes(survey, 1))
        assert Response.objects.filter(survey=survey).count() == 1
        assert Answer.objects.get(response__survey=survey).option.label == "Non"

    def test_two_people_of_an_organisation_are_one_voice(self, table: Table):
        survey = survey_of(table, identity="organisation")
        for key in ("coordinator", "coco"):
            answering.answer(survey=survey, voice=answering.voice_of(table.viewer(key)), said=yes(survey))
        assert Response.objects.filter(survey=survey).count() == 1

    def test_sent_twice_is_once(self, table: Table):
        survey, sent = survey_of(table), uuid4()
        for _turn in range(2):
            answering.answer(survey=survey, voice=Voice(Source.OPEN), said=yes(survey), sent_id=sent)
        assert Response.objects.filter(survey=survey).count() == 1

    def test_nothing_said_is_refused(self, table: Table):
        with pytest.raises(DomainError, match="au moins une question"):
            answering.answer(survey=survey_of(table), voice=Voice(Source.OPEN), said={})

    def test_a_needed_answer(self, table: Table):
        survey = survey_of(table)
        Question.objects.filter(survey=survey, kind="text").update(required=True)
        with pytest.raises(DomainError, match="demande une réponse"):
            answering.answer(survey=survey, voice=Voice(Source.OPEN), said=yes(survey))

    def test_questions_of_another_survey_are_refused(self, table: Table):
        survey, other = survey_of(table), survey_of(table)
        with pytest.raises(NotVisible):
            answering.answer(survey=survey, voice=Voice(Source.OPEN), said=yes(other))

    def test_closed_is_closed(self, table: Table):
        survey = survey_of(table)
        writing.close_survey(viewer=table.viewer("coordinator"), survey=survey)
        with pytest.raises(DomainError, match="est fermé"):
            answering.answer(survey=survey, voice=Voice(Source.OPEN), said=yes(survey))

    def test_every_kind_from_a_browser(self, table: Table):
        survey = survey_of(table)
        posted: dict[str, Any] = {f"q{question_of(survey, 'many').pk}": ["0", "2"]}
        posted |= {f"q{question_of(survey, 'number').pk}": "12,5", f"q{question_of(survey, 'text').pk}": "Merci"}
        posted |= {f"q{question_of(survey, 'scale').pk}": "2", f"q{question_of(survey).pk}": "0"}
        answer = table.client("partner").post(page(survey, "fill"), posted)
        assert answer.status_code == 302
        assert Answer.objects.filter(response__survey=survey).count() == 6
        assert Answer.objects.get(number__isnull=False).number == Decimal("12.50")

    def test_a_wrong_number_keeps_the_rest(self, table: Table):
        survey = survey_of(table)
        posted = {
            f"q{question_of(survey, 'number').pk}": "douze",
            f"q{question_of(survey, 'text').pk}": "Merci à tous",
        }
        answer = table.client("partner").post(page(survey, "fill"), posted)
        assert answer.status_code == 422
        assert "Merci à tous" in answer.text
        assert not Response.objects.exists()


class TestLinks:
    def test_a_person_without_account_answers_once(self, table: Table):
        survey = survey_of(table)
        address = reverse("surveys:answer", kwargs={"token": invited(table, survey)})
        client = Client()
        assert "sans nom" in client.get(address).text
        answer = client.post(address, {f"q{question_of(survey).pk}": "0"})
        assert "Merci" in answer.text
        assert "Merci" in client.get(address).text
        assert Response.objects.get(survey=survey).source == Source.LINK

    def test_the_link_goes_by_mail_and_the_table_keeps_no_secret(self, table: Table):
        survey = survey_of(table)
        token = invited(table, survey)
        work(once=True)
        assert token in mail.outbox[-1].body
        assert token not in str(list(Invitee.objects.values_list()))

    def test_a_bad_address_sends_nothing(self, table: Table):
        survey = survey_of(table)
        people = [asking.Recipient("bon@exemple.test"), asking.Recipient("pas une adresse")]
        with pytest.raises(DomainError, match="Rien n’est parti"):
            asking.invite(viewer=table.viewer("coordinator"), survey=survey, recipients=people)
        assert not Invitee.objects.exists()

    def test_reminders_go_to_those_who_are_silent(self, table: Table):
        survey = survey_of(table)
        invited(table, survey, "a@exemple.test")
        invited(table, survey, "b@exemple.test")
        Invitee.objects.update(last_sent_on=timezone.localdate() - timedelta(days=3))
        Invitee.objects.filter(email="b@exemple.test").update(answered=True)
        viewer = table.viewer("coordinator")
        assert asking.remind(viewer=viewer, survey=survey) == 1
        assert asking.remind(viewer=viewer, survey=survey) == 0

    def test_the_open_address_only_where_it_was_opened(self, table: Table):
        shut, wide = survey_of(table, open_address=False), survey_of(table)
        assert Client().get(reverse("surveys:by_code", kwargs={"code": shut.code})).status_code == 404
        address = reverse("surveys:by_code", kwargs={"code": wide.code.lower()})
        assert Client().post(address, {f"q{question_of(wide).pk}": "1"}).status_code == 200
        assert Response.objects.get().source == Source.OPEN

    def test_a_name_is_asked_where_answers_have_one(self, table: Table):
        survey = survey_of(table, identity="organisation")
        address = reverse("surveys:by_code", kwargs={"code": survey.code})
        answer = Client().post(address, {f"q{question_of(survey).pk}": "1"})
        assert answer.status_code == 422
        Client().post(address, {f"q{question_of(survey).pk}": "1", "signed": "Coop des Érables"})
        assert Response.objects.get().signed == "Coop des Érables"


class TestResults:
    def test_too_few_without_names_show_nothing(self, table: Table):
        survey = survey_of(table)
        say(survey, 4)
        assert results_of(survey).hidden
        assert table.client("coco").get(page(survey, "answers_file")).status_code == 403
        say(survey, 1)
        found = results_of(survey)
        assert not found.hidden
        assert [line.count for line in found.questions[0].tally.lines] == [5, 0]

    def test_with_names_they_show_at_once(self, table: Table):
        survey = survey_of(table, identity="person")
        answering.answer(survey=survey, voice=answering.voice_of(table.viewer("partner")), said=yes(survey))
        assert not results_of(survey).hidden

    def test_for_everybody_when_it_says_so(self, table: Table):
        survey = survey_of(table)
        assert table.client("partner").get(page(survey, "results")).status_code == 403
        writing.change_survey(viewer=table.viewer("coordinator"), survey=survey, audience="everybody")
        assert table.client("partner").get(page(survey, "results")).status_code == 200

    def test_the_same_queries_for_many(self, table: Table):
        survey = survey_of(table)
        say(survey, 5)
        assert_constant_queries(lambda: say(survey, 10), lambda: table.client("coco").get(page(survey, "results")))

    def test_a_formula_in_a_file_is_a_text(self, table: Table):
        survey = survey_of(table, identity="person")
        said = {
            question_of(survey, "text").pk: Said(text="=1+1"),
            question_of(survey, "many").pk: Said(options=(0, 1)),
        }
        answering.answer(survey=survey, voice=Voice(Source.PAPER, signed="-2"), said=said)
        text = exports.answers_csv(survey)
        assert "'=1+1" in text
        assert "'-2" in text
        assert "Loyers | Rénovations" in text

    def test_knowledge_before_and_after(self, table: Table):
        viewer = table.viewer("coordinator")
        before = survey_of(table)
        after = writing.copy_survey(viewer=viewer, survey=before, title="Après", after=True)
        writing.open_survey(viewer=viewer, survey=after)
        before.refresh_from_db()
        for place in range(6):
            voice = Voice(Source.LINK, email=f"p{place}@exemple.test")
            answering.answer(survey=before, voice=voice, said=yes(before, 0 if place < 2 else 1))
            answering.answer(survey=after, voice=voice, said=yes(after, 0))
        found = change_of(after)
        assert found is not None
        assert (found.pairs, found.up, found.same, found.down) == (6, 4, 2, 0)
        assert float(found.after) == 1
        assert "p0@" not in str(list(Response.objects.values_list()))
        with pytest.raises(DomainError, match="second moment"):
            writing.copy_survey(viewer=viewer, survey=before, title="Encore", after=True)


class TestNights:
    def test_it_closes_after_its_last_day_and_reminds_two_days_before(self, table: Table):
        today = timezone.localdate()
        over, soon = survey_of(table), survey_of(table, closes_on=today + timedelta(days=2))
        Survey.objects.filter(pk=over.pk).update(closes_on=today - timedelta(days=1))
        invited(table, soon)
        Invitee.objects.update(last_sent_on=today - timedelta(days=3))
        assert nightly(None) == {"closed": 1, "reminded": 1}  # type: ignore[arg-type]
        assert nightly(None) == {"closed": 0, "reminded": 0}  # type: ignore[arg-type]

    def test_it_waits_on_the_desk_until_it_is_answered(self, table: Table):
        survey = survey_of(table)
        client = table.client("partner")
        assert survey.title in client.get("/").text
        client.post(page(survey, "fill"), {f"q{question_of(survey).pk}": "0"})
        assert survey.title not in client.get("/").text
