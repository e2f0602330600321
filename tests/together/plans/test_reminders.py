"""Reminders: to the right person, once, for everything at once, and quiet when asked."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail

from concertoit.ground.core.jobs.worker import work
from concertoit.ground.core.models import Job
from concertoit.ground.identity.models import Person, ProfessionalContact, User
from concertoit.ground.notifications.models import Notice
from concertoit.ground.spaces.models import Membership
from concertoit.together.plans.models import NodeActor, PlanItem, PlanNode, Reminder, UpdateRequest
from concertoit.together.plans.queries.reminders import upcoming
from concertoit.together.plans.rules.document import StepState
from concertoit.together.plans.rules.staleness import Why
from concertoit.together.plans.services import asks, followup, reminders
from tests.hostile import assert_queries
from tests.personas import Table
from tests.together.plans.followed import ask_of

# The plan's only step is due on 2027-03-31; its period starts on 2026-04-01.
LATE = date(2027, 4, 5)  # a Monday


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("America/Toronto"))


@pytest.fixture
def late(table: Table) -> Table:
    """The table, once its step is late."""
    with time_machine.travel(at(LATE), tick=False):
        yield table


def told() -> list[tuple[str, str]]:
    return [(n.user.email, n.body) for n in Notice.objects.filter(kind="plans.reminder").order_by("pk")]


class TestToWhom:
    def test_first_the_person_of_the_lead(self, late: Table) -> None:
        [one] = upcoming(late.space, LATE)
        assert one.recipient is not None
        assert (one.recipient.email, one.recipient.via) == ("partner@exemple.test", "person")
        assert (one.node.item, one.next.on, one.next.why) == (late.action, LATE, Why.LATE)

    def test_without_a_person_the_contact_of_the_organisation(self, late: Table) -> None:
        Membership.objects.filter(organisation__in=[late.x, late.organisations["home"]]).delete()
        assistant = Person.objects.create(given_name="Jeanne")
        ProfessionalContact.objects.create(person=assistant, organisation=late.x, kind="email", value="x@exemple.test")
        [one] = upcoming(late.space, LATE)
        assert one.recipient is not None
        assert (one.recipient.email, one.recipient.via) == ("x@exemple.test", "organisation")

    def test_without_either_the_coordination(self, late: Table) -> None:
        NodeActor.objects.filter(organisation=late.organisations["home"]).delete()
        Membership.objects.filter(organisation=late.x).delete()
        [one] = upcoming(late.space, LATE)
        assert one.recipient is not None
        assert (one.recipient.email, one.recipient.via) == ("coordinator@exemple.test", "coordination")

    def test_onlookers_and_past_members_are_not_asked(self, late: Table) -> None:
        NodeActor.objects.filter(organisation=late.organisations["home"]).delete()
        Membership.objects.filter(pk=late.membership("partner").pk).update(ends_on=LATE - timedelta(days=1))
        Membership.objects.filter(pk=late.membership("observer").pk).update(organisation=late.x)
        [one] = upcoming(late.space, LATE)
        assert one.recipient is not None
        assert one.recipient.via == "coordination"

    def test_the_lead_of_an_outcome_answers_when_the_action_has_none(self, late: Table) -> None:
        NodeActor.objects.all().delete()
        NodeActor.objects.create(
            space=late.space,
            version=late.version,
            node=late.nodes["outcome"],
            role="lead",
            organisation=late.y,
            name="Y",
        )
        [one] = upcoming(late.space, LATE)
        assert one.recipient is not None
        assert one.recipient.email == "contributor@exemple.test"


class TestWhen:
    def test_one_message_however_many_times_it_runs(self, late: Table) -> None:
        assert reminders.send_reminders(space=late.space, today=LATE) == 1
        assert reminders.send_reminders(space=late.space, today=LATE) == 0
        [(email, body)] = told()
        assert email == "partner@exemple.test"
        assert "en retard depuis le 2027-03-31" in body
        assert Reminder.objects.get().last_sent_on == LATE

    def test_again_after_two_weeks_without_news(self, late: Table) -> None:
        reminders.send_reminders(space=late.space, today=LATE)
        assert reminders.send_reminders(space=late.space, today=LATE + timedelta(days=13)) == 0
        assert reminders.send_reminders(space=late.space, today=LATE + timedelta(days=14)) == 1

    def test_never_once_it_is_done(self, late: Table) -> None:
        followup.set_state(viewer=late.viewer("partner"), item_id=late.step.pk, state=StepState.DONE)
        assert upcoming(late.space, LATE) == []

    def test_news_put_it_off(self, late: Table) -> None:
        followup.add_note(viewer=late.viewer("partner"), item_id=late.action.pk, body="Presque.")
        assert reminders.send_reminders(space=late.space, today=LATE) == 0
        assert upcoming(late.space, LATE)[0].next.on == LATE + timedelta(days=14)

    def test_muted_it_stays_quiet_and_in_sight(self, late: Table) -> None:
        reminders.mute(viewer=late.viewer("partner"), item_id=late.action.pk, muted=True)
        assert reminders.send_reminders(space=late.space, today=LATE) == 0
        assert upcoming(late.space, LATE)[0].muted
        page = late.client("coordinator").get(f"/demarches/{late.space.slug}/plan/suivi/rappels/")
        assert "en sourdine" in page.content.decode()
        reminders.mute(viewer=late.viewer("partner"), item_id=late.action.pk, muted=False)
        assert reminders.send_reminders(space=late.space, today=LATE) == 1

    def test_everything_one_carries_in_one_message(self, late: Table) -> None:
        for number in range(3):
            _another_action(late, number)
        assert reminders.send_reminders(space=late.space, today=LATE) == 1
        [(_email, body)] = told()
        assert body.count("•") == 4

    def test_an_item_with_two_leads_writes_to_one_person_only(self, late: Table) -> None:
        NodeActor.objects.create(
            space=late.space, version=late.version, node=late.nodes["action"], role="lead", organisation=late.y,
            name="Y", position=5,
        )  # fmt: skip
        reminders.send_reminders(space=late.space, today=LATE)
        assert [email for email, _body in told()] == ["partner@exemple.test"]

    def test_the_number_of_queries_does_not_grow(self, late: Table) -> None:
        for number in range(20):
            _another_action(late, number)
        with assert_queries(9):
            assert len(upcoming(late.space, LATE)) == 21


def _another_action(table: Table, number: int) -> None:
    action = PlanItem.objects.create(space=table.space, plan=table.plan, kind="action")
    node = PlanNode.objects.create(
        space=table.space, version=table.version, item=action, parent=table.nodes["objective"], kind="action",
        axis=table.nodes["axis"], order=100 + number, title=f"Action {number}", due_on=date(2027, 3, 31),
    )  # fmt: skip
    NodeActor.objects.create(
        space=table.space, version=table.version, node=node, role="lead", organisation=table.x, name="X"
    )


class TestJobs:
    @pytest.mark.django_db(transaction=True)
    def test_somebody_without_an_account_gets_an_e_mail(self, late: Table) -> None:
        User.objects.filter(pk=late.user("partner").pk).update(is_active=False)
        reminders.send_reminders(space=late.space, today=LATE)
        work(once=True)
        assert [m.to for m in mail.outbox if "attend de vos nouvelles" in m.subject] == [["partner@exemple.test"]]

    @pytest.mark.django_db(transaction=True)
    def test_the_job_serves_each_space_once_a_day_and_rests_on_sunday(self, late: Table) -> None:
        from concertoit.together.plans import tasks

        with time_machine.travel(at(LATE - timedelta(days=1)), tick=False):
            assert tasks.reminders(None) == {"spaces": 0}  # type: ignore[arg-type]
        assert tasks.reminders(None) == {"spaces": 2}  # type: ignore[arg-type]
        tasks.reminders(None)  # type: ignore[arg-type]
        assert Job.objects.filter(name="plans.remind_space").count() == 2
        work(once=True)
        assert len(told()) == 1


class TestAsksAgain:
    def test_the_same_link_comes_back_twice_then_rests(self, late: Table) -> None:
        row = ask_of(late)
        token = asks.token_of(row)
        day = LATE
        UpdateRequest.objects.update(next_reminder_on=day, expires_at=at(LATE + timedelta(days=30)))
        for expected in (1, 1, 0):
            assert reminders.remind_asks(space=late.space, today=day) == expected
            assert asks.find(token) == row
            day += timedelta(days=7)
        assert UpdateRequest.objects.get().reminders == 2

    def test_muted_or_answered_it_does_not(self, late: Table) -> None:
        row = ask_of(late)
        UpdateRequest.objects.update(next_reminder_on=LATE, expires_at=at(LATE + timedelta(days=30)))
        asks.mute(viewer=late.viewer("coordinator"), request_id=row.pk)
        assert reminders.remind_asks(space=late.space, today=LATE) == 0
        asks.mute(viewer=late.viewer("coordinator"), request_id=row.pk, muted=False)
        asks.answer(token=asks.token_of(row), said=asks.Answer(note="Voilà."))
        assert reminders.remind_asks(space=late.space, today=LATE) == 0
