"""Links between plans of two démarches, seen from one of them; overlaps and gaps (L13)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer, visible_to
from concertoit.together.plans.enums import AlignmentKind, AlignmentState, VersionState
from concertoit.together.plans.models import Alignment, PlanNode


@dataclass(slots=True)
class AlignmentView:
    """An alignment from the viewer's side: ``mine`` and ``theirs`` are nodes in force (nothing once they are gone)."""

    alignment: Alignment
    mine: PlanNode | None
    theirs: PlanNode | None
    other: Space
    to_answer: bool
    from_us: bool


def alignments(viewer: Viewer) -> list[AlignmentView]:
    """Every open alignment of the démarche, what waits for an answer first."""
    viewer.must("plan.view")
    rows = list(
        Alignment.objects.filter(
            Q(space=viewer.space) | Q(other_space=viewer.space),
            state__in=[AlignmentState.PROPOSED, AlignmentState.ACCEPTED],
        ).select_related("space", "other_space")
    )
    nodes = nodes_in_force({pk for row in rows for pk in (row.item_id, row.other_item_id)})
    shown = []
    for row in rows:
        from_us = row.space_id == viewer.space.pk
        mine, theirs = (row.item_id, row.other_item_id) if from_us else (row.other_item_id, row.item_id)
        shown.append(
            AlignmentView(
                row,
                nodes.get(mine),
                nodes.get(theirs),
                row.other_space if from_us else row.space,
                to_answer=not from_us and row.state == AlignmentState.PROPOSED,
                from_us=from_us,
            )
        )
    return sorted(shown, key=lambda view: (not view.to_answer, view.other.name, -view.alignment.pk))


def nodes_in_force(item_ids: set[int]) -> dict[int, PlanNode]:
    """Nodes of the versions in force, by item."""
    return {
        node.item_id: node
        for node in PlanNode.objects.filter(item_id__in=item_ids, version__state=VersionState.CURRENT)
    }


def actions_in_force(space: Space) -> list[PlanNode]:
    """Actions and outcomes of a démarche's plan in force, in reading order."""
    return list(
        PlanNode.objects.filter(
            space=space, version__state=VersionState.CURRENT, kind__in=["action", "outcome"]
        ).order_by("version_id", "order")
    )


def spaces_to_align(viewer: Viewer) -> list[Space]:
    """Démarches whose plan in force the viewer may see: their own others, and those with a public page."""
    reachable = Q(pk__in=visible_to(viewer.user).values("pk")) | Q(is_public=True)
    with_plan = PlanNode.objects.filter(version__state=VersionState.CURRENT).values("space_id")
    return list(Space.objects.filter(reachable, pk__in=with_plan, archived_at=None).exclude(pk=viewer.space.pk))


@dataclass(slots=True)
class Coverage:
    """What two aligned démarches say of each other: overlaps, and actions that nothing links (gaps)."""

    other: Space
    overlaps: list[AlignmentView]
    linked: int
    gaps: list[PlanNode]


def coverage(viewer: Viewer, views: list[AlignmentView]) -> list[Coverage]:
    """By other démarche: accepted links that overlap, and our actions without any link to it."""
    actions = [node for node in actions_in_force(viewer.space) if node.kind == "action"]
    parents = {node.pk: node.action_id for node in actions_in_force(viewer.space)}
    found = []
    for other in {view.other.pk: view.other for view in views}.values():
        accepted = [v for v in views if v.other.pk == other.pk and v.alignment.state == AlignmentState.ACCEPTED]
        linked = {v.mine.pk if v.mine.kind == "action" else parents.get(v.mine.pk) for v in accepted if v.mine}
        found.append(
            Coverage(
                other,
                [v for v in accepted if v.alignment.kind == AlignmentKind.OVERLAPS],
                len(linked),
                [node for node in actions if node.pk not in linked],
            )
        )
    return found
