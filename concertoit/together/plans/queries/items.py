"""One item of a plan as a viewer sees it: found through the démarche, with who carries it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from concertoit.ground.core.errors import NotVisible
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.enums import VersionState
from concertoit.together.plans.models import NodeActor, Plan, PlanItem, PlanNode, PlanVersion
from concertoit.together.plans.policies import CARRYING_ROLES, may_follow_up
from concertoit.together.plans.rules.document import NodeKind


def plan_of(space: Space) -> Plan | None:
    """The démarche's plan: the last one opened."""
    return Plan.objects.filter(space=space).order_by("-pk").first()


def versions_for(viewer: Viewer, plan: Plan) -> list[PlanVersion]:
    """Versions of a plan that a viewer may see, the last one first.

    While a version is in force, a draft is for those who prepare it; before that, the draft is what the table has.
    """
    viewer.must("plan.view")
    rows = PlanVersion.objects.filter(plan=plan).select_related("plan", "space").order_by("-number")
    versions = list(rows.defer("snapshot"))  # megabytes, that hardly any page shows
    in_force = any(version.state == VersionState.CURRENT for version in versions)
    if in_force and not viewer.can("plan.draft.view"):
        return [version for version in versions if version.state != VersionState.DRAFT]
    return versions


def frozen_texts(versions: Iterable[PlanVersion]) -> dict[int, str]:
    """The frozen texts of versions by key, empty for one that is not frozen; one query."""
    rows = PlanVersion.objects.filter(pk__in=[version.pk for version in versions]).order_by()
    return dict(rows.values_list("pk", "snapshot"))


def chosen_version(versions: list[PlanVersion], number: int | None = None) -> PlanVersion:
    """The version asked for, else the one in force, else the draft. Raises ``NotVisible`` when there is none."""
    if number is not None:
        found = next((version for version in versions if version.number == number), None)
    else:
        by_state = {version.state: version for version in reversed(versions)}
        found = by_state.get(VersionState.CURRENT) or by_state.get(VersionState.DRAFT)
    if found is None:
        raise NotVisible("")
    return found


def version_for(viewer: Viewer, plan: Plan, number: int | None = None) -> PlanVersion:
    """The version to show. Raises ``NotVisible`` when there is none that the viewer may see."""
    return chosen_version(versions_for(viewer, plan), number)


@dataclass(slots=True)
class ItemView:
    """An item with its node in the version in force (or the draft when nothing is), its ancestors and who carries it."""

    item: PlanItem
    node: PlanNode
    version: PlanVersion
    ancestors: list[PlanNode] = field(default_factory=list)
    carriers: frozenset[int] = frozenset()
    may_follow_up: bool = False


def item_for(viewer: Viewer, item_id: int) -> ItemView:
    """An item of the viewer's démarche. Raises ``NotVisible`` for any other, or one that no shown version has."""
    node = node_for(viewer, nodes_of_item(viewer, item_id))
    ancestors = ancestors_of(node)
    carriers = carriers_of(node, ancestors)
    return ItemView(node.item, node, node.version, ancestors, carriers, may_follow_up(viewer, carriers))


# What nobody asks of an ancestor: its number, its title and its item are enough, and each column costs time.
_UNASKED = tuple(
    f"{'__'.join(['parent'] * depth)}__{name}"
    for depth in range(1, 5)
    for name in (
        "space", "version", "action", "axis", "due_on", "order", "description", "group",
        "period_written", "starts_on", "ends_on", "continuous", "budget",
    )
)  # fmt: skip


def nodes_of_item(viewer: Viewer, item_id: int) -> QuerySet[PlanNode]:
    """What the versions in force and the drafts say of an item of the viewer's démarche, with what stands above it."""
    viewer.must("plan.view")
    shown = Q(version__state=VersionState.CURRENT) | Q(version__state=VersionState.DRAFT)
    return (
        PlanNode.objects.filter(shown, space=viewer.space, item_id=item_id)
        .select_related("item__outlook", "version__plan", "parent__parent__parent__parent")
        .defer("version__snapshot", *_UNASKED)
        .order_by("version__state", "-version__number")
    )


def node_for(viewer: Viewer, nodes: QuerySet[PlanNode]) -> PlanNode:
    """The one of ``nodes_of_item`` to show. Raises ``NotVisible`` when there is none."""
    node = next(iter(nodes), None)  # "current" sorts before "draft"
    if node is None:
        raise NotVisible("")
    if node.version.state == VersionState.DRAFT and not viewer.can("plan.draft.view"):
        in_force = PlanVersion.objects.filter(plan_id=node.version.plan_id, state=VersionState.CURRENT).exists()
        if in_force:
            raise NotVisible("")
    return node


def ancestors_of(node: PlanNode) -> list[PlanNode]:
    """What stands above a node, from the top down (loaded by ``nodes_of_item``)."""
    ancestors: list[PlanNode] = []
    above = node.parent
    while above is not None:
        ancestors.insert(0, above)
        above = above.parent
    return ancestors


def carriers_of(node: PlanNode, ancestors: list[PlanNode]) -> frozenset[int]:
    """Organisations that lead a node or one of its ancestors, or are its fiscal agent.

    An action is also carried by whoever carries one of its outcomes: real plans write the lead at either level.
    """
    where = Q(node__in=[node.pk, *(above.pk for above in ancestors)])
    if node.kind == NodeKind.ACTION:
        where |= Q(node__in=PlanNode.objects.filter(action=node, kind=NodeKind.OUTCOME).order_by().values("pk"))
    ids = NodeActor.objects.filter(where, role__in=CARRYING_ROLES, organisation__isnull=False).order_by()
    return frozenset(pk for pk in ids.values_list("organisation_id", flat=True) if pk is not None)
