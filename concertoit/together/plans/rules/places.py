"""Where each node of a document stands: its depth, its order in the reading, and what stands above it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from concertoit.together.plans.rules.document import Node, NodeKind, PlanDocument


@dataclass(slots=True)
class Place:
    """A node with where it stands; ``order`` counts from one, ``action`` and ``axis`` are the nearest above it."""

    node: Node
    depth: int
    order: int
    parent: Node | None
    action: Node | None
    axis: Node | None


def places_of(document: PlanDocument) -> Iterator[Place]:
    """Every node with where it stands, in reading order."""
    order = 0

    def visit(node: Node, depth: int, above: Place | None) -> Iterator[Place]:
        nonlocal order
        order += 1
        parent = above.node if above else None
        action = parent if parent is not None and parent.kind is NodeKind.ACTION else (above.action if above else None)
        axis = parent if parent is not None and parent.kind is NodeKind.AXIS else (above.axis if above else None)
        place = Place(node, depth, order, parent, action, axis)
        yield place
        for child in node.children:
            yield from visit(child, depth + 1, place)

    for root in document.roots:
        yield from visit(root, 0, None)
