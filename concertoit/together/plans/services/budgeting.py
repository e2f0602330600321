"""Writing the budget lines of many elements of a draft at once, in a constant number of queries but the journal's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from concertoit.ground.audit.services import record
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.models import BudgetLine, PlanNode, PlanVersion
from concertoit.together.plans.services.versions import must_be_editable

# (year, fiscal agent, source): what tells two budget lines of an element apart.
Label = tuple[str, str, str]


@transaction.atomic
def write_lines(*, viewer: Viewer, version: PlanVersion, amounts: Mapping[int, Mapping[Label, Decimal]]) -> int:
    """Give these lines these amounts, by item; other lines stay, a line of nothing goes. Answers how many elements.

    The budget of each element becomes the sum of its lines. Raises ``DomainError`` for a version that is not a draft.
    """
    viewer.must("plan.edit")
    must_be_editable(version)
    nodes = list(PlanNode.objects.filter(version=version, item__in=list(amounts)).order_by("order", "id"))
    known: dict[int, list[BudgetLine]] = defaultdict(list)
    for line in BudgetLine.objects.filter(node__in=nodes).order_by("id"):
        known[line.node_id].append(line)
    rows: list[BudgetLine] = []
    for node in nodes:
        wanted = amounts[node.item_id]
        lines = [
            (line.year, line.fiscal_agent, line.source, line.amount)
            for line in known[node.pk]
            if (line.year, line.fiscal_agent, line.source) not in wanted
        ]
        lines += [(*label, amount) for label, amount in wanted.items() if amount]
        rows += [
            BudgetLine(
                space_id=node.space_id, version=version, node=node, year=year, fiscal_agent=agent, source=source,
                amount=amount,
            )
            for year, agent, source, amount in lines
        ]  # fmt: skip
        if lines or node.budget is not None:
            _set_budget(viewer, node, sum((line[3] for line in lines), Decimal("0.00")))
    BudgetLine.objects.filter(node__in=nodes).delete()
    BudgetLine.objects.bulk_create(rows)
    PlanNode.objects.bulk_update(nodes, ["budget"])
    return len(nodes)


def _set_budget(viewer: Viewer, node: PlanNode, budget: Decimal) -> None:
    before, node.budget = node.budget, budget
    record(
        actor=viewer.user, verb="plan.node_changed", object_type="plans.item", object_id=node.item_id,
        object_label=str(node), space_id=node.space_id,
        before={"budget": f"{before:.2f}" if before is not None else None}, after={"budget": f"{budget:.2f}"},
    )  # fmt: skip
