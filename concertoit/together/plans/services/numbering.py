"""Giving every element of a draft the number of its place."""

from django.db import transaction

from concertoit.ground.audit.services import record
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.models import NodeLink, PlanNode, PlanVersion
from concertoit.together.plans.services.arranging import arrange
from concertoit.together.plans.services.versions import must_be_editable


@transaction.atomic
def renumber(*, viewer: Viewer, version: PlanVersion) -> int:
    """Give every axis, objective, action and outcome the number of its place; answers how many changed.

    Links keep pointing at the same items, and say the new number.
    """
    viewer.must("plan.edit")
    must_be_editable(version)
    arrange(version)
    nodes = list(PlanNode.objects.filter(version=version).exclude(kind="step").order_by("order"))
    changed = [node for node in nodes if node.written != node.canonical]
    for node in changed:
        node.written = node.canonical
    PlanNode.objects.bulk_update(changed, ["written"], batch_size=500)
    codes = {node.item_id: node.canonical for node in nodes}
    links = [link for link in NodeLink.objects.filter(version=version) if link.target_id in codes]
    for link in links:
        link.target_written = codes[link.target_id] if link.target_id else link.target_written
    NodeLink.objects.bulk_update(links, ["target_written"], batch_size=500)
    if changed:
        record(
            actor=viewer.user,
            verb="plan.renumbered",
            object_type="plans.plan",
            object_id=version.plan_id,
            object_label=version.plan.title,
            space_id=version.space_id,
            after={"version": version.number, "changed": len(changed)},
        )
    return len(changed)
