"""A proposal through its process: who speaks for whom, the life of objections, results (facts, section 4)."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.core.jobs.worker import work
from concertoit.ground.core.personal_links import digest_of
from concertoit.ground.notifications.models import Notice
from concertoit.ground.spaces.models import Membership
from concertoit.together.decisions.models import (
    ConsentObjection,
    ConsentRound,
    ConsentSeat,
    ConsentTurn,
    ConsentVoice,
)
from concertoit.together.decisions.queries.consent import view_of
from concertoit.together.decisions.rules.consent import (
    Mode,
    ObjectionState,
    Presence,
    Reaction,
    RoundState,
    Voice,
)
from concertoit.together.decisions.services import consent_objections as objections
from concertoit.together.decisions.services import consent_rounds as rounds
from concertoit.together.decisions.services import consent_sessions as sessions
from concertoit.together.decisions.services import consent_voices as voices
from concertoit.together.decisions.services.consent_mandates import settle_mandate
from concertoit.together.decisions.services.consent_objections import Amendment
from concertoit.together.decisions.services.consent_sessions import SessionFacts
from concertoit.together.decisions.services.consent_voices import Said
from tests.personas import Table
from tests.together.decisions import consented
from tests.together.decisions.consented import move, object_to, round_of, say, seat_of, session_of, speaker


def conclude(table: Table, row: ConsentRound, adopted: bool = True, words: str = "") -> ConsentRound:
    return rounds.conclude(viewer=table.viewer("coordinator"), round_id=row.pk, adopted=adopted, words=words)


class TestCalling:
    def test_one_seat_per_organisation_of_the_table(self, table: Table) -> None:
        """Two people of the host organisation have one voice; who observes and who funds have none."""
        session = session_of(table)
        labels = set(ConsentSeat.objects.filter(session=session).values_list("label", flat=True))
        assert labels == {"Organisme porteur", "Organisme X", "Organisme Y", "Ville d’essai"}

    def test_a_person_in_their_own_name_has_their_seat(self, table: Table) -> None:
        Membership.objects.filter(pk=table.membership("elected").pk).update(organisation=None)
        seat = ConsentSeat.objects.get(session=session_of(table), organisation=None)
        assert seat.label == table.person("elected").full_name
        assert voices.as_member(table.viewer("elected"), seat.pk).seat == seat
        with pytest.raises(NotAllowed):
            voices.as_member(table.viewer("partner"), seat.pk)

    def test_the_database_keeps_no_secret(self, table: Table) -> None:
        seat = seat_of(table)
        token = sessions.token_of(seat)
        assert seat.token_digest == digest_of(token)
        assert token not in str(ConsentSeat.objects.values())
        with pytest.raises(IntegrityError), transaction.atomic():
            ConsentSeat.objects.create(
                space=table.space, session=seat.session, organisation=table.x, label="X", token_digest="y" * 64
            )

    def test_only_the_coordination_prepares(self, table: Table) -> None:
        with pytest.raises(NotAllowed):
            sessions.prepare(viewer=table.viewer("coco"), facts=SessionFacts("Séance"))
        with pytest.raises(DomainError, match="quorum"):
            sessions.prepare(viewer=table.viewer("coordinator"), facts=SessionFacts("Séance", quorum=50))
        with pytest.raises(DomainError, match="voix"):
            sessions.prepare(viewer=table.viewer("coordinator"), facts=SessionFacts("Séance"), keys=set())

    @pytest.mark.django_db(transaction=True)
    def test_links_leave_to_those_without_account(self, table: Table) -> None:
        row = round_of(table, mode=Mode.REMOTE)
        ConsentSeat.objects.filter(pk=seat_of(table, "y").pk).update(email="y@exemple.test")
        Membership.objects.filter(organisation=table.y).update(person=None)
        assert sessions.send_links(viewer=table.viewer("coordinator"), session_id=row.session_id) == 4
        work(once=True)
        bodies = [message.body for message in mail.outbox if message.to == ["y@exemple.test"]]
        seat = ConsentSeat.objects.get(label="Organisme Y")
        assert any(f"/consentir/{sessions.token_of(seat)}/" in body for body in bodies)
        assert Notice.objects.filter(user=table.user("partner"), kind="decisions.consent").exists()


class TestSpeaking:
    def test_only_its_people_speak_for_an_organisation(self, table: Table) -> None:
        round_of(table)
        for key in ("contributor", "coordinator", "observer"):
            with pytest.raises(NotAllowed):
                voices.as_member(table.viewer(key), seat_of(table, "x").pk)
        with pytest.raises(NotVisible):
            voices.as_member(table.viewer("partner"), 10**6)

    def test_a_voice_may_change_until_the_round_ends(self, table: Table) -> None:
        row = round_of(table)
        say(table, row, Voice.OBJECTION, reason="Trop tôt.")
        voice = say(table, row)
        assert ConsentVoice.objects.get(turn__round=row) == voice
        assert ConsentObjection.objects.get().state == ObjectionState.WITHDRAWN
        conclude(table, row)
        with pytest.raises(DomainError, match="étape"):
            say(table, row)

    def test_each_thing_in_its_time(self, table: Table) -> None:
        row = round_of(table, RoundState.QUESTIONS)
        voices.ask(speaker=speaker(table), round_id=row.pk, body="Pourquoi le jeudi?")
        with pytest.raises(DomainError, match="étape"):
            voices.react(speaker=speaker(table), round_id=row.pk, kind=Reaction.SUPPORT)
        move(table, row, RoundState.REACTIONS)
        voices.react(speaker=speaker(table), round_id=row.pk, kind=Reaction.CONCERN, body="Hum.")
        voices.react(speaker=speaker(table), round_id=row.pk, kind=Reaction.SUPPORT)
        view = view_of(table.viewer("coordinator"), row.pk)
        assert [line.reaction.kind for line in view.reacted if line.reaction] == ["support"]
        with pytest.raises(DomainError, match="étape"):
            say(table, row)

    def test_a_question_has_its_answer_before_everybody(self, table: Table) -> None:
        question = consented.question_of(table)
        with pytest.raises(NotAllowed):
            voices.answer(viewer=table.viewer("coco"), question_id=question.pk, body="Oui.")
        with pytest.raises(DomainError):
            voices.answer(viewer=table.viewer("coordinator"), question_id=question.pk, body=" ")
        voices.answer(viewer=table.viewer("coordinator"), question_id=question.pk, body="Non, chaque mois.")
        assert Notice.objects.filter(user=table.user("partner"), kind="decisions.consent_said").exists()

    def test_no_answer_after_the_last_day(self, table: Table) -> None:
        row = round_of(table, RoundState.PREPARED, mode=Mode.REMOTE)
        move(table, row, RoundState.VOICES, answer_by=timezone.localdate())
        say(table, row)
        ConsentRound.objects.filter(pk=row.pk).update(answer_by=timezone.localdate() - timedelta(days=1))
        with pytest.raises(DomainError, match="dernier jour"):
            say(table, row, persona="contributor", key="y")
        with pytest.raises(DomainError, match="passé"):
            move(table, row, RoundState.REACTIONS, answer_by=date(2020, 1, 1))

    def test_what_is_said_aloud_is_noted_as_such(self, table: Table) -> None:
        row, coordinator = round_of(table), table.viewer("coordinator")
        noted = voices.note_aloud(
            viewer=coordinator, round_id=row.pk, seat_id=seat_of(table, "y").pk, said=Said(Voice.CONSENT)
        )
        assert (noted.way, noted.said_by) == ("aloud", table.user("coordinator"))
        say(table, row, persona="contributor", key="y")  # the organisation has the last word
        with pytest.raises(DomainError, match="lui-même"):
            voices.note_aloud(
                viewer=coordinator, round_id=row.pk, seat_id=seat_of(table, "y").pk, said=Said(Voice.CONSENT)
            )
        with pytest.raises(NotAllowed):
            voices.note_tour(viewer=table.viewer("partner"), round_id=row.pk)

    def test_going_round_the_table_leaves_the_absent_silent(self, table: Table) -> None:
        row, coordinator = round_of(table), table.viewer("coordinator")
        here = {seat_of(table, "x").pk: Presence.PRESENT, seat_of(table, "y").pk: Presence.ABSENT}
        assert sessions.set_presences(viewer=coordinator, session_id=row.session_id, presences=here) == 2
        assert voices.note_tour(viewer=coordinator, round_id=row.pk) == 1
        count = view_of(coordinator, row.pk).tally
        assert (count.consent, count.silent, count.present) == (1, 3, 1)

    def test_two_links_of_one_organisation_make_one_voice(self, table: Table) -> None:
        row = round_of(table)
        for voice in (Voice.CONSENT, Voice.RESERVED):
            voices.speak(speaker=voices.by_link(consented.token_of(table)), round_id=row.pk, said=Said(voice))
        assert ConsentVoice.objects.get(turn__round=row).kind == Voice.RESERVED
        with pytest.raises(NotVisible):
            voices.by_link("pas-un-lien")


@pytest.mark.django_db(transaction=True)
def test_two_simultaneous_answers_of_one_organisation_make_one(table: Table) -> None:
    """Two people of the organisation press at the same moment, one from an account, the other from the link."""
    row, token = round_of(table), consented.token_of(table)
    member, wrong, start = speaker(table), [], threading.Barrier(2)

    def press(who: Any, voice: Voice) -> None:
        start.wait()
        try:
            voices.speak(speaker=who, round_id=row.pk, said=Said(voice))
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    pressed = [
        threading.Thread(target=press, args=(member, Voice.CONSENT)),
        threading.Thread(target=press, args=(voices.by_link(token), Voice.RESERVED)),
    ]
    for one in pressed:
        one.start()
    for one in pressed:
        one.join()
    assert ConsentVoice.objects.filter(turn__round=row).count() == 1
    assert len(wrong) < 2


class TestMandate:
    def test_a_board_confirms(self, table: Table) -> None:
        voice = consented.pending_of(table)
        with pytest.raises(NotAllowed):
            settle_mandate(
                speaker=None,
                viewer=table.viewer("contributor"),
                voice_id=voice.pk,
                confirmed=True,
                on=date(2026, 3, 1),
            )
        settle_mandate(speaker=speaker(table), viewer=None, voice_id=voice.pk, confirmed=True, on=date(2026, 3, 1))
        assert view_of(table.viewer("coco"), voice.turn.round_id).tally.consent == 1
        with pytest.raises(DomainError, match="n’attend pas"):
            settle_mandate(
                speaker=None,
                viewer=table.viewer("coordinator"),
                voice_id=voice.pk,
                confirmed=True,
                on=date(2026, 3, 1),
            )

    def test_a_board_that_declines_objects(self, table: Table) -> None:
        voice = consented.pending_of(table)
        with pytest.raises(DomainError, match="pourquoi"):
            settle_mandate(
                speaker=speaker(table), viewer=None, voice_id=voice.pk, confirmed=False, on=date(2026, 3, 1)
            )
        settle_mandate(
            speaker=speaker(table),
            viewer=None,
            voice_id=voice.pk,
            confirmed=False,
            on=date(2026, 3, 1),
            words="Trop cher.",
        )
        assert ConsentObjection.objects.get().reason == "Trop cher."
        with pytest.raises(DomainError, match="objection"):
            conclude(table, ConsentRound.objects.get())

    def test_after_the_result_the_refusal_stays_beside_it(self, table: Table) -> None:
        voice = consented.pending_of(table)
        row = conclude(table, ConsentRound.objects.get())
        settle_mandate(
            speaker=None,
            viewer=table.viewer("coordinator"),
            voice_id=voice.pk,
            confirmed=False,
            on=date(2026, 3, 1),
            words="Non.",
        )
        row.refresh_from_db()
        assert row.state == RoundState.ADOPTED
        assert not ConsentObjection.objects.exists()
        assert view_of(table.viewer("coco"), row.pk).tally.declined == 1


class TestObjections:
    """« author organisation, target, reason, proposed amendment, state, round, and the version that resolved it »."""

    def test_it_owes_a_reason(self, table: Table) -> None:
        with pytest.raises(DomainError, match="raison"):
            say(table, round_of(table), Voice.OBJECTION, reason=" ")
        assert not ConsentVoice.objects.exists()

    def test_it_aims_at_an_element(self, table: Table) -> None:
        objection = object_to(table, item_id=table.action.pk, amendment="Le mardi.")
        assert objection.item == table.action
        assert objection.target_label
        with pytest.raises(DomainError, match="plan"):
            say(table, round_of(table), Voice.OBJECTION, persona="contributor", key="y", reason="Non.", item_id=10**6)

    def test_it_is_clarified_then_not_retained_with_why(self, table: Table) -> None:
        objection, coordinator = object_to(table), table.viewer("coordinator")
        with pytest.raises(DomainError, match="pourquoi"):
            objections.treat(
                viewer=coordinator, objection_id=objection.pk, state=ObjectionState.NOT_RETAINED, words=""
            )
        with pytest.raises(DomainError, match="nouveau tour"):
            objections.treat(
                viewer=coordinator, objection_id=objection.pk, state=ObjectionState.INTEGRATED, words="Oui."
            )
        objections.treat(
            viewer=coordinator, objection_id=objection.pk, state=ObjectionState.CLARIFIED, words="La route."
        )
        treated = objections.treat(
            viewer=coordinator,
            objection_id=objection.pk,
            state=ObjectionState.NOT_RETAINED,
            words="Le jeudi est un choix.",
        )
        assert (treated.understood, treated.why) == ("La route.", "Le jeudi est un choix.")
        say(table, round_of(table), persona="contributor", key="y")
        assert conclude(table, round_of(table)).state == RoundState.ADOPTED_OVER
        assert Notice.objects.filter(user=table.user("partner"), kind="decisions.consent_said").count() == 2

    def test_its_organisation_withdraws_it_and_is_asked_again(self, table: Table) -> None:
        objection = object_to(table)
        with pytest.raises(NotAllowed):
            objections.withdraw(objection_id=objection.pk, viewer=table.viewer("coordinator"))
        with pytest.raises(NotVisible):
            objections.withdraw(objection_id=objection.pk, seat=seat_of(table, "y"))
        objections.withdraw(objection_id=objection.pk, viewer=table.viewer("partner"))
        assert not ConsentVoice.objects.exists(), "withdrawing is not consenting"
        with pytest.raises(DomainError, match="retirée"):
            objections.withdraw(objection_id=objection.pk, seat=seat_of(table, "x"))

    def test_integrating_changes_the_proposal_and_opens_a_round(self, table: Table) -> None:
        row, objection = round_of(table), object_to(table)
        coordinator = table.viewer("coordinator")

        def integrate(**changes: Any) -> ConsentTurn:
            amendment = Amendment(**{"change": "Le mardi plutôt que le jeudi.", "text": "Le mardi matin.", **changes})
            return objections.integrate(
                viewer=coordinator, round_id=row.pk, objection_ids=[objection.pk], amendment=amendment
            )

        with pytest.raises(DomainError, match="intégration"):
            integrate()
        move(table, row, RoundState.INTEGRATION)
        with pytest.raises(DomainError, match="Rien n’a changé"):
            integrate(text=row.text)
        with pytest.raises(DomainError, match="change"):
            integrate(change=" ")
        turn = integrate()
        objection.refresh_from_db()
        assert (objection.state, objection.resolved_turn, turn.number) == ("integrated", turn, 2)
        assert ConsentTurn.objects.get(round=row, number=1).text != turn.text
        assert not ConsentVoice.objects.filter(turn=turn).exists(), "each organisation is asked again"
        say(table, row)
        assert conclude(table, row).state == RoundState.ADOPTED


class TestResult:
    def test_everything_that_stops_it_is_told_at_once(self, table: Table) -> None:
        row = round_of(table, quorum=3)
        object_to(table, row)
        with pytest.raises(DomainError) as refusal:
            conclude(table, row)
        assert "objection" in str(refusal.value)
        assert "quorum" in str(refusal.value)
        assert "silence" in str(refusal.value)

    def test_not_adopted_owes_a_reason(self, table: Table) -> None:
        row = round_of(table)
        with pytest.raises(DomainError, match="pourquoi"):
            conclude(table, row, adopted=False)
        assert conclude(table, row, adopted=False, words="À retravailler.").state == RoundState.NOT_ADOPTED
        assert move(table, row, RoundState.QUESTIONS).state == RoundState.QUESTIONS
        assert ConsentTurn.objects.filter(round=row).count() == 2

    def test_quorum_is_recorded(self, table: Table) -> None:
        row = round_of(table, quorum=1)
        say(table, row)
        assert conclude(table, row).present == 1
        entry = Entry.objects.get(verb="consent.concluded")
        assert entry.after["silent"] == 3

    def test_no_step_is_skipped_backwards(self, table: Table) -> None:
        row = round_of(table, RoundState.PREPARED)
        for state in (RoundState.ADOPTED, RoundState.INTEGRATION, RoundState.PREPARED):
            with pytest.raises(DomainError):
                move(table, row, state)
        move(table, row, RoundState.VOICES)
        with pytest.raises(DomainError, match="répondent"):
            rounds.rewrite(viewer=table.viewer("coordinator"), round_id=row.pk, title="", text="Autre.")

    def test_one_proposal_at_a_time_in_the_room(self, table: Table) -> None:
        row = round_of(table)
        other = rounds.propose(
            viewer=table.viewer("coordinator"), session_id=row.session_id, title="Deux", text="Encore."
        )
        with pytest.raises(DomainError, match="une à la fois"):
            move(table, other, RoundState.VOICES)
        with pytest.raises(DomainError, match="en cours"):
            sessions.close(viewer=table.viewer("coordinator"), session_id=row.session_id)
        conclude(table, row, adopted=False, words="Non.")
        sessions.close(viewer=table.viewer("coordinator"), session_id=row.session_id)
        with pytest.raises(DomainError, match="close"):
            move(table, other, RoundState.VOICES)


def test_reminders_go_to_the_silent_once_a_day(table: Table) -> None:
    today = timezone.localdate()
    row = move(
        table,
        round_of(table, RoundState.PREPARED, mode=Mode.REMOTE),
        RoundState.VOICES,
        answer_by=today + timedelta(days=3),
    )
    say(table, row)
    ConsentSeat.objects.update(reminded_on=None)
    assert sessions.remind_silent(today=today) == 3
    assert sessions.remind_silent(today=today) == 0
    assert sessions.remind_silent(today=today + timedelta(days=1)) == 0
    assert sessions.remind_silent(today=today + timedelta(days=2)) == 3
