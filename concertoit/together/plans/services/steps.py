"""Writing the steps under an element of a draft, all at once."""

import uuid

from django.db import transaction

from concertoit.ground.audit.services import record
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.models import PlanItem, PlanNode
from concertoit.together.plans.rules.steps import pair_steps
from concertoit.together.plans.services.arranging import arrange
from concertoit.together.plans.services.content import END
from concertoit.together.plans.services.versions import must_be_editable


@transaction.atomic
def set_steps(*, viewer: Viewer, node: PlanNode, steps: list[tuple[str, str]]) -> None:
    """Make the steps under a node be these (group, title) pairs, in this order.

    A step whose title did not change stays the same item, and so does one that is only reworded in place: what happened
    to it is not lost. Only what is left over is added or removed.
    """
    viewer.must("plan.edit")
    must_be_editable(node.version)
    existing = list(PlanNode.objects.filter(parent=node, kind="step").order_by("order", "id"))
    before = [_one_line(one.group, one.title) for one in existing]
    if before == steps:
        return
    pairs = pair_steps([one.title for one in existing], [title for _group, title in steps])
    for place, (pair, (group, title)) in enumerate(zip(pairs, steps, strict=True)):
        step = existing[pair] if pair is not None else _new_step(node)
        if _one_line(step.group, step.title) != (group, title):
            step.group, step.title = group[:200], title
        step.order = END - len(steps) + place
        step.save()
    PlanNode.objects.filter(pk__in=[one.pk for place, one in enumerate(existing) if place not in pairs]).delete()
    arrange(node.version)
    record(
        actor=viewer.user,
        verb="plan.steps_written",
        object_type="plans.item",
        object_id=node.item_id,
        object_label=str(node),
        space_id=node.space_id,
        before={"steps": [title for _group, title in before]},
        after={"steps": [title for _group, title in steps]},
    )


def _one_line(group: str, title: str) -> tuple[str, str]:
    """A step as its line of the form shows it: line breaks of the plan are not a change."""
    return " ".join(group.split()), " ".join(title.split())


def _new_step(node: PlanNode) -> PlanNode:
    item = PlanItem.objects.create(uid=uuid.uuid4(), space=node.space, plan_id=node.version.plan_id, kind="step")
    return PlanNode(space=node.space, version=node.version, item=item, kind="step", parent=node)
