"""The list of what is followed, narrowed by the address."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.models import NodeActor, PlanNode
from concertoit.together.plans.policies import CARRYING_ROLES
from concertoit.together.plans.queries.worklist import (
    followed,
    late_only,
    shown_nodes,
    shown_versions,
    under_organisations,
)


@dataclass(frozen=True, slots=True)
class BulkFilter:
    """What narrows the list. ``organisation`` is the one that carries; ``mine``: those of the viewer."""

    axis: int | None = None
    organisation: int | None = None
    state: str = ""
    late: bool = False
    mine: bool = False
    text: str = ""


@dataclass(slots=True)
class Choices:
    """What one may narrow by."""

    axes: list[PlanNode] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)


def followed_nodes(viewer: Viewer, wanted: BulkFilter) -> QuerySet[PlanNode]:
    """Steps (and what has none) of the démarche's plans, in reading order."""
    nodes = shown_nodes(viewer).select_related("axis")
    if wanted.axis is not None:
        nodes = nodes.filter(Q(axis__item_id=wanted.axis) | Q(item_id=wanted.axis))
    if wanted.state:
        nodes = nodes.filter(item__state=wanted.state)
    if wanted.late:
        nodes = late_only(nodes)
    if wanted.text:
        nodes = nodes.filter(Q(title__icontains=wanted.text) | Q(written__startswith=wanted.text))
    if wanted.mine or wanted.organisation is not None:
        organisations = viewer.organisation_ids if wanted.mine else {wanted.organisation or 0}
        nodes = under_organisations(nodes, organisations, shown_versions([viewer.space]))
    return followed(nodes)


def choices(viewer: Viewer) -> Choices:
    """Axes and carrying organisations of the plans shown."""
    versions = shown_versions([viewer.space])
    axes = PlanNode.objects.filter(version__in=versions, kind="axis").order_by("version", "order")
    carriers = NodeActor.objects.filter(version__in=versions, role__in=CARRYING_ROLES).values("organisation")
    return Choices(list(axes), list(Organisation.objects.filter(pk__in=carriers).order_by("name", "pk")))
