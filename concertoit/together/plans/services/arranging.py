"""Keeps what is derived from a version's shape true: reading order, place in the outline, ancestors, due dates."""

from collections import defaultdict
from datetime import date

from concertoit.together.plans.models import PlanNode, PlanVersion

DERIVED = ("order", "canonical", "action_id", "axis_id", "due_on")


def arrange(version: PlanVersion, *, moved: int | None = None, before: int | None = None) -> None:
    """Recompute the derived columns of a version and save the rows that changed: one read, one write.

    ``moved`` is the key of a node that goes just before the sibling ``before`` (at the end of its siblings without it).
    """
    nodes = list(PlanNode.objects.filter(version=version).order_by("order", "id"))
    children: dict[int | None, list[PlanNode]] = defaultdict(list)
    for node in nodes:
        children[node.parent_id].append(node)
    if moved is not None:
        _place(next(node for node in nodes if node.pk == moved), before, children)
    walk = _Walk(children)
    walk.visit(None, "", None, None, None)
    if walk.changed:
        fields = ["order", "canonical", "action", "axis", "due_on"]
        PlanNode.objects.bulk_update(walk.changed, fields, batch_size=200)


def _place(node: PlanNode, before: int | None, children: dict[int | None, list[PlanNode]]) -> None:
    siblings = children[node.parent_id]
    siblings.remove(node)
    place = next((i for i, sibling in enumerate(siblings) if sibling.pk == before), len(siblings))
    siblings.insert(place, node)


class _Walk:
    """Goes through the version in reading order and notes the rows whose derived columns change."""

    def __init__(self, children: dict[int | None, list[PlanNode]]) -> None:
        self.children = children
        self.changed: list[PlanNode] = []
        self.order = 0

    def visit(self, parent: int | None, prefix: str, action: int | None, axis: int | None, due: date | None) -> None:
        # One count whatever the levels, so that two elements never have the same place.
        for number, node in enumerate(self.children[parent], start=1):
            self.order += 1
            canonical = f"{prefix}.{number}" if prefix else str(number)
            own = None if node.continuous else (node.ends_on or due)
            self._note(node, (self.order, canonical, action, axis, own))
            self.visit(
                node.pk,
                canonical,
                node.pk if node.kind == "action" else action,
                node.pk if node.kind == "axis" else axis,
                own,
            )

    def _note(self, node: PlanNode, values: tuple[object, ...]) -> None:
        if tuple(getattr(node, name) for name in DERIVED) == values:
            return
        for name, value in zip(DERIVED, values, strict=True):
            setattr(node, name, value)
        self.changed.append(node)
