"""The outline while it is read: where a new element goes, and what each level is at now."""

from __future__ import annotations

from dataclasses import dataclass, field

from concertoit.together.plans.importers.source import Cell, Paragraph
from concertoit.together.plans.rules.document import LEVEL, Node, NodeKind, StepState
from concertoit.together.plans.rules.outline import OutlineNumber
from concertoit.together.plans.rules.wording import fold

Piece = Cell | Paragraph


@dataclass(slots=True)
class Draft:
    """An element as read from a piece of the source, before it has a place."""

    kind: NodeKind
    title: str
    number: OutlineNumber | None = None
    description: str = ""
    state: StepState | None = None
    steps_text: str = ""
    text: str = ""


@dataclass(slots=True)
class Tree:
    """Roots, the current element of each level, and the numbers as read (kept for the checks)."""

    roots: list[Node] = field(default_factory=list)
    current: dict[NodeKind, Node] = field(default_factory=dict)
    numbers: dict[int, OutlineNumber] = field(default_factory=dict)
    places: dict[int, str] = field(default_factory=dict)
    rows: dict[int, str] = field(default_factory=dict)
    inherited: list[Node] = field(default_factory=list)
    _known: dict[tuple[NodeKind, str, str], Node] = field(default_factory=dict)

    def add(self, draft: Draft, place: str) -> Node:
        """Put a new element under the nearest open element of a higher level, and make it the current one."""
        number = draft.number
        node = Node(id="", kind=draft.kind, title=draft.title, written=number.written if number else "")
        node.description, node.state = draft.description, draft.state
        node.source_place, node.source_text = place, draft.text
        if number:
            self.numbers[id(node)] = number
        parent = self.parent_for(draft.kind)
        (parent.children if parent else self.roots).append(node)
        self.open(node)
        self._known.setdefault(_key(draft, parent), node)
        return node

    def find(self, draft: Draft) -> Node | None:
        """The axis or objective already read under the same parent with the same words and number."""
        return self._known.get(_key(draft, self.parent_for(draft.kind)))

    def parent_for(self, kind: NodeKind) -> Node | None:
        open_levels = [k for k in self.current if LEVEL[k] < LEVEL[kind]]
        return self.current[max(open_levels, key=LEVEL.__getitem__)] if open_levels else None

    def open(self, node: Node) -> None:
        self.close(node.kind)
        self.current[node.kind] = node

    def reopen(self, node: Node) -> None:
        """Go back to an element; one that had only been announced takes its place where its contents begin."""
        siblings = self.roots if any(root is node for root in self.roots) else []
        if siblings and not node.children and siblings[-1] is not node:
            siblings[:] = [*(other for other in siblings if other is not node), node]
        self.open(node)

    def close(self, kind: NodeKind) -> None:
        """Forget the current elements of this level and of those under it."""
        for other in [k for k in self.current if LEVEL[k] >= LEVEL[kind]]:
            del self.current[other]

    def nodes(self) -> list[Node]:
        """Every element in document order."""
        found: list[Node] = []
        waiting = self.roots[::-1]
        while waiting:
            node = waiting.pop()
            found.append(node)
            waiting.extend(reversed(node.children))
        return found

    def remove(self, node: Node) -> None:
        """Take an element that has no children out of the outline."""
        owner = next((n for root in self.roots for n in root.walk() if any(c is node for c in n.children)), None)
        siblings = owner.children if owner else self.roots
        siblings[:] = [other for other in siblings if other is not node]
        self._known = {key: value for key, value in self._known.items() if value is not node}

    def deepest(self, *, above_steps: bool = True) -> Node | None:
        kinds = [k for k in self.current if not (above_steps and k is NodeKind.STEP)]
        return self.current[max(kinds, key=LEVEL.__getitem__)] if kinds else None


def _key(draft: Draft, parent: Node | None) -> tuple[NodeKind, str, str]:
    scope = str(id(parent)) if parent and draft.kind is not NodeKind.AXIS else ""
    name = fold(draft.title).strip(" .:;") or (draft.number.written if draft.number else "")
    return draft.kind, scope, name
