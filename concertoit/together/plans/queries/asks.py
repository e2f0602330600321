"""What the personal page of a question shows (nothing personal), and the questions of a démarche."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.models import PlanItem, PlanNode, UpdateRequest
from concertoit.together.plans.queries.branches import Branch, branch_of
from concertoit.together.plans.queries.worklist import LINE, shown_versions
from concertoit.together.plans.rules.document import NodeKind


@dataclass(slots=True)
class AskPage:
    """The page behind a personal link: the item and its steps, and the démarche that asks."""

    request: UpdateRequest
    node: PlanNode
    item: PlanItem
    steps: list[Branch] = field(default_factory=list)

    @property
    def judged(self) -> bool:
        """Whether the page asks for a météo."""
        return self.node.kind in (NodeKind.ACTION, NodeKind.OUTCOME)


def page_behind(request: UpdateRequest) -> AskPage | None:
    """What a personal link shows; nothing when the item left the plan."""
    node = (
        PlanNode.objects.filter(item_id=request.item_id, version__in=shown_versions([request.space]))
        .select_related("item__outlook", LINE)
        .first()
    )
    if node is None:
        return None
    page = AskPage(request, node, node.item)
    root = branch_of(node)
    parents = {branch.node.pk: branch.node for branch in root.walk()}
    for branch in root.walk():
        if branch.has_state:
            if branch.node.parent_id in parents:  # already loaded: no query to climb from a step to its action
                branch.node.parent = parents[branch.node.parent_id]
            page.steps.append(branch)
    return page


def open_asks(viewer: Viewer) -> list[UpdateRequest]:
    """Questions of the démarche, those that wait first, then the latest answered or over."""
    viewer.must("plan.ask")
    rows = UpdateRequest.objects.filter(space=viewer.space).select_related("asked_by", "membership__organisation")
    waiting = Q(answered_at=None, expires_at__gt=timezone.now())
    return [*rows.filter(waiting).order_by("created_at", "pk"), *rows.exclude(waiting).order_by("-pk")[:50]]
