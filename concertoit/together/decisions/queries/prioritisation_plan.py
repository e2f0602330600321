"""What of a version of the plan goes on a form: its actions, who carries them, what they ask for by year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q

from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.enums import VersionState
from concertoit.together.plans.models import BudgetLine, NodeActor, PlanNode, PlanVersion
from concertoit.together.plans.policies import CARRYING_ROLES


@dataclass(slots=True)
class Asked:
    """What an action asks for a year, and the budget lines it comes from."""

    year: str
    amount: Decimal = Decimal("0.00")
    sources: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class ActionOfPlan:
    """One action with its axis, those who carry it and what it asks for."""

    node: PlanNode
    axis_number: int
    axis_title: str
    carriers: list[str] = field(default_factory=list)
    asked: dict[str, Asked] = field(default_factory=dict)


def versions_to_prioritise(viewer: Viewer) -> list[PlanVersion]:
    """The drafts and the versions in force of the démarche, drafts first."""
    viewer.must("prioritisation.prepare")
    states = (VersionState.DRAFT, VersionState.CURRENT)
    rows = PlanVersion.objects.filter(space=viewer.space, state__in=states).select_related("plan")
    return sorted(rows, key=lambda row: (row.state != VersionState.DRAFT, -row.number, row.pk))


def actions_of(version: PlanVersion) -> list[ActionOfPlan]:
    """The actions of a version in reading order, in four queries whatever their number."""
    nodes = list(
        PlanNode.objects.filter(version=version, kind="action").select_related("axis").order_by("order", "id")
    )
    axes = list(PlanNode.objects.filter(version=version, kind="axis").order_by("order", "id").values_list("pk"))
    number = {pk: place for place, (pk,) in enumerate(axes, 1)}
    found = {
        node.pk: ActionOfPlan(node, number.get(node.axis_id or 0, 0), node.axis.title if node.axis else "")
        for node in nodes
    }
    _add_carriers(version, found)
    _add_money(version, found)
    return list(found.values())


def _add_carriers(version: PlanVersion, found: dict[int, ActionOfPlan]) -> None:
    """Those of the action first; those of its outcomes where the plan names them there."""
    rows = (
        NodeActor.objects.filter(Q(node__kind="action") | Q(node__kind="outcome"), version=version)
        .filter(role__in=CARRYING_ROLES)
        .select_related("node", "organisation")
        .order_by("node__order", "position", "id")
    )
    for row in rows:
        action = found.get(row.node_id if row.node.kind == "action" else row.node.action_id or 0)
        name = str(row.organisation) if row.organisation else row.name
        if action and name not in action.carriers:
            action.carriers.append(name)


def _add_money(version: PlanVersion, found: dict[int, ActionOfPlan]) -> None:
    """By year, from the budget lines under each action; a budget without lines is asked for the whole period."""
    lines: dict[int, list[BudgetLine]] = defaultdict(list)
    for line in BudgetLine.objects.filter(version=version, amount__gt=0).order_by("node__order", "id"):
        lines[line.node_id].append(line)
    stated = (
        PlanNode.objects.filter(Q(budget__gt=0) | Q(pk__in=list(lines)), version=version)
        .exclude(kind__in=["axis", "objective"])
        .order_by("order", "id")
    )
    for node in stated:
        action = found.get(node.pk if node.kind == "action" else node.action_id or 0)
        if action is None:
            continue
        for line in lines.get(node.pk) or [BudgetLine(amount=node.budget or Decimal(0))]:
            year = " ".join(line.year.split())
            asked = action.asked.setdefault(year, Asked(year))
            asked.amount += line.amount
            asked.sources.append(
                {
                    "item": node.item_id,
                    "amount": f"{line.amount:.2f}",
                    "year": line.year,
                    "fiscal_agent": line.fiscal_agent,
                    "source": line.source,
                }
            )
