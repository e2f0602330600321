"""A prioritisation from its preparation to its count: what is announced holds, no more is kept than promised (L5)."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.utils import timezone

from concertoit.ground.audit.models import Entry
from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.core.jobs.worker import work
from concertoit.ground.core.models import Job
from concertoit.ground.notifications.models import Notice
from concertoit.together.decisions.enums import CountKind
from concertoit.together.decisions.models import (
    CountResult,
    Envelope,
    FundingRequest,
    Invitee,
    Prioritisation,
    PriorityBallot,
    PriorityOption,
    Voice,
)
from concertoit.together.decisions.privacy.prioritisation import _due, _remove
from concertoit.together.decisions.queries.prioritisation import latest, papers_of
from concertoit.together.decisions.queries.prioritisation_people import occasions
from concertoit.together.decisions.services import prioritisation as services
from concertoit.together.decisions.services import prioritisation_answers as answers
from concertoit.together.decisions.services import prioritisation_counting as counting
from concertoit.together.decisions.services import prioritisation_voices as voices
from concertoit.together.decisions.tasks import prioritisation as tasks
from concertoit.together.plans.models import CycleStep
from concertoit.together.plans.services.versions import abandon_draft
from tests.personas import Table
from tests.together.decisions import prioritised as made


class TestPreparing:
    def test_the_form_is_a_copy_of_the_draft(self, table: Table) -> None:
        row = made.prepared(table)
        option = PriorityOption.objects.get(prioritisation=row)
        assert (option.title, option.item) == (table.drafted("action").title, table.action)
        assert option.carriers == "Organisme X, Organisme porteur"
        assert row.version == table.draft
        request = FundingRequest.objects.get(option=option)
        assert (request.year, request.amount) == ("2026-2027", Decimal("1200.00"))
        assert request.sources[0]["item"] == table.action.pk

    def test_it_survives_the_draft_that_is_abandoned(self, table: Table) -> None:
        row = made.opened(table)
        abandon_draft(viewer=table.viewer("coordinator"), version=table.draft)
        row.refresh_from_db()
        assert (row.version, row.version_label, row.options.count()) == (None, "Version 2", 1)

    def test_one_voice_per_organisation_with_everybody_who_answers_for_it(self, table: Table) -> None:
        """facts 4: the seed's 31 participants include organisations with two people."""
        row = made.prepared(table)
        assert {str(one) for one in Voice.objects.filter(prioritisation=row)} == {
            "Organisme porteur", "Organisme X", "Organisme Y", "Ville d’essai"
        }  # fmt: skip
        home = made.voice_of(row, "Organisme porteur")
        assert {one.email for one in home.invitees.all()} == {"coordinator@exemple.test", "coco@exemple.test"}

    def test_or_one_voice_per_person(self, table: Table) -> None:
        row = made.prepared(table, voice_mode="person")
        names = {str(one) for one in Voice.objects.filter(prioritisation=row)}
        assert {"Alice Modèle", "Bruno Exemple"} < names
        assert len(names) == 5
        assert not any("Estelle" in name or "Fabien" in name for name in names)

    def test_or_those_who_were_there(self, table: Table) -> None:
        """L5: the form goes to the partners who were present."""
        coordinator = table.viewer("coordinator")
        row = made.prepared(table)
        Voice.objects.all().delete()
        step = CycleStep.objects.create(space=table.space, plan=table.plan, title="Plénière")
        step.participants.set([table.membership("partner"), table.membership("observer")])
        assert occasions(coordinator) == [(f"etape:{step.pk}", "Plénière")]
        assert voices.invite(viewer=coordinator, pk=row.pk, occasion=f"etape:{step.pk}") == 1
        assert [str(one) for one in Voice.objects.all()] == ["Organisme X"]

    def test_inviting_again_adds_nobody_twice(self, table: Table) -> None:
        row = made.prepared(table)
        before = Voice.objects.count(), Invitee.objects.count()
        assert voices.invite(viewer=table.viewer("coordinator"), pk=row.pk) == 0
        assert (Voice.objects.count(), Invitee.objects.count()) == before

    def test_the_database_keeps_no_secret(self, table: Table) -> None:
        row = made.prepared(table)
        invitee = made.invitee_of(row, "partner@exemple.test")
        token = voices.token_of(invitee)
        assert invitee.token_digest == personal_links.digest_of(token)
        assert token not in str(list(Invitee.objects.values()))

    def test_opening_says_what_is_missing(self, table: Table) -> None:
        row = made.prepared(table, deadline=None)
        Envelope.objects.all().delete()
        Voice.objects.all().delete()
        with pytest.raises(DomainError) as refusal:
            services.open_form(viewer=table.viewer("coordinator"), pk=row.pk)
        assert all(word in str(refusal.value) for word in ("aucune voix", "date limite", "enveloppe disponible"))

    def test_what_was_announced_does_not_change(self, table: Table) -> None:
        row = made.opened(table)
        coordinator = table.viewer("coordinator")
        for change in ({"disclosure": "table"}, {"voice_mode": "person"}, {"money": "none"}, {"live": True}):
            with pytest.raises(DomainError, match="annoncé"):
                services.write_settings(viewer=coordinator, pk=row.pk, **change)
        later = timezone.now() + timedelta(days=9)
        assert services.write_settings(viewer=coordinator, pk=row.pk, deadline=later).deadline == later
        with pytest.raises(DomainError, match="à venir"):
            services.write_settings(viewer=coordinator, pk=row.pk, deadline=timezone.now())

    def test_passing_results_would_betray_a_secret(self, table: Table) -> None:
        with pytest.raises(DomainError, match="trahiraient"):
            made.prepared(table, live=True, disclosure="nobody")

    def test_only_the_coordination_prepares(self, table: Table) -> None:
        with pytest.raises(NotAllowed):
            services.create(viewer=table.viewer("coco"), version=table.draft, title="x")
        row = made.prepared(table)
        with pytest.raises(NotAllowed):
            services.open_form(viewer=table.viewer("partner"), pk=row.pk)

    def test_actions_can_be_left_out_before_opening(self, table: Table) -> None:
        row = made.prepared(table)
        made.add_options(row, 2)
        coordinator = table.viewer("coordinator")
        assert services.choose_options(viewer=coordinator, pk=row.pk, keys={1, 3}) == 2
        with pytest.raises(DomainError, match="au moins une"):
            services.choose_options(viewer=coordinator, pk=row.pk, keys=set())
        services.remove(viewer=coordinator, pk=row.pk)
        assert not Prioritisation.objects.exists()


class TestReaching:
    @pytest.mark.django_db(transaction=True)
    def test_who_has_no_account_receives_a_link(self, table: Table) -> None:
        row = made.prepared(table)
        voice = made.voice_of(row, "Organisme Y")
        voices.add_address(viewer=table.viewer("coordinator"), pk=row.pk, voice_id=voice.pk, email="Y@Exemple.test ")
        services.open_form(viewer=table.viewer("coordinator"), pk=row.pk)
        voices.send_links(row=Prioritisation.objects.select_related("space").get())
        work(once=True)
        [sent] = [one for one in mail.outbox if one.to == ["y@exemple.test"]]
        assert made.link_of(row, "y@exemple.test") in sent.body
        assert not any(
            voices.token_of(made.invitee_of(row, "y@exemple.test")) in str(job) for job in Job.objects.values()
        )
        assert Notice.objects.filter(kind="decisions.opinion", user=table.user("partner")).count() == 1

    def test_reminders_go_to_those_who_have_not_finished(self, table: Table) -> None:
        row = made.opened(table)
        coordinator = table.viewer("coordinator")
        Voice.objects.filter(organisation=table.x).update(done_at=timezone.now())
        assert voices.remind(viewer=coordinator, pk=row.pk) == 4
        assert voices.remind(viewer=coordinator, pk=row.pk) == 0
        assert not Invitee.objects.filter(voice__organisation=table.x, reminders__gt=0).exists()

    def test_they_leave_by_themselves_before_the_deadline(self, table: Table) -> None:
        row = made.opened(table)
        assert tasks.remind(None) == {"people": 5}  # type: ignore[arg-type]
        Prioritisation.objects.update(deadline=timezone.now() + timedelta(days=4))
        Invitee.objects.update(reminded_on=None, sent_at=None)
        assert tasks.remind(None) == {"people": 0}  # type: ignore[arg-type]
        assert row.pk

    def test_a_voice_that_answered_stays_on_the_list(self, table: Table) -> None:
        row = made.answered(table)
        coordinator, voice = table.viewer("coordinator"), made.voice_of(row, "Organisme X")
        with pytest.raises(DomainError, match="déjà répondu"):
            voices.remove_voice(viewer=coordinator, pk=row.pk, voice_id=voice.pk)
        voices.remove_voice(viewer=coordinator, pk=row.pk, voice_id=made.voice_of(row, "Ville d’essai").pk)
        assert Voice.objects.count() == 3

    def test_a_family_is_corrected_before_opening_only(self, table: Table) -> None:
        row = made.prepared(table)
        coordinator, voice = table.viewer("coordinator"), made.voice_of(row, "Organisme X")
        assert voice.family == "housing"
        voices.set_family(viewer=coordinator, pk=row.pk, voice_id=voice.pk, family="community")
        services.open_form(viewer=coordinator, pk=row.pk)
        with pytest.raises(DomainError):
            voices.set_family(viewer=coordinator, pk=row.pk, voice_id=voice.pk, family="housing")


class TestAnswering:
    def test_two_people_of_an_organisation_fill_the_same_ballot(self, table: Table) -> None:
        row = made.opened(table)
        made.add_options(row, 2)
        voice = made.voice_of(row, "Organisme porteur")
        for who, said in (("coordinator", {1: "useful", 2: "leave"}), ("coco", {2: "important", 3: "unknown"})):
            answers.answer(viewer=table.viewer(who), pk=row.pk, voice_id=voice.pk, said=answers.Said(grades=said))
        ballot = PriorityBallot.objects.get(voice=voice)
        assert ballot.grades == {"1": "useful", "2": "important", "3": "unknown"}
        voice.refresh_from_db()
        assert (voice.saved_by, voice.channel) == ("Bruno Exemple", "login")

    def test_by_link_without_an_account(self, table: Table) -> None:
        row = made.opened(table)
        invitee = made.invitee_of(row, "partner@exemple.test")
        answers.answer_by_link(token=voices.token_of(invitee), said=answers.Said({1: "essential"}, {1: 1}, done=True))
        voice = made.voice_of(row, "Organisme X")
        assert (voice.channel, voice.saved_by) == ("link", "Carole Témoin")
        assert voice.done_at is not None
        assert PriorityBallot.objects.get(voice=voice).money == {"1": 1}
        assert Entry.objects.filter(verb="prioritisation.finished", note="Organisme X").count() == 1
        assert "essential" not in str(list(Entry.objects.values("before", "after", "note")))

    def test_nobody_answers_for_another_organisation(self, table: Table) -> None:
        row = made.opened(table)
        voice = made.voice_of(row, "Organisme Y")
        with pytest.raises(NotVisible):
            answers.answer(
                viewer=table.viewer("partner"), pk=row.pk, voice_id=voice.pk, said=answers.Said({1: "useful"})
            )
        with pytest.raises(NotVisible):
            answers.answer_by_link(token="rien", said=answers.Said())

    def test_after_the_deadline_nothing_is_taken(self, table: Table) -> None:
        row = made.opened(table)
        Prioritisation.objects.update(deadline=timezone.now() - timedelta(minutes=1))
        invitee = made.invitee_of(row, "partner@exemple.test")
        with pytest.raises(DomainError, match="fermé"):
            answers.answer_by_link(token=voices.token_of(invitee), said=answers.Said({1: "useful"}))

    def test_paper_is_marked_and_never_over_an_answer(self, table: Table) -> None:
        row = made.opened(table)
        coordinator, voice = table.viewer("coordinator"), made.voice_of(row, "Organisme Y")
        answers.answer_on_paper(viewer=coordinator, pk=row.pk, voice_id=voice.pk, said=answers.Said({1: "minor"}))
        voice.refresh_from_db()
        assert (voice.channel, voice.saved_by) == ("paper", "Alice Modèle, d’après le papier")
        other = made.voice_of(row, "Organisme X")
        made.said(row, other, {"1": "useful"})
        with pytest.raises(DomainError, match="en ligne"):
            answers.answer_on_paper(viewer=coordinator, pk=row.pk, voice_id=other.pk, said=answers.Said({1: "leave"}))

    def test_a_hundred_points_and_no_more(self, table: Table) -> None:
        row = made.opened(table, money="allot")
        made.add_options(row, 1)
        voice = made.voice_of(row, "Organisme X")
        partner = table.viewer("partner")
        answers.answer(viewer=partner, pk=row.pk, voice_id=voice.pk, said=answers.Said(money={1: 60, 2: 40}))
        with pytest.raises(DomainError, match="20 points de trop"):
            answers.answer(viewer=partner, pk=row.pk, voice_id=voice.pk, said=answers.Said(money={1: 80}))
        answers.answer(viewer=partner, pk=row.pk, voice_id=voice.pk, said=answers.Said(money={1: 0}))
        assert PriorityBallot.objects.get(voice=voice).money == {"2": 40}

    def test_what_is_not_on_the_form_is_refused(self, table: Table) -> None:
        row = made.opened(table)
        voice, partner = made.voice_of(row, "Organisme X"), table.viewer("partner")
        for said in (answers.Said({9: "useful"}), answers.Said({1: "bof"}), answers.Said(money={9: 1})):
            with pytest.raises(DomainError, match="pas sur le formulaire"):
                answers.answer(viewer=partner, pk=row.pk, voice_id=voice.pk, said=said)

    def test_a_person_keeps_no_more_than_needed(self, table: Table) -> None:
        row = made.opened(table, voice_mode="person", disclosure="nobody")
        voice = made.voice_of(row, "Carole Témoin")
        answers.answer(viewer=table.viewer("partner"), pk=row.pk, voice_id=voice.pk, said=answers.Said({1: "useful"}))
        voice.refresh_from_db()
        assert voice.saved_by == ""
        assert {field.name for field in PriorityBallot._meta.fields} == {
            "id", "space", "prioritisation", "voice", "family", "grades", "money"
        }  # fmt: skip


class TestClosing:
    def test_the_deadline_closes_and_counts(self, table: Table) -> None:
        row = made.answered(table)
        Prioritisation.objects.update(deadline=timezone.now() - timedelta(minutes=1))
        assert tasks.close_due(None) == {"closed": 1}  # type: ignore[arg-type]
        assert tasks.close_due(None) == {"closed": 0}  # type: ignore[arg-type]
        assert latest(Prioritisation.objects.get(pk=row.pk), CountKind.GRADES) is not None
        assert Notice.objects.filter(kind="decisions.results").exists()

    def test_the_link_between_answer_and_voice_is_cut_where_promised(self, table: Table) -> None:
        row = made.opened(table, disclosure="nobody")
        grades = ("leave", "essential", "useful")
        listed = list(Voice.objects.filter(prioritisation=row).order_by("pk"))
        for voice, grade in zip(listed, grades, strict=False):
            made.said(row, voice, {"1": grade})
        before = set(PriorityBallot.objects.values_list("pk", flat=True))
        papers = {json.dumps(one.grades) for one in papers_of(row)}
        counting.close(viewer=table.viewer("coordinator"), pk=row.pk)
        kept = list(PriorityBallot.objects.filter(prioritisation=row).order_by("pk"))
        assert all(one.voice_id is None for one in kept)
        assert before.isdisjoint(one.pk for one in kept)
        assert [one.grades["1"] for one in kept] == sorted(grades)  # an order that comes from what they say
        assert {json.dumps(one.grades) for one in kept} == papers
        assert {one.family for one in kept} == {""}  # too few of each family to be told apart
        assert Voice.objects.exclude(saved_at=None).count() == 3  # who answered stays

    def test_an_empty_form_is_not_a_voice(self, table: Table) -> None:
        row = made.opened(table)
        made.said(row, made.voice_of(row, "Organisme X"), {})
        counting.close(viewer=table.viewer("coordinator"), pk=row.pk)
        assert not PriorityBallot.objects.exists()
        counted = latest(Prioritisation.objects.get(pk=row.pk), CountKind.GRADES)
        assert counted is not None
        assert counted.outcome["voices"] == 0

    def test_a_long_count_is_a_job_with_progress(self, table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(counting, "INLINE", 0)
        row = made.answered(table)
        job = counting.close(viewer=table.viewer("coordinator"), pk=row.pk)
        assert job is not None
        assert not CountResult.objects.exists()
        work(once=True)
        job.refresh_from_db()
        assert (job.state, job.progress) == ("done", 100)
        assert "resultats" in job.result["url"]
        assert CountResult.objects.count() == 2

    def test_closing_is_for_good(self, table: Table) -> None:
        row = made.closed(table)
        with pytest.raises(DomainError, match="fermée"):
            services.write_settings(viewer=table.viewer("coordinator"), pk=row.pk, title="Autre")
        with pytest.raises(DomainError):
            voices.invite(viewer=table.viewer("coordinator"), pk=row.pk)

    def test_addresses_go_after_six_months(self, table: Table) -> None:
        row = made.closed(table)
        assert list(_due(timezone.localdate())) == []
        Prioritisation.objects.filter(pk=row.pk).update(closed_at=timezone.now() - timedelta(days=200))
        ids = list(_due(timezone.localdate()))
        _remove(ids)
        _remove(ids)
        assert not Invitee.objects.exists()
        assert Voice.objects.exclude(saved_at=None).count() == 3


class TestProof:
    def test_counting_again_gives_the_same(self, table: Table) -> None:
        row = made.closed(table)
        for result in CountResult.objects.filter(prioritisation=row):
            found = counting.verify(viewer=table.viewer("observer"), pk=row.pk, result_id=result.pk)
            assert found.holds
            assert found.same_code

    def test_everything_needed_is_kept(self, table: Table) -> None:
        row = made.closed(table)
        money = json.loads(CountResult.objects.get(prioritisation=row, kind="money").settings)
        assert money["rules"] == ["greedy", "equal-shares"]
        assert money["completion"] == "add1+greedy"
        assert (money["tie_break"], money["seed"]) == (["cost", "votes", "lot"], row.seed)
        grades = CountResult.objects.get(prioritisation=row, kind="grades")
        assert json.loads(grades.settings)["thresholds"]["version"] == "2026-11"
        assert len(grades.ballots_digest) == len(grades.sha256) == 64
        assert "+" in grades.code_version

    def test_a_ballot_that_was_changed_is_seen(self, table: Table) -> None:
        row = made.closed(table)
        ballot = PriorityBallot.objects.filter(prioritisation=row).order_by("pk")[0]
        ballot.grades["1"] = "leave"
        ballot.save()
        result = CountResult.objects.get(prioritisation=row, kind="grades")
        found = counting.verify(viewer=table.viewer("coco"), pk=row.pk, result_id=result.pk)
        assert (found.same_ballots, found.same_record, found.holds) == (False, True, False)

    def test_a_result_that_was_changed_is_seen(self, table: Table) -> None:
        row = made.closed(table)
        CountResult.objects.filter(kind="money").update(outcome="{}")
        result = CountResult.objects.get(prioritisation=row, kind="money")
        found = counting.verify(viewer=table.viewer("coco"), pk=row.pk, result_id=result.pk)
        assert (found.same_ballots, found.same_record, found.same_outcome) == (True, False, False)

    def test_a_short_list_is_kept_and_proven_too(self, table: Table) -> None:
        row = made.closed(table)
        result = counting.short_list(viewer=table.viewer("coco"), pk=row.pk, keys=[1, 2, 3])
        assert json.loads(result.outcome)["groups"]
        assert counting.verify(viewer=table.viewer("coco"), pk=row.pk, result_id=result.pk).holds
        with pytest.raises(DomainError, match="de 2 à"):
            counting.short_list(viewer=table.viewer("coco"), pk=row.pk, keys=[1])
        with pytest.raises(NotAllowed):
            counting.short_list(viewer=table.viewer("partner"), pk=row.pk, keys=[1, 2])
