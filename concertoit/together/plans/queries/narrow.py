"""Which actions a filter keeps, and the tree with only them."""

from collections.abc import Callable

from django.db.models import Q
from django.db.models.functions import Coalesce

from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.models import NodeActor, NodePriority, PlanVersion
from concertoit.together.plans.policies import CARRYING_ROLES
from concertoit.together.plans.queries.tree import Line, Tree


def actions_with(version: PlanVersion, actors: Q) -> set[int]:
    """Ids of the actions that have such an actor, on themselves or on one of their outcomes."""
    return set(
        NodeActor.objects.filter(actors, version=version)
        .order_by()
        .annotate(carried=Coalesce("node__action_id", "node_id"))
        .values_list("carried", flat=True)
    )


def actions_tagged(version: PlanVersion, priority_id: int) -> set[int]:
    """Ids of the actions tagged with a cross-cutting priority, on themselves or on one of their outcomes."""
    return set(
        NodePriority.objects.filter(version=version, priority_id=priority_id)
        .order_by()
        .annotate(carried=Coalesce("node__action_id", "node_id"))
        .values_list("carried", flat=True)
    )


def kept_actions(
    viewer: Viewer,
    tree: Tree,
    *,
    show: str = "",
    organisation: int | None = None,
    committee: int | None = None,
    priority: int | None = None,
    mrc: str = "",
) -> set[int]:
    """Ids of the actions of a tree that pass every condition given."""
    version = tree.version
    kept = {line.node.pk for line in tree.actions()}
    if show == "mes-actions":
        mine = Q(role__in=CARRYING_ROLES, organisation_id__in=viewer.organisation_ids)
        kept &= actions_with(version, mine)
    elif show:
        tests: dict[str, Callable[[Line], bool]] = {
            "en-retard": lambda line: line.progress.late > 0,
            "avec-budget": lambda line: line.budget > 0,
            "silencieuses": lambda line: line.silent,
        }
        kept &= {line.node.pk for line in tree.actions() if tests[show](line)}
    if organisation is not None:
        kept &= actions_with(version, Q(organisation_id=organisation))
    if committee is not None:
        kept &= actions_with(version, Q(committee_id=committee))
    if priority is not None:
        kept &= actions_tagged(version, priority)
    if mrc:
        serving = Organisation.objects.filter(mrcs__code=mrc).values("pk")
        kept &= actions_with(version, Q(organisation_id__in=serving))
    return kept


def only_axis(tree: Tree, axis: int) -> None:
    """Keep only the root of that item. Totals of the tree stay those of the whole plan."""
    tree.roots = [root for root in tree.roots if root.node.item_id == axis]


def prune(tree: Tree, kept: set[int]) -> None:
    """Keep only these actions and what stands above them. Totals of the tree stay those of the whole plan."""

    def keep(line: Line) -> bool:
        if line.is_action:
            return line.node.pk in kept
        line.children = [child for child in line.children if keep(child)]
        return bool(line.children)

    tree.roots = [root for root in tree.roots if keep(root)]
