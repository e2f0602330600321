"""What an organisation does in the plans of a démarche."""

from __future__ import annotations

from dataclasses import dataclass, field

from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.models import NodeActor, PlanNode
from concertoit.together.plans.queries.worklist import shown_versions


@dataclass(slots=True)
class Carried:
    """What an organisation does in the plans of a démarche, by role."""

    organisation: Organisation
    roles: dict[str, list[PlanNode]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.roles)


def carried_by(viewer: Viewer, organisation: Organisation) -> Carried:
    """Elements where an organisation has a role, in reading order; two queries."""
    found = Carried(organisation)
    rows = (
        NodeActor.objects.filter(version__in=shown_versions([viewer.space]), organisation=organisation)
        .select_related("node__item__outlook")
        .order_by("node__order", "position", "pk")
    )
    for row in rows:
        nodes = found.roles.setdefault(row.role, [])
        if row.node not in nodes:
            nodes.append(row.node)
    return found
