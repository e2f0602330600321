"""The difference between two plans, as a person would tell it: what came, what went, what moved, what changed.

Nodes are matched by id alone; matching an imported document to an existing plan is done before (``matching.py``).
Follow-up (states) and traces of reading (guessed, source) are not content and are not compared.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from concertoit.together.plans.rules.document import Actor, CycleStep, Node, NodeKind, Period, PlanDocument
from concertoit.together.plans.rules.normal_form import ROLE_ORDER


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


def _dates(period: Period) -> str:
    """« 2026-04-01 – 2027-03-31 », « … » for what is continuous or has no start or end."""
    if period.continuous and not period.end:
        return f"{period.start or ''} …".strip()
    if period.start or period.end:
        return f"{period.start or '…'} – {period.end or '…'}"
    return ""


def _actors(actors: list[Actor]) -> str:
    """Grouped by role: how roles are interleaved says nothing, and a file keeps each role in its own column."""
    return "\n".join(
        f"{actor.role.value}|{actor.kind.value}|{actor.name}" + (f" ({actor.precision})" if actor.precision else "")
        for actor in sorted(actors, key=lambda actor: ROLE_ORDER[actor.role])
    )


_FIELDS: dict[str, Callable[[Node], str]] = {
    "written": lambda n: n.written,
    "title": lambda n: n.title,
    "description": lambda n: n.description,
    "group": lambda n: n.group,
    "period": lambda n: n.period.written,
    "dates": lambda n: _dates(n.period),
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


def _cycle_step(step: CycleStep) -> str:
    when = step.when or (step.date.isoformat() if step.date else "")
    return " · ".join(" ".join(part.split()) for part in (when, step.body, step.title, step.detail) if part)


def _around(document: PlanDocument) -> dict[str, str]:
    texts = {
        "title": document.title,
        "participants": "\n".join(
            " · ".join(part for part in (p.organisation, p.person, p.capacity) if part) for p in document.participants
        ),
        "cycle": "\n".join(_cycle_step(step) for step in document.cycle),
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
    """Everything that changed from one document to the other, in about the time it takes to read both."""
    old, old_parents, old_axes = _places(before)
    new, new_parents, new_axes = _places(after)
    shifted = _shifted(old_parents, new_parents)
    gone = _removed_after(old, new, old_axes)
    changes = gone.pop("", [])
    for key, node in new.items():
        if key not in old:
            changes.append(NodeChange(ChangeKind.ADDED, None, node, axis=new_axes[key]))
        else:
            fields = _changed_fields(old[key], node)
            moved = old_parents[key] != new_parents[key] or key in shifted
            if fields or moved:
                changes.append(NodeChange(ChangeKind.CHANGED, old[key], node, new_axes[key], fields, moved))
        changes += gone.pop(key, [])
    was, now = _around(before), _around(after)
    around = [
        FieldChange(key, was.get(key, ""), now.get(key, ""))
        for key in dict.fromkeys([*was, *now])
        if was.get(key, "") != now.get(key, "")
    ]
    return PlanDiff(changes, around)


def _changed_fields(old: Node, new: Node) -> list[FieldChange]:
    """Fields that differ; the dates of a period only where its words did not change, since they follow the words."""
    fields = [FieldChange(name, read(old), read(new)) for name, read in _FIELDS.items() if read(old) != read(new)]
    reworded = any(change.field == "period" for change in fields)
    return [change for change in fields if not (reworded and change.field == "dates")]


def _removed_after(old: dict[str, Node], new: dict[str, Node], axes: dict[str, str]) -> dict[str, list[NodeChange]]:
    """Nodes that are gone, by the nearest node before them that is still there (empty at the start)."""
    gone: dict[str, list[NodeChange]] = {}
    before = ""
    for key, node in old.items():
        if key in new:
            before = key
        else:
            gone.setdefault(before, []).append(NodeChange(ChangeKind.REMOVED, node, None, axis=axes[key]))
    return gone


def _shifted(old_parents: dict[str, str], new_parents: dict[str, str]) -> set[str]:
    """Nodes that changed places among the siblings they keep: the fewest that explain the new order."""
    old_place = {key: place for place, key in enumerate(old_parents)}
    families: dict[str, list[str]] = {}
    for key, parent in new_parents.items():
        if old_parents.get(key) == parent:
            families.setdefault(parent, []).append(key)
    shifted: set[str] = set()
    for keys in families.values():
        places = [old_place[key] for key in keys]
        steady = _longest_rise(places)
        shifted |= {key for key, place in zip(keys, places, strict=True) if place not in steady}
    return shifted


def _longest_rise(numbers: list[int]) -> set[int]:
    """The longest increasing run of distinct numbers, gaps allowed."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(tails, number)
        before[number] = tails[place - 1] if place else None
        tails[place : place + 1] = [number]
    steady: set[int] = set()
    last: int | None = tails[-1] if tails else None
    while last is not None:
        steady.add(last)
        last = before[last]
    return steady
