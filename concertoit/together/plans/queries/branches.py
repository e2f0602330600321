"""What stands under an item: its outcomes and steps with where each stands, or counted progress for whole axes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from concertoit.together.plans.models import PlanNode
from concertoit.together.plans.queries.counts import progress_by
from concertoit.together.plans.queries.worklist import is_late
from concertoit.together.plans.rules.document import NodeKind, StepState
from concertoit.together.plans.rules.progress import Progress, tally
from concertoit.together.plans.workflow import allowed_from

WHOLE = (NodeKind.ACTION, NodeKind.OUTCOME, NodeKind.STEP)


@dataclass(slots=True)
class Branch:
    """A node with what stands under it. ``first_of_group`` asks the page to write the step's heading above it."""

    node: PlanNode
    children: list[Branch] = field(default_factory=list)
    progress: Progress = field(default_factory=Progress)
    first_of_group: bool = False

    @property
    def due(self) -> date | None:
        """The date people set, else the one of the period."""
        return self.node.item.due_on or self.node.due_on

    @property
    def span(self) -> tuple[date | None, date | None] | None:
        """First start and last end of what stands below, for a node that the plan gives no period of its own."""
        node = self.node
        if node.period_written or node.continuous or node.starts_on or node.ends_on:
            return None
        below = [branch.node for branch in self.walk()]
        starts = min((one.starts_on for one in below if one.starts_on), default=None)
        ends = max((one.ends_on for one in below if one.ends_on), default=None)
        return (starts, ends) if starts or ends else None

    @property
    def late(self) -> bool:
        return is_late(self.due, self.node.item.state)

    @property
    def has_state(self) -> bool:
        """Whether it is followed by a state of its own: a step, or what was not split into steps."""
        if self.node.kind in (NodeKind.AXIS, NodeKind.OBJECTIVE):
            return False
        return self.node.kind == NodeKind.STEP or not self.children

    @property
    def choices(self) -> list[StepState]:
        return allowed_from(StepState(self.node.item.state))

    def walk(self) -> Iterator[Branch]:
        yield self
        for child in self.children:
            yield from child.walk()

    def planned(self) -> Decimal | None:
        """The budget stated here, or else the sum of those stated below; nothing where nobody states any."""
        if self.node.budget is not None:
            return self.node.budget
        below = [amount for child in self.children if (amount := child.planned()) is not None]
        return sum(below, Decimal("0.00")) if below else None


def under(node: PlanNode) -> Q:
    """Everything that stands under a node: rows of its version only, since each version has nodes of its own."""
    if node.kind == NodeKind.AXIS:
        return Q(axis=node)
    if node.kind == NodeKind.ACTION:
        return Q(action=node)
    return Q(parent=node) | Q(action__parent=node) | Q(parent__parent=node)


def branch_of(node: PlanNode) -> Branch:
    """A node as a tree. Under an action everything is loaded; under an axis or an objective the steps are counted only,
    so that the page of an axis of a thousand steps stays light.
    """
    below = PlanNode.objects.filter(under(node))
    whole = node.kind in WHOLE
    shown = below if whole else below.exclude(kind=NodeKind.STEP)
    root = Branch(node)
    if node.kind != NodeKind.STEP:
        _hang(root, shown.select_related("item", *([] if whole else ["item__outlook"])).order_by("order", "id"))
    if whole:
        _count(root)
    else:
        _count_apart(root, below.filter(kind=NodeKind.STEP))
    return root


def _hang(root: Branch, rows: QuerySet[PlanNode]) -> None:
    made = {root.node.pk: root}
    made |= {row.pk: Branch(row) for row in rows}
    for branch in made.values():
        above = made.get(branch.node.parent_id or 0)
        if above and branch is not root:
            branch.first_of_group = bool(branch.node.group) and (
                not above.children or above.children[-1].node.group != branch.node.group
            )
            above.children.append(branch)


def _count(branch: Branch) -> Progress:
    if branch.node.kind == NodeKind.STEP:
        branch.progress = tally([(StepState(branch.node.item.state), 1, int(branch.late))])
    for child in branch.children:
        branch.progress += _count(child)
    return branch.progress


def _count_apart(root: Branch, steps: QuerySet[PlanNode]) -> None:
    counted = progress_by(root.node.version, "parent_id", steps)

    def add(branch: Branch) -> Progress:
        branch.progress = counted.get(branch.node.pk, Progress())
        for child in branch.children:
            branch.progress += add(child)
        return branch.progress

    add(root)
