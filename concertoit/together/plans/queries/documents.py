"""From the database to a ``PlanDocument``: what is frozen, exported, compared."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

from django.utils.translation import override

from concertoit.ground.spaces.enums import Capacity
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.policies import in_force
from concertoit.together.plans.models import (
    BudgetLine,
    CycleStep,
    Indicator,
    NodeActor,
    NodeLink,
    NodePriority,
    PlanNode,
    PlanSection,
    PlanVersion,
)
from concertoit.together.plans.rules import document as doc

Row = TypeVar("Row")


def _by_node(rows: Iterable[Row], key: str = "node_id") -> dict[int, list[Row]]:
    groups: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return groups


class _Parts:
    """Everything that hangs on the nodes of a version, one query per kind of thing."""

    def __init__(self, version: PlanVersion) -> None:
        self.actors = _by_node(NodeActor.objects.filter(version=version).order_by("node_id", "position", "id"))
        self.links = _by_node(NodeLink.objects.filter(version=version).select_related("target").order_by("id"))
        self.lines = _by_node(BudgetLine.objects.filter(version=version).order_by("id"))
        tags = (
            NodePriority.objects.filter(version=version)
            .select_related("priority")
            .order_by("priority__position", "id")
        )
        self.tags = _by_node(tags)
        indicators = Indicator.objects.filter(item__plan_id=version.plan_id, retired_at=None).order_by(
            "position", "id"
        )
        self.indicators = _by_node(indicators, "item_id")


def document_of(
    version: PlanVersion, *, with_states: bool = False, with_participants: bool = True
) -> doc.PlanDocument:
    """The whole version as a document, in a number of queries that does not depend on its size.

    ``with_states`` adds where each item stands today (for exports people work with; a frozen text says only content).
    """
    parts = _Parts(version)
    nodes: dict[int, doc.Node] = {}
    roots: list[doc.Node] = []
    for row in PlanNode.objects.filter(version=version).select_related("item").order_by("order", "id"):
        node = _node(row, parts, with_states)
        nodes[row.pk] = node
        (nodes[row.parent_id].children if row.parent_id else roots).append(node)
    plan = version.plan
    return doc.PlanDocument(
        title=plan.title,
        period=doc.Period(start=plan.starts_on, end=plan.ends_on),
        participants=participants_of(version.space) if with_participants else [],
        cycle=cycle_of(version) if with_participants else [],
        sections=[
            doc.Section(kind=doc.SectionKind(s.kind), heading=s.heading, body=s.body)
            for s in PlanSection.objects.filter(version=version).order_by("position", "id")
        ],
        roots=roots,
    )


def _node(row: PlanNode, parts: _Parts, with_states: bool) -> doc.Node:
    return doc.Node(
        id=str(row.item.uid),
        kind=doc.NodeKind(row.kind),
        title=row.title,
        written=row.written,
        canonical=row.canonical,
        description=row.description,
        group=row.group,
        period=doc.Period(row.period_written, row.starts_on, row.ends_on, row.continuous),
        state=doc.StepState(row.item.state) if with_states and row.kind == doc.NodeKind.STEP else None,
        actors=[
            doc.Actor(doc.ActorRole(a.role), a.name, doc.ActorKind(a.kind), a.precision)
            for a in parts.actors.get(row.pk, [])
        ],
        budget=row.budget,
        budget_lines=[
            doc.BudgetLine(amount=line.amount, year=line.year, fiscal_agent=line.fiscal_agent, source=line.source)
            for line in parts.lines.get(row.pk, [])
        ],
        indicators=[
            doc.Indicator(i.title, i.unit, i.baseline, i.target) for i in parts.indicators.get(row.item_id, [])
        ],
        links=[
            doc.Link(link.target_written, str(link.target.uid) if link.target else None, link.kind, link.note)
            for link in parts.links.get(row.pk, [])
        ],
        cross_cutting=[tag.priority.name for tag in parts.tags.get(row.pk, [])],
    )


def participants_of(space: Space) -> list[doc.Participant]:
    """The table's participants today, as the funder's form lists them: in French whatever the reader's interface."""
    rows: Any = (
        Membership.objects.filter(in_force(), space=space)
        .exclude(role__in=["observer", "funder"])
        .select_related("organisation", "person")
        .order_by("position", "id")
    )
    with override("fr-ca"):
        return [_participant(row) for row in rows]


def _participant(row: Membership) -> doc.Participant:
    capacity = "" if row.capacity == Capacity.ORGANISATION else str(row.get_capacity_display())
    speaks_for_itself = row.capacity not in (Capacity.ORGANISATION, Capacity.COORDINATION)
    name = row.organisation.name if row.organisation else row.capacity_note or (capacity if speaks_for_itself else "")
    return doc.Participant(organisation=name, person=row.person.full_name if row.person else "", capacity=capacity)


def cycle_of(version: PlanVersion) -> list[doc.CycleStep]:
    """The planning cycle of the version's plan."""
    return [
        doc.CycleStep(when=step.when, title=step.title, body=str(step.body or ""), detail=step.detail, date=step.on)
        for step in CycleStep.objects.filter(plan_id=version.plan_id).select_related("body").order_by("position", "id")
    ]
