"""Preparing events, registering, being there, learning from it."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.core.jobs.worker import work
from concertoit.ground.surveys.models import Invitee, Survey
from concertoit.ground.surveys.services import writing
from concertoit.together.events import privacy
from concertoit.together.events.enums import EventState, NeedState, Seat
from concertoit.together.events.models import Event, Need, Registration, Session
from concertoit.together.events.services import events, measuring, needs, registering
from concertoit.together.events.services.registering import Guest
from concertoit.together.events.tasks import reminders
from tests.hostile import assert_constant_queries
from tests.personas import Table
from tests.together.events.made import event_of, held, need_of, registered, session_of

pytestmark = pytest.mark.django_db


def page(event: Event, name: str = "event", **more: int) -> str:
    return reverse(f"events:{name}", kwargs={"slug": event.space.slug, "event_id": event.pk, **more})


class TestPreparing:
    def test_it_is_announced_with_a_session(self, table: Table):
        viewer = table.viewer("coordinator")
        event = events.save_event(viewer=viewer, title="Sans date")
        with pytest.raises(DomainError, match="au moins une séance"):
            events.set_state(viewer=viewer, event=event, state=EventState.ANNOUNCED)

    def test_a_draft_is_for_who_prepares_it(self, table: Table):
        event = event_of(table, announced=False)
        assert table.client("partner").get(page(event)).status_code == 404
        assert table.client("coordinator").get(page(event)).status_code == 200

    def test_one_with_people_stays(self, table: Table):
        event = event_of(table)
        registered(session_of(event))
        viewer = table.viewer("coordinator")
        with pytest.raises(DomainError, match="l’activité reste"):
            events.remove_event(viewer=viewer, event=event)
        with pytest.raises(DomainError, match="annulez plutôt"):
            events.set_state(viewer=viewer, event=event, state=EventState.DRAFT)

    def test_no_fewer_seats_than_people(self, table: Table):
        event = event_of(table)
        session = session_of(event)
        registered(session, "Nora")
        registered(session, "Omar")
        with pytest.raises(DomainError, match="2 personnes"):
            events.save_session(viewer=table.viewer("coordinator"), event=event, session=session, capacity=1)

    def test_a_move_is_told_with_a_higher_sequence(self, table: Table):
        event = event_of(table)
        session = session_of(event)
        registered(session)
        work(once=True)
        mail.outbox.clear()
        later = session.starts_at + timedelta(days=1)
        events.save_session(viewer=table.viewer("coordinator"), event=event, session=session, starts_at=later)
        work(once=True)
        message = mail.outbox[-1].message()
        assert "method=REQUEST" in message.as_string().replace('"', "")
        calendar = next(
            part.get_payload(decode=True).decode()
            for part in message_from_bytes(message.as_bytes()).walk()
            if part.get_content_type() == "text/calendar"
        )
        assert "SEQUENCE:1" in calendar
        assert "America/Toronto" in calendar
        assert str(session.uid) in calendar

    def test_a_cancelled_session_tells_why(self, table: Table):
        event = event_of(table)
        session = session_of(event)
        registered(session)
        viewer = table.viewer("coordinator")
        with pytest.raises(DomainError, match="Dites pourquoi"):
            events.cancel_session(viewer=viewer, session=session, reason=" ")
        events.cancel_session(viewer=viewer, session=session, reason="La salle est prise.")
        work(once=True)
        assert "La salle est prise." in mail.outbox[-1].body
        with pytest.raises(DomainError, match="terminées"):
            registered(session_of(event), "Tard")

    def test_only_the_coordination_prepares(self, table: Table):
        with pytest.raises(NotAllowed):
            events.save_event(viewer=table.viewer("coco"), title="Non")

    def test_the_form_of_a_session_keeps_what_was_typed(self, table: Table):
        event = event_of(table)
        answer = table.client("coordinator").post(
            page(event, "session_add"), {"place": "Grande salle", "day": "demain"}
        )
        assert answer.status_code == 422
        assert "Grande salle" in answer.text

    def test_every_form_saves(self, table: Table):
        client, slug = table.client("coordinator"), table.space.slug
        client.post(reverse("events:programme_add", kwargs={"slug": slug}), {"title": "Automne"})
        client.post(reverse("events:event_add", kwargs={"slug": slug}), {"title": "Visite", "kind": "visit"})
        event = Event.objects.get(title="Visite")
        posted = {"day": "2027-02-03", "hour": "13:30", "minutes": "90", "place": "Ici"}
        client.post(page(event, "session_add"), posted)
        session = Session.objects.get(event=event)
        assert timezone.localtime(session.starts_at).isoformat() == "2027-02-03T13:30:00-05:00"
        assert client.post(page(event, "event_state"), {"quoi": "annoncer"}).status_code == 302
        assert client.post(page(event, "synthesis"), {"synthesis": "On retient tout."}).status_code == 302
        assert "On retient tout." in table.client("observer").get(page(event)).text
        assert "Visite" in table.client("observer").get(reverse("events:season", kwargs={"slug": slug})).text


class TestRegistering:
    def test_full_means_waiting_and_a_free_seat_calls_the_first(self, table: Table):
        session = session_of(event_of(table, capacity=1))
        first, second, third = (registered(session, name) for name in ("Nora", "Omar", "Paul"))
        assert [one.seat for one in (first, second, third)] == [Seat.REGISTERED, Seat.WAITING, Seat.WAITING]
        called = registering.give_up(registration=first)
        assert [one.pk for one in called] == [second.pk]
        back = registered(session, "Nora")
        assert back.pk == first.pk
        assert back.seat == Seat.WAITING
        registering.give_up(registration=Registration.objects.get(pk=second.pk))
        third.refresh_from_db()
        assert third.seat == Seat.REGISTERED

    def test_the_same_address_once(self, table: Table):
        session = session_of(event_of(table))
        registered(session)
        with pytest.raises(DomainError, match="déjà inscrite"):
            registered(session)

    def test_more_seats_call_those_who_wait(self, table: Table):
        event = event_of(table, capacity=1)
        session = session_of(event)
        registered(session, "Nora")
        waiting = registered(session, "Omar")
        local = timezone.localtime(session.starts_at)
        posted = {"day": f"{local:%Y-%m-%d}", "hour": f"{local:%H:%M}", "minutes": "120", "capacity": "2"}
        answer = table.client("coordinator").post(page(event, "session", session_id=session.pk), posted)
        assert answer.status_code == 302
        waiting.refresh_from_db()
        assert waiting.seat == Seat.REGISTERED

    def test_a_member_comes_and_gives_up(self, table: Table):
        event = event_of(table)
        session, client = session_of(event), table.client("partner")
        client.post(page(event, "register", session_id=session.pk))
        assert "votre place est réservée" in client.get(page(event)).text
        client.post(page(event, "give_up", session_id=session.pk))
        assert Registration.objects.get().seat == Seat.CANCELLED

    def test_after_the_last_day_only_the_coordination(self, table: Table):
        event = event_of(table)
        Session.objects.filter(event=event).update(closes_on=timezone.localdate() - timedelta(days=1))
        session = session_of(event)
        with pytest.raises(DomainError, match="terminées"):
            registered(session)
        registering.register(session=session, guest=Guest("Au téléphone"), by=table.viewer("coordinator"))
        assert Registration.objects.get().email == ""

    def test_by_the_open_address(self, table: Table):
        shut, wide = session_of(event_of(table, open_to_all=False)), session_of(event_of(table))
        address = reverse("events:sign_up", kwargs={"uid": shut.uid})
        assert Client().get(address).status_code == 404
        address = reverse("events:sign_up", kwargs={"uid": wide.uid})
        bad = Client().post(address, {"name": "Zoé", "email": "zoe"})
        assert bad.status_code == 422
        assert "Zoé" in bad.text
        good = Client().post(address, {"name": "Zoé", "email": "zoe@exemple.test"})
        assert "votre place est réservée" in good.text.lower()

    def test_ones_own_page(self, table: Table):
        session = session_of(event_of(table))
        row = registered(session)
        token = registering.token_of(row)
        assert token not in str(list(Registration.objects.values_list()))
        client = Client()
        address = reverse("events:own", kwargs={"token": token})
        assert "Votre place est réservée" in client.get(address).text
        client.post(reverse("events:own_give_up", kwargs={"token": token}))
        assert "rendu votre place" in client.get(address).text
        assert client.get(reverse("events:own", kwargs={"token": "rien"})).status_code == 404


class TestBeingThere:
    def test_by_code_during_the_session_only(self, table: Table):
        session = session_of(event_of(table))
        row = registered(session)
        posted = {"code": session.code.lower(), "email": row.email.upper()}
        address = reverse("events:check_in")
        assert Client().post(address, posted).status_code == 422
        held(session)
        assert "Bienvenue" in Client().post(address, posted).text
        row.refresh_from_db()
        assert row.present
        unknown = Client().post(address, {**posted, "email": "qui@exemple.test"})
        assert "n’est pas inscrite" in unknown.text

    def test_by_hand_and_the_certificate_follows(self, table: Table):
        event = event_of(table)
        session = session_of(event)
        there, absent = registered(session, "Nora"), registered(session, "Omar")
        viewer = table.viewer("coordinator")
        with pytest.raises(DomainError, match="le jour de la séance"):
            registering.take_presence(viewer=viewer, session=session, present={there.pk: True})
        held(session, hours=3)
        posted = {f"presence-{there.pk}": "oui", f"presence-{absent.pk}": "non"}
        table.client("coordinator").post(page(event, "people", session_id=session.pk), posted)
        given = Client().get(reverse("events:certificate", kwargs={"token": registering.token_of(there)}))
        assert given.content.startswith(b"%PDF")
        refused = Client().get(reverse("events:certificate", kwargs={"token": registering.token_of(absent)}))
        assert refused.status_code == 404

    def test_the_list_is_a_file_without_formulas(self, table: Table):
        event = event_of(table)
        session = session_of(event)
        registering.register(session=session, guest=Guest("=cmd", "a@exemple.test"))
        text = table.client("coco").get(page(event, "people_file", session_id=session.pk)).content.decode()
        assert "'=cmd" in text

    def test_needs_to_take_part_are_for_few(self, table: Table):
        event = event_of(table)
        session = session_of(event)
        registered(session, needs="un fauteuil")
        assert table.client("partner").get(page(event, "people", session_id=session.pk)).status_code == 403
        assert "un fauteuil" not in table.client("partner").get(page(event)).text

    def test_reminded_once_two_days_before(self, table: Table):
        registered(session_of(event_of(table, days=1.5)))
        assert reminders(None) == {"people": 1}  # type: ignore[arg-type]
        assert reminders(None) == {"people": 0}  # type: ignore[arg-type]

    def test_names_go_after_two_years_and_counts_stay(self, table: Table):
        session = session_of(event_of(table))
        row = registered(session, needs="rampe")
        Session.objects.filter(pk=session.pk).update(starts_at=timezone.now() - timedelta(days=800))
        assert privacy.due(timezone.localdate()) == [row.pk]
        privacy.remove([row.pk])
        row.refresh_from_db()
        assert (row.name, row.email, row.needs) == ("", "", "")
        assert Registration.objects.count() == 1
        assert privacy.due(timezone.localdate()) == []


class TestLearning:
    def test_satisfaction_goes_to_who_came(self, table: Table):
        event = event_of(table)
        session = session_of(event)
        there = registered(session, "Nora")
        registered(session, "Omar")
        viewer = table.viewer("coordinator")
        survey = measuring.prepare_satisfaction(viewer=viewer, event=event)
        writing.open_survey(viewer=viewer, survey=survey)
        with pytest.raises(DomainError, match="Personne à qui"):
            measuring.send(viewer=viewer, event=event, survey=survey)
        Registration.objects.filter(pk=there.pk).update(present=True)
        assert measuring.send(viewer=viewer, event=event, survey=survey) == 1
        assert Invitee.objects.get().email == there.email

    def test_knowledge_before_goes_to_who_registered(self, table: Table):
        event = event_of(table)
        registered(session_of(event))
        viewer = table.viewer("coordinator")
        survey = measuring.prepare_knowledge(viewer=viewer, event=event)
        writing.save_question(
            viewer=viewer, survey=survey, kind="one", text="Combien?", options=[("Dix", True), ("Vingt", False)]
        )
        writing.open_survey(viewer=viewer, survey=survey)
        assert measuring.send(viewer=viewer, event=event, survey=survey) == 1
        with pytest.raises(DomainError, match="déjà son questionnaire"):
            measuring.prepare_knowledge(viewer=viewer, event=event)
        other = event_of(table, title="Autre")
        with pytest.raises(DomainError, match="n’est pas celui"):
            measuring.send(viewer=viewer, event=other, survey=survey)

    def test_the_page_prepares_and_sends(self, table: Table):
        event = event_of(table)
        client = table.client("coordinator")
        answer = client.post(page(event, "measure"), {"quoi": "satisfaction"})
        survey = Survey.objects.get()
        assert answer.status_code == 302
        assert survey.title in client.get(page(event)).text


class TestNeeds:
    def test_said_once_and_supported(self, table: Table):
        need = need_of(table, "Lire un bail")
        with pytest.raises(DomainError, match="déjà dans la liste"):
            need_of(table, "lire un BAIL")
        needs.support(viewer=table.viewer("contributor"), need=need, on=True)
        needs.support(viewer=table.viewer("contributor"), need=need, on=True)
        assert need.supports.count() == 2
        needs.support(viewer=table.viewer("contributor"), need=need, on=False)
        assert need.supports.count() == 1

    def test_an_event_answers_needs(self, table: Table):
        viewer, need = table.viewer("coordinator"), need_of(table)
        event = event_of(table, needs=[need])
        need.refresh_from_db()
        assert (need.state, need.event_id) == (NeedState.PLANNED, event.pk)
        events.set_state(viewer=viewer, event=event, state=EventState.DONE)
        need.refresh_from_db()
        assert need.state == NeedState.ANSWERED

    def test_set_aside_says_why(self, table: Table):
        viewer, need = table.viewer("coordinator"), need_of(table)
        with pytest.raises(DomainError, match="Dites pourquoi"):
            needs.follow(viewer=viewer, need=need, state=NeedState.SET_ASIDE)
        answer = table.client("coordinator").post(
            reverse("events:need_follow", kwargs={"slug": table.space.slug, "need_id": need.pk}),
            {"state": "set_aside", "note": "Hors de notre mission."},
        )
        assert answer.status_code == 302
        assert (
            "Hors de notre mission."
            in table.client("observer").get(reverse("events:needs", kwargs={"slug": table.space.slug})).text
        )
        with pytest.raises(NotAllowed):
            needs.express(viewer=table.viewer("observer"), title="Non")

    def test_the_needs_of_another_space_are_not_found(self, table: Table):
        from concertoit.together.events.queries.events import need_for

        need = Need.objects.create(space=table.other, title="Ailleurs")
        with pytest.raises(NotVisible):
            need_for(table.viewer("coordinator"), need.pk)


class TestPages:
    def test_the_season_asks_the_same_for_many(self, table: Table):
        registered(session_of(event_of(table)))
        address = reverse("events:season", kwargs={"slug": table.space.slug})

        def more() -> None:
            for number in range(5):
                registered(session_of(event_of(table, title=f"Numéro {number}")), f"N{number}")

        assert_constant_queries(more, lambda: table.client("partner").get(address))

    def test_the_desk_says_what_comes_and_what_to_do(self, table: Table):
        event = event_of(table)
        session = session_of(event)
        registered(session)
        assert event.title in table.client("partner").get("/").text
        held(session, hours=30)
        assert "Prendre les présences" in table.client("coordinator").get("/").text
        assert "Prendre les présences" not in table.client("partner").get("/").text
