"""What a meeting leads to, and what it changes in the plan (L10)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.ground.notifications.models import Notice
from concertoit.together.meetings.enums import OutcomeKind
from concertoit.together.meetings.models import Meeting, Outcome
from concertoit.together.meetings.services import agenda, outcomes
from concertoit.together.meetings.services.changes import ACTION, STATE, STEP, PlanChange
from concertoit.together.meetings.services.meetings import close_meeting, open_meeting
from concertoit.together.meetings.services.outcomes import OutcomeFacts
from concertoit.together.meetings.views.desk import brought
from concertoit.together.plans.models import PlanItem, PlanNode
from concertoit.together.plans.rules.document import NodeKind, StepState
from concertoit.together.plans.services.versions import draft_of
from tests.personas import Table
from tests.together.meetings import made

pytestmark = pytest.mark.django_db
DECISION, FOLLOW_UP = OutcomeKind.DECISION, OutcomeKind.FOLLOW_UP


def add(
    table: Table, meeting: Meeting, change: PlanChange | None = None, key: str = "coordinator", **facts: Any
) -> Any:
    values: dict[str, Any] = {"kind": DECISION, "text": "On y va", **facts}
    return outcomes.add_outcome(
        viewer=table.viewer(key), meeting_id=meeting.pk, facts=OutcomeFacts(**values), change=change
    )


class TestPlan:
    def test_a_state_changes_at_once_and_the_journal_says_the_meeting(self, table: Table) -> None:
        row = add(table, made.opened(table), PlanChange(STATE, table.step.pk, StepState.DOING))
        assert PlanItem.objects.get(pk=table.step.pk).state == "doing"
        entry = Entry.objects.get(verb="meeting.changed_plan")
        assert (entry.object_type, entry.object_id) == ("plans.item", str(table.step.pk))
        assert "Rencontre spéciale" in entry.note
        assert row.change["to"] == "doing"
        assert row.plan_item_id == table.step.pk

    def test_a_dropped_step_owes_its_reason_and_nothing_is_written_without(self, table: Table) -> None:
        with pytest.raises(DomainError) as error:
            add(table, made.opened(table), PlanChange(STATE, table.step.pk, StepState.DROPPED))
        assert error.value.field == "explanation"
        assert not Outcome.objects.exists()

    def test_a_new_step_goes_into_the_draft(self, table: Table) -> None:
        row = add(table, made.opened(table), PlanChange(STEP, table.action.pk, title="Rencontrer les élus"))
        node = PlanNode.objects.get(item=row.plan_item_id)
        assert (node.kind, node.version, node.parent.item_id if node.parent else None) == (
            NodeKind.STEP, table.draft, table.action.pk,
        )  # fmt: skip

    def test_a_new_action_opens_a_draft_when_there_is_none(self, table: Table) -> None:
        table.draft.delete()
        row = add(table, made.opened(table), PlanChange(ACTION, table.action.pk, title="Une autre action"))
        draft = draft_of(table.plan)
        assert draft is not None
        node = PlanNode.objects.get(item=row.plan_item_id)
        assert node.version == draft
        assert node.kind == NodeKind.ACTION

    def test_the_rights_of_the_plan_hold(self, table: Table) -> None:
        """Who takes the notes writes outcomes; they change in the plan only what they carry there."""
        meeting = made.opened(table)
        Meeting.objects.filter(pk=meeting.pk).update(secretary=table.membership("contributor"))
        assert add(table, meeting, key="contributor").pk
        with pytest.raises(NotAllowed):
            add(table, meeting, PlanChange(STATE, table.step.pk, StepState.DOING), key="contributor")
        with pytest.raises(NotAllowed):
            add(table, meeting, PlanChange(STEP, table.action.pk, title="Étape"), key="contributor")
        with pytest.raises(NotAllowed):
            add(table, meeting, key="partner")


class TestFollowUps:
    def test_it_says_who(self, table: Table) -> None:
        with pytest.raises(DomainError) as error:
            add(table, made.opened(table), kind=FOLLOW_UP)
        assert error.value.field == "who"

    def test_who_took_it_on_is_told_and_finishes_it(self, table: Table) -> None:
        row = made.task_of(table, due_on=date(2026, 1, 15))
        assert Notice.objects.filter(user=table.user("partner"), kind="meetings.task").count() == 1
        viewers = [table.viewer("partner")]
        todos = [one for one in brought(table.user("partner"), viewers).todos if "Écrire à la MRC" in str(one.title)]
        assert len(todos) == 1
        assert todos[0].href.endswith(f"/suites/{row.pk}/")
        with pytest.raises(NotAllowed):
            outcomes.finish(viewer=table.viewer("elected"), outcome_id=row.pk)
        outcomes.finish(viewer=table.viewer("partner"), outcome_id=row.pk, note="Lettre partie")
        assert not [one for one in brought(table.user("partner"), viewers).todos if "MRC" in str(one.title)]
        outcomes.resume(viewer=table.viewer("partner"), outcome_id=row.pk)
        assert Outcome.objects.get(pk=row.pk).done_at is None

    def test_it_comes_back_at_the_next_agenda_until_done(self, table: Table) -> None:
        row = made.task_of(table)
        close_meeting(viewer=table.viewer("coordinator"), meeting_id=row.meeting_id)
        following = made.extra_of(table, starts_at=made.soon(30))

        def lines() -> list[str]:
            agenda.build(viewer=table.viewer("coordinator"), meeting_id=following.pk)
            rows = following.items.filter(key=f"outcome:{row.pk}", section__kind="follow_ups")
            return [f"{one.title} {one.note}" for one in rows]

        assert len(lines()) == 1
        assert "Carole Témoin" in lines()[0]
        outcomes.finish(viewer=table.viewer("partner"), outcome_id=row.pk)
        assert lines() == []

    def test_taken_back_it_is_gone_and_the_plan_stays(self, table: Table) -> None:
        row = add(table, made.opened(table), PlanChange(STATE, table.step.pk, StepState.DOING))
        outcomes.withdraw(viewer=table.viewer("coordinator"), outcome_id=row.pk)
        page = table.client("partner").get(f"/demarches/{table.space.slug}/rencontres/{row.meeting_id}/")
        assert "On y va" not in page.content.decode()
        assert PlanItem.objects.get(pk=table.step.pk).state == "doing"

    def test_nothing_is_noted_before_a_meeting_is_held(self, table: Table) -> None:
        meeting = made.extra_of(table)
        with pytest.raises(DomainError):
            add(table, meeting)
        open_meeting(viewer=table.viewer("coordinator"), meeting_id=meeting.pk)
        assert add(table, meeting).position == 1
