"""What plans bring to the desk and to the page of an organisation."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from concertoit.ground.spaces.queries import viewers_of
from concertoit.ground.ui.panels import panels
from concertoit.together.plans.models import PlanItem, UpdateRequest
from concertoit.together.plans.rules.document import StepState
from concertoit.together.plans.services import followup
from tests.hostile import assert_constant_queries
from tests.personas import Table
from tests.together.plans.followed import ask_of
from tests.together.plans.test_item_page import more_steps


def desk(table: Table, who: str, slot: str = "desk.todo") -> list[Any]:
    found = [panel for panel in panels(slot, None, viewers_of(table.user(who))) if panel.key.startswith("plans.")]
    return [row for panel in found for row in panel.context["rows"]]


def make_late(table: Table, day: date = date(2026, 5, 1)) -> None:
    PlanItem.objects.filter(pk=table.step.pk).update(due_on=day)


def test_what_is_late_waits_for_those_who_carry_it(table: Table) -> None:
    make_late(table)
    [row] = desk(table, "partner")
    assert (row.node.item, row.late, row.since) == (table.action, 1, date(2026, 5, 1))
    for who in ("contributor", "observer", "funder", "elected", "stranger"):
        assert desk(table, who) == []


def test_what_is_neither_late_nor_blocked_does_not_wait(table: Table) -> None:
    assert desk(table, "partner") == []
    followup.set_state(
        viewer=table.viewer("partner"), item_id=table.step.pk, state=StepState.BLOCKED, explanation="un local"
    )
    [row] = desk(table, "partner")
    assert (row.late, row.blocked) == (0, 1)


def test_a_question_waits_until_it_is_answered(table: Table) -> None:
    ask_of(table)
    [row] = desk(table, "partner")
    assert row.asked_on == timezone.localdate()
    UpdateRequest.objects.update(answered_at=timezone.now())
    assert desk(table, "partner") == []


def test_what_others_did(table: Table) -> None:
    followup.set_state(viewer=table.viewer("partner"), item_id=table.step.pk, state=StepState.DONE)
    [row] = desk(table, "coordinator", "desk.moved")
    assert "Carole Témoin" in row.sentence
    assert row.item_id == str(table.step.pk)
    assert desk(table, "partner", "desk.moved") == []
    assert desk(table, "stranger", "desk.moved") == []


def test_old_news_are_no_news(table: Table) -> None:
    from concertoit.ground.audit.models import Entry

    followup.set_state(viewer=table.viewer("partner"), item_id=table.step.pk, state=StepState.DONE)
    Entry.objects.update(at=timezone.now() - timedelta(days=40))
    assert desk(table, "coordinator", "desk.moved") == []


def test_what_an_organisation_does(table: Table) -> None:
    client = table.client("observer")
    page = client.get(f"/demarches/{table.space.slug}/organismes/{table.x.pk}/").content.decode()
    assert "Dans le plan d’action" in page
    assert table.nodes["action"].title in page


def test_the_desk_costs_the_same_with_more(table: Table) -> None:
    make_late(table)

    def more() -> None:
        for pk in more_steps(table, 20):
            PlanItem.objects.filter(pk=pk).update(due_on=date(2026, 5, 2))

    assert_constant_queries(more, lambda: desk(table, "partner"))
