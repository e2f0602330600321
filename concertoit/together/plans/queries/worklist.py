"""What people work on: steps of the plans in force, who carries them, what is late, blocked or silent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.enums import VersionState
from concertoit.together.plans.models import NodeActor, PlanNode, PlanVersion
from concertoit.together.plans.policies import CARRYING_ROLES
from concertoit.together.plans.rules.document import StepState
from concertoit.together.plans.workflow import SETTLED

# An item hangs at most this deep: axis, objective, action, outcome, step.
LINE = "parent__parent__parent__parent"
# Levels that are followed by a state of their own: steps, and what people act on without having split it into steps.
FOLLOWED = Q(kind="step") | (
    Q(kind__in=["action", "outcome"]) & ~Exists(PlanNode.objects.filter(parent=OuterRef("pk")).order_by())
)


def shown_versions(spaces: Iterable[Space]) -> list[int]:
    """For each plan of these démarches, the version that is followed: the one in force, else the draft."""
    versions: dict[int, int] = {}
    states = (VersionState.CURRENT, VersionState.DRAFT)
    rows = PlanVersion.objects.filter(space__in=list(spaces), state__in=states).order_by("-state", "number")
    for pk, plan_id in rows.values_list("pk", "plan_id"):
        versions[plan_id] = pk  # "draft" comes before "current" in this order, and gives way to it
    return sorted(versions.values())


def shown_nodes(viewer: Viewer) -> QuerySet[PlanNode]:
    """Nodes of the plans of the démarche, each with its item and its ancestors."""
    viewer.must("plan.view")
    return PlanNode.objects.filter(version__in=shown_versions([viewer.space])).select_related("item", LINE)


def followed(nodes: QuerySet[PlanNode]) -> QuerySet[PlanNode]:
    """Those that have a state of their own, with their due date as ``due``, in reading order."""
    due = Coalesce("item__due_on", "due_on")
    return nodes.filter(FOLLOWED).annotate(due=due).order_by("version_id", "order", "id")


def is_late(due: date | None, state: str, today: date | None = None) -> bool:
    """Whether a due date has passed for something that somebody still waits for."""
    return due is not None and due < (today or timezone.localdate()) and StepState(state) not in SETTLED


def late_only(nodes: QuerySet[PlanNode]) -> QuerySet[PlanNode]:
    """Those whose due date has passed, and for which somebody still waits."""
    late = nodes.alias(effective=Coalesce("item__due_on", "due_on")).filter(effective__lt=timezone.localdate())
    return late.exclude(item__state__in=SETTLED)


def line_of(node: PlanNode) -> list[PlanNode]:
    """A node and everything above it, nearest first (loaded by ``shown_nodes``)."""
    line = [node]
    while line[-1].parent is not None:
        line.append(line[-1].parent)
    return line


def carried_nodes(viewer: Viewer, nodes: Sequence[PlanNode]) -> set[int]:
    """Ids of the nodes, among these, where the viewer tells where things stand; one query."""
    return carried_lines(viewer, {n.version_id for n in nodes}, [tuple(one.pk for one in line_of(n)) for n in nodes])


def carried_lines(viewer: Viewer, versions: Iterable[int], lines: Iterable[tuple[int, ...]]) -> set[int]:
    """As ``carried_nodes``; a line is the id of a node followed by those of everything above it."""
    if viewer.can("plan.followup.all"):
        return {line[0] for line in lines}
    if not viewer.can("plan.followup.own") or not viewer.organisation_ids:
        return set()
    mine = _carried_by(viewer.organisation_ids, versions)
    return {line[0] for line in lines if not mine.isdisjoint(line)}


def _carried_by(organisations: Iterable[int], versions: Iterable[int]) -> set[int]:
    actors = NodeActor.objects.filter(
        version__in=list(versions), role__in=CARRYING_ROLES, organisation__in=list(organisations)
    )
    return set(actors.order_by().values_list("node_id", flat=True))


def under_organisations(
    nodes: QuerySet[PlanNode], organisations: Iterable[int], versions: Iterable[int]
) -> QuerySet[PlanNode]:
    """Those that these organisations carry, on the node itself or above it."""
    carried = list(_carried_by(organisations, versions))
    above = Q(pk__in=carried)
    path = "parent"
    for _depth in range(4):
        above |= Q(**{f"{path}__in": carried})
        path += "__parent"
    return nodes.filter(above)


@dataclass(slots=True)
class Work:
    """What one person carries in one démarche: the steps that wait, the most pressing first."""

    late: list[PlanNode] = field(default_factory=list)
    blocked: list[PlanNode] = field(default_factory=list)
    coming: list[PlanNode] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.late or self.blocked or self.coming)

    @property
    def all(self) -> list[PlanNode]:
        return [*self.late, *self.blocked, *self.coming]


def due_of(node: PlanNode) -> date | None:
    """The date people set, else the one of the period."""
    return node.item.due_on or node.due_on


def work_of(viewer: Viewer) -> Work:
    """Steps that the viewer's organisations carry and for which somebody waits; nothing for who carries nothing.

    Three queries. The coordination carries what its own organisation carries, not the whole plan.
    """
    work = Work()
    if not viewer.can("plan.followup.own") or not viewer.organisation_ids:
        return work
    versions = shown_versions([viewer.space])
    nodes = PlanNode.objects.filter(version__in=versions).select_related("item", LINE)
    mine = under_organisations(followed(nodes), viewer.organisation_ids, versions)
    for node in mine.exclude(item__state__in=SETTLED):
        if is_late(due_of(node), node.item.state):
            work.late.append(node)
        elif node.item.state == StepState.BLOCKED:
            work.blocked.append(node)
        elif node.starts_on is None or node.starts_on <= timezone.localdate() or node.item.state == StepState.DOING:
            work.coming.append(node)
    for part in (work.late, work.blocked, work.coming):
        part.sort(key=lambda node: (due_of(node) or date.max, node.order))
    return work
