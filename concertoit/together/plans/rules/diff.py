"""The difference between two plans, as a person would tell it: what came, what went, what moved, what changed.

Nodes are matched by id alone; matching an imported document to an existing plan is done before (``matching.py``).
Follow-up (states) and traces of reading (guessed, source) are not content and are not compared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from concertoit.together.plans.rules.document import Actor, Node, NodeKind, PlanDocument


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as text a person can read. ``field`` is a stable code."""

    field: str
    before: str
    after: str


@dataclass(slots=True)
class NodeChange:
    """What happened to one node. ``axis`` is the title of the axis it is (or was) under, for grouping."""

    kind: ChangeKind
    before: Node | None
    after: Node | None
    axis: str = ""
    fields: list[FieldChange] = field(default_factory=list)
    moved: bool = False

    @property
    def node(self) -> Node:
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one side always exists
        return found


@dataclass(slots=True)
class PlanDiff:
    """All changes in reading order, removed nodes where they stood, and what changed around the tables."""

    nodes: list[NodeChange] = field(default_factory=list)
    around: list[FieldChange] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.nodes or self.around)

    def by_axis(self) -> dict[str, list[NodeChange]]:
        """Changes grouped by axis, in reading order."""
        groups: dict[str, list[NodeChange]] = {}
        for change in self.nodes:
            groups.setdefault(change.axis, []).append(change)
        return groups

    def count(self, kind: ChangeKind) -> int:
        return sum(change.kind is kind for change in self.nodes)


def _actors(actors: list[Actor]) -> str:
    return "\n".join(
        f"{actor.role.value}|{actor.kind.value}|{actor.name}" + (f" ({actor.precision})" if actor.precision else "")
        for actor in actors
    )


_FIELDS: dict[str, Callable[[Node], str]] = {
    "written": lambda n: n.written,
    "title": lambda n: n.title,
    "description": lambda n: n.description,
    "group": lambda n: n.group,
    "period": lambda n: (
        n.period.written
        or " – ".join(d.isoformat() for d in (n.period.start, n.period.end) if d)
        or ("…" if n.period.continuous else "")
    ),
    "actors": lambda n: _actors(n.actors),
    "budget": lambda n: "" if n.budget is None else f"{n.budget:.2f}",
    "budget_lines": lambda n: "\n".join(
        " · ".join(part for part in (b.year, f"{b.amount:.2f}", b.fiscal_agent, b.source) if part)
        for b in n.budget_lines
    ),
    "indicators": lambda n: "\n".join(
        " · ".join(part for part in (i.title, i.unit, i.baseline, i.target) if part) for i in n.indicators
    ),
    "links": lambda n: "\n".join(f"{x.kind} {x.target_written}" + (f" ({x.note})" if x.note else "") for x in n.links),
    "cross_cutting": lambda n: "\n".join(n.cross_cutting),
}


def _around(document: PlanDocument) -> dict[str, str]:
    texts = {
        "title": document.title,
        "participants": "\n".join(
            " · ".join(part for part in (p.organisation, p.person, p.capacity) if part) for p in document.participants
        ),
        "cycle": "\n".join(" · ".join(part for part in (c.when, c.body, c.title) if part) for c in document.cycle),
    }
    for section in document.sections:
        key = f"section:{section.kind.value}:{section.heading}"
        texts[key] = "\n".join(part for part in (texts.get(key), section.body) if part)
    return texts


def _places(document: PlanDocument) -> tuple[dict[str, Node], dict[str, str], dict[str, str]]:
    """Nodes by id, parent id by id (empty for roots), axis title by id."""
    nodes: dict[str, Node] = {}
    parents: dict[str, str] = {}
    axes: dict[str, str] = {}

    def visit(node: Node, parent: str, axis: str) -> None:
        here = f"{node.written} {node.title}".strip() if node.kind is NodeKind.AXIS else axis
        nodes[node.id], parents[node.id], axes[node.id] = node, parent, here
        for child in node.children:
            visit(child, node.id, here)

    for root in document.roots:
        visit(root, "", "")
    return nodes, parents, axes


def compare(before: PlanDocument, after: PlanDocument) -> PlanDiff:
    """Everything that changed from one document to the other. Linear in their sizes."""
    old, old_parents, old_axes = _places(before)
    new, new_parents, new_axes = _places(after)
    changes = [
        NodeChange(ChangeKind.REMOVED, node, None, axis=old_axes[key]) for key, node in old.items() if key not in new
    ]
    for key, node in new.items():
        if key not in old:
            changes.append(NodeChange(ChangeKind.ADDED, None, node, axis=new_axes[key]))
            continue
        fields = [
            FieldChange(name, read(old[key]), read(node))
            for name, read in _FIELDS.items()
            if read(old[key]) != read(node)
        ]
        moved = old_parents[key] != new_parents[key]
        if fields or moved:
            changes.append(NodeChange(ChangeKind.CHANGED, old[key], node, new_axes[key], fields, moved))
    was, now = _around(before), _around(after)
    around = [
        FieldChange(key, was.get(key, ""), now.get(key, ""))
        for key in dict.fromkeys([*was, *now])
        if was.get(key, "") != now.get(key, "")
    ]
    return PlanDiff(changes, around)
