"""``concertoit check-data`` knows what must hold in plans (X8)."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone

from concertoit.ground.core import checks_data
from concertoit.together.plans.models import Outlook, PlanNode
from tests.personas import Table


def found() -> set[str]:
    return {name for name, findings in checks_data.run() if findings}


def test_a_sound_plan(table: Table) -> None:
    assert found() == set()


def test_a_node_under_another_version(table: Table) -> None:
    PlanNode.objects.filter(pk=table.nodes["action"].pk).update(parent=table.drafted("objective"))
    assert found() == {"plans.outlines"}


def test_the_outlook_of_another_item(table: Table) -> None:
    outlook = Outlook.objects.create(
        space=table.space, item=table.outcome, value="good", reason="essai", at=timezone.now()
    )
    table.action.outlook = outlook
    table.action.save()
    assert found() == {"plans.outlines"}


def test_amounts_that_do_not_make_the_total(table: Table) -> None:
    PlanNode.objects.filter(pk=table.nodes["action"].pk).update(budget=Decimal("1200.01"))
    assert found() == {"plans.budgets"}
