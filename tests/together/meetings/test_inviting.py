"""Invitations as people and their calendars receive them (facts, section 4: iCalendar), answers, presences, quorum."""

from __future__ import annotations

import email
from datetime import datetime, timedelta
from email.message import Message
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.core.jobs.worker import work
from concertoit.ground.notifications.models import Notice
from concertoit.together.meetings.enums import Answer, Presence
from concertoit.together.meetings.models import Attendance, Meeting
from concertoit.together.meetings.queries.people import expected, people_of
from concertoit.together.meetings.services import answering, attendance, inviting
from concertoit.together.meetings.services.meetings import MeetingFacts, cancel, edit_meeting, restore
from concertoit.together.meetings.services.sending import token_of
from tests.personas import Table
from tests.together.meetings import made

pytestmark = pytest.mark.django_db


def sent() -> list[Message]:
    """What left, as a mail box receives it; then the box is empty."""
    work(once=True)
    messages = [email.message_from_bytes(one.message().as_bytes()) for one in mail.outbox]
    mail.outbox.clear()
    return messages


def calendar_in(message: Message) -> tuple[str, Event]:
    """Method and event of the calendar inside a message."""
    [part] = [one for one in message.walk() if one.get_content_type() == "text/calendar"]
    assert part.get_content_disposition() is None, "inline, not attached"
    file: Any = Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == file["method"]
    assert [str(zone["tzid"]) for zone in file.walk("VTIMEZONE")] == ["America/Toronto"]
    [event] = file.walk("VEVENT")
    return str(file["method"]), event


def to(messages: list[Message], key: str) -> Message:
    [found] = [one for one in messages if one["To"] == f"{key}@exemple.test"]
    return found


class TestCalendar:
    def test_an_invitation_carries_a_request_in_the_message(self, table: Table) -> None:
        meeting = made.convened(table)
        messages = sent()
        assert len(messages) == 5
        method, event = calendar_in(to(messages, "partner"))
        assert method == "REQUEST"
        assert str(event["uid"]) == f"{meeting.uid}@concertoit"
        assert (event["sequence"], event["status"]) == (0, "CONFIRMED")
        assert event["dtstart"].params["TZID"] == "America/Toronto"
        assert event["dtstart"].dt.replace(tzinfo=None) == made.soon().replace(tzinfo=None)
        assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=150)
        assert str(event["attendee"]) == "mailto:partner@exemple.test"
        assert event["attendee"].params["PARTSTAT"] == "NEEDS-ACTION"
        assert str(event["organizer"]) == "mailto:coordinator@exemple.test"

    def test_nobody_sees_the_address_of_anybody_else(self, table: Table) -> None:
        made.convened(table)
        text = to(sent(), "partner").as_string()
        assert "contributor@" not in text
        assert "elected@" not in text

    def test_a_change_of_hour_is_an_update_with_a_higher_number(self, table: Table) -> None:
        meeting = made.convened(table)
        first = calendar_in(to(sent(), "partner"))[1]
        facts = MeetingFacts(title=meeting.title, starts_at=made.soon(12), place="Ailleurs")
        _row, written = edit_meeting(viewer=table.viewer("coordinator"), meeting_id=meeting.pk, facts=facts)
        method, event = calendar_in(to(sent(), "partner"))
        assert (written, method) == (5, "REQUEST")
        assert (event["uid"], event["sequence"]) == (first["uid"], 1)
        assert event["dtstart"].dt.date() == made.soon(12).date()

    def test_a_change_of_the_note_writes_to_nobody(self, table: Table) -> None:
        meeting = made.convened(table)
        facts = MeetingFacts(title=meeting.title, starts_at=meeting.starts_at, note="Apportez un lunch.")
        assert edit_meeting(viewer=table.viewer("coordinator"), meeting_id=meeting.pk, facts=facts)[1] == 0
        assert Meeting.objects.get(pk=meeting.pk).sequence == 0

    def test_a_cancellation_says_why_and_takes_the_meeting_out_of_calendars(self, table: Table) -> None:
        meeting = made.convened(table)
        first = calendar_in(to(sent(), "coco"))[1]
        cancel(viewer=table.viewer("coordinator"), meeting_id=meeting.pk, reason="Tempête annoncée.")
        message = to(sent(), "coco")
        method, event = calendar_in(message)
        assert (method, event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 1)
        assert event["uid"] == first["uid"]
        [text] = [one for one in message.walk() if one.get_content_type() == "text/plain"]
        assert "Tempête annoncée." in text.get_payload(decode=True).decode()  # type: ignore[union-attr]

    def test_taken_up_again_it_has_a_number_that_calendars_believe(self, table: Table) -> None:
        meeting, viewer = made.convened(table), table.viewer("coordinator")
        cancel(viewer=viewer, meeting_id=meeting.pk, reason="Tempête.")
        restore(viewer=viewer, meeting_id=meeting.pk)
        sent()
        inviting.convene(viewer=viewer, meeting_id=meeting.pk, members=[table.membership("coco").pk])
        [message] = sent()
        assert calendar_in(message)[1]["sequence"] == 2

    def test_a_cancellation_without_reason_is_refused(self, table: Table) -> None:
        with pytest.raises(DomainError):
            cancel(viewer=table.viewer("coordinator"), meeting_id=made.convened(table).pk, reason=" ")

    def test_the_summer_hour_is_the_hour_on_the_wall(self, table: Table) -> None:
        from concertoit.together.meetings.rules.recurrence import ZONE

        summer = datetime(timezone.localdate().year + 1, 7, 7, 9, 30, tzinfo=ZONE)
        meeting = made.extra_of(table, starts_at=summer)
        inviting.convene(
            viewer=table.viewer("coordinator"), meeting_id=meeting.pk, members=[table.membership("coco").pk]
        )
        [message] = sent()
        assert b"T093000" in message.as_bytes() or "T093000" in str(calendar_in(message)[1].to_ical())

    def test_sent_again_with_the_agenda(self, table: Table) -> None:
        meeting = made.convened(table)
        sent()
        assert inviting.send_again(viewer=table.viewer("coordinator"), meeting_id=meeting.pk) == 5
        assert calendar_in(to(sent(), "coco"))[1]["sequence"] == 1


class TestPeople:
    def test_the_seats_of_the_body_are_expected(self, table: Table) -> None:
        keys = {str(one.person) for one in expected(made.extra_of(table))}
        assert keys == {"Alice Modèle", "Bruno Exemple"}

    def test_a_plenary_without_seats_is_everybodys_but_of_who_looks_on(self, table: Table) -> None:
        meeting = made.extra_of(table)
        Meeting.objects.filter(pk=meeting.pk).update(body=table.plenary)
        keys = {one.role for one in expected(Meeting.objects.select_related("body").get(pk=meeting.pk))}
        assert keys == {"coordination", "coco", "partner", "contributor"}

    def test_a_notice_waits_in_the_application_and_no_second_email_leaves(self, table: Table) -> None:
        made.convened(table)
        assert Notice.objects.filter(user=table.user("partner"), kind="meetings.invitation").count() == 1
        assert len(sent()) == 5

    def test_one_more_person_and_a_guest(self, table: Table) -> None:
        meeting, viewer = made.convened(table), table.viewer("coordinator")
        sent()
        inviting.invite(viewer=viewer, meeting_id=meeting.pk, membership=table.membership("observer"))
        guest = inviting.invite(viewer=viewer, meeting_id=meeting.pk, name="Jean Invité", email="Jean@Exemple.test")
        assert {one["To"] for one in sent()} == {"observer@exemple.test", "jean@exemple.test"}
        assert not guest.counts
        with pytest.raises(DomainError):
            inviting.invite(viewer=viewer, meeting_id=meeting.pk, name="Jean", email="jean@exemple.test")

    @pytest.mark.parametrize("fields", [{"name": ""}, {"name": "Jean", "email": "jean"}])
    def test_a_guest_without_name_or_address_is_refused(self, table: Table, fields: dict[str, str]) -> None:
        with pytest.raises(DomainError):
            inviting.invite(viewer=table.viewer("coordinator"), meeting_id=made.convened(table).pk, **fields)

    def test_taken_back_an_invitation_leaves_the_calendar(self, table: Table) -> None:
        row = made.invitation(table)
        sent()
        inviting.uninvite(viewer=table.viewer("coordinator"), meeting_id=row.meeting_id, row_id=row.pk)
        [message] = sent()
        assert calendar_in(message)[0] == "CANCEL"
        with pytest.raises(NotVisible):
            answering.find(token_of(row))

    def test_nobody_is_convened_to_the_past(self, table: Table) -> None:
        meeting = made.extra_of(table, starts_at=timezone.now() - timedelta(days=1))
        with pytest.raises(DomainError):
            inviting.convene(viewer=table.viewer("coordinator"), meeting_id=meeting.pk, members=[])

    def test_a_meeting_of_nobody_is_not_convened(self, table: Table) -> None:
        with pytest.raises(DomainError):
            inviting.convene(viewer=table.viewer("coordinator"), meeting_id=made.extra_of(table).pk, members=[])

    def test_somebody_of_another_space_is_not_there(self, table: Table) -> None:
        other = table.membership("stranger").pk
        with pytest.raises(NotVisible):
            inviting.convene(viewer=table.viewer("coordinator"), meeting_id=made.extra_of(table).pk, members=[other])

    def test_who_has_not_answered_is_reminded_once(self, table: Table) -> None:
        row = made.invitation(table)
        sent()
        answering.answer(viewer=table.viewer("partner"), row_id=row.pk, said=answering.Said(Answer.YES))
        near = row.meeting.starts_at - timedelta(days=2)
        assert inviting.remind_all(near) == 4
        assert inviting.remind_all(near) == 0
        assert len(sent()) == 4


class TestAnswers:
    def test_through_the_personal_link_without_an_account(self, table: Table) -> None:
        row = made.invitation(table)
        url = reverse("meetings:answer_link", kwargs={"token": token_of(row)})
        page = Client().get(url)
        assert "Serez-vous là?" in page.content.decode()
        assert "Bruno" not in page.content.decode()
        assert Client().post(url, {"answer": "tentative", "note": "Je verrai."}).status_code == 302
        row.refresh_from_db()
        assert (row.answer, row.answer_note) == ("tentative", "Je verrai.")
        line = Entry.objects.get(verb="meeting.answered")
        assert line.actor_id is None
        assert line.note == "Carole Témoin, peut-être"

    def test_an_answer_may_change_until_the_meeting(self, table: Table) -> None:
        row = made.invitation(table)
        for answer in (Answer.YES, Answer.NO, Answer.YES):
            answering.answer_link(token=token_of(row), said=answering.Said(answer))
        row.refresh_from_db()
        assert row.answer == Answer.YES

    def test_too_late(self, table: Table) -> None:
        row = made.invitation(table)
        Meeting.objects.filter(pk=row.meeting_id).update(starts_at=timezone.now() - timedelta(days=1))
        with pytest.raises(DomainError):
            answering.answer_link(token=token_of(row), said=answering.Said(Answer.YES))
        url = reverse("meetings:answer_link", kwargs={"token": token_of(row)})
        assert Client().get(url).status_code == 410

    def test_a_link_that_is_none_of_ours(self, table: Table) -> None:
        assert Client().get(reverse("meetings:answer_link", kwargs={"token": "0" * 64})).status_code == 404

    def test_one_answers_for_oneself(self, table: Table) -> None:
        row = made.invitation(table)
        with pytest.raises(NotAllowed):
            answering.answer(viewer=table.viewer("coco"), row_id=row.pk, said=answering.Said(Answer.NO))

    def test_a_substitute_receives_the_invitation_and_the_coordination_knows(self, table: Table) -> None:
        row = made.invitation(table)
        sent()
        said = answering.Said(Answer.NO, "En congé", "Zoé Remplaçante", "zoe@exemple.test")
        answering.answer(viewer=table.viewer("partner"), row_id=row.pk, said=said)
        message = to(sent(), "zoe")
        method, event = calendar_in(message)
        assert (method, event["attendee"].params["PARTSTAT"]) == ("REQUEST", "ACCEPTED")
        assert token_of(row) not in message.as_string(), "the link answers for another person"
        assert Notice.objects.filter(user=table.user("coordinator"), kind="meetings.answer").exists()
        cancel(viewer=table.viewer("coordinator"), meeting_id=row.meeting_id, reason="Tempête.")
        assert calendar_in(to(sent(), "zoe"))[0] == "CANCEL"

    @pytest.mark.parametrize(("name", "address"), [("", "zoe@exemple.test"), ("Zoé", "zoe")])
    def test_a_substitute_has_a_name_and_an_address(self, table: Table, name: str, address: str) -> None:
        row = made.invitation(table)
        with pytest.raises(DomainError):
            answering.answer_link(token=token_of(row), said=answering.Said(Answer.NO, "", name, address))


class TestPresences:
    def note(self, table: Table, meeting: Meeting, **presences: str) -> Meeting:
        rows = {
            Attendance.objects.get(meeting=meeting, membership=table.membership(key)).pk: value
            for key, value in presences.items()
        }
        return attendance.note_presences(viewer=table.viewer("coordinator"), meeting_id=meeting.pk, presences=rows)

    def test_attendance_is_by_organisation(self, table: Table) -> None:
        meeting = made.convened(table)
        self.note(table, meeting, coordinator=Presence.PRESENT, coco=Presence.ABSENT, partner=Presence.REPRESENTED)
        people = people_of(meeting)
        assert people.convened == 4
        assert people.there == 2
        by_name = {group.name: group.presence for group in people.groups}
        assert by_name["Organisme porteur"] == "present"

    def test_the_quorum_is_recorded_with_its_rule_and_its_figures(self, table: Table) -> None:
        meeting = made.convened(table)
        Meeting.objects.filter(pk=meeting.pk).update(quorum_rule="majority")
        self.note(table, meeting, coordinator=Presence.PRESENT, partner=Presence.REPRESENTED)
        row = attendance.record_quorum(viewer=table.viewer("coordinator"), meeting_id=meeting.pk)
        assert (row.quorum_state, row.quorum_present, row.quorum_needed) == ("missed", 2, 3)
        self.note(table, meeting, contributor=Presence.PRESENT)
        assert Meeting.objects.get(pk=meeting.pk).quorum_state == "missed", (
            "what was recorded stays until recorded again"
        )
        row = attendance.record_quorum(viewer=table.viewer("coordinator"), meeting_id=meeting.pk)
        assert (row.quorum_state, row.quorum_present) == ("reached", 3)

    def test_a_body_without_quorum_records_none(self, table: Table) -> None:
        with pytest.raises(DomainError):
            attendance.record_quorum(viewer=table.viewer("coordinator"), meeting_id=made.convened(table).pk)

    def test_somebody_who_came_by(self, table: Table) -> None:
        meeting = made.convened(table)
        row = attendance.add_present(viewer=table.viewer("coordinator"), meeting_id=meeting.pk, name="Une voisine")
        assert (row.presence, row.counts) == ("present", False)
        assert people_of(meeting).there == 0

    def test_others_may_not(self, table: Table) -> None:
        with pytest.raises(NotAllowed):
            attendance.note_presences(viewer=table.viewer("partner"), meeting_id=made.convened(table).pk, presences={})
