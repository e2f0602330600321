"""Matching a document that comes in to the plan that exists, so that the next Word version is a difference.

Exact only, never fuzzy: first the reference a document carries from our own export, then the same title under the same
kind of level, then the same number under matched parents. What remains is new.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable

from concertoit.together.plans.rules.document import Node, NodeKind, PlanDocument


def fold(text: str) -> str:
    """A text without case, accents or punctuation, spaces single: what two spellings of one title share."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = (ch if ch.isalnum() else " " for ch in decomposed if not unicodedata.combining(ch))
    return " ".join("".join(kept).split())


Key = Callable[[Node], Hashable | None]


class _Matcher:
    """The nodes of both sides that have no partner yet, and the pairs found so far."""

    def __init__(self, existing: PlanDocument, incoming: PlanDocument) -> None:
        self.pairs: dict[str, str] = {}
        self.free = {node.id: node for node in existing.walk()}
        self.waiting = {node.id: node for node in incoming.walk()}
        self.old_parents, self.new_parents = existing.parents(), incoming.parents()

    def settle(self, new_id: str, old_id: str) -> None:
        self.pairs[new_id] = old_id
        del self.free[old_id], self.waiting[new_id]

    def by_reference(self) -> None:
        """The same id on both sides: a document that left with our references and came back."""
        for node_id in [node_id for node_id in self.waiting if node_id in self.free]:
            if self.free[node_id].kind is self.waiting[node_id].kind:
                self.settle(node_id, node_id)

    def by_key(self, old_key: Key, new_key: Key) -> None:
        """Pair the nodes whose key is found exactly once on each side."""
        olds, news = _grouped(self.free, old_key), _grouped(self.waiting, new_key)
        for value, ids in news.items():
            if len(ids) == 1 and len(olds.get(value, ())) == 1:
                self.settle(ids[0], olds[value][0])

    def by_place(self, tell: Callable[[Node], str]) -> None:
        """Pair nodes told alike under matched parents."""

        def old_key(node: Node) -> Hashable | None:
            parent = self.old_parents.get(node.id)
            what = tell(node)
            return (node.kind, parent.id if parent else "", what) if what else None

        def new_key(node: Node) -> Hashable | None:
            parent = self.new_parents.get(node.id)
            where = self.pairs.get(parent.id) if parent else ""
            what = tell(node)
            return (node.kind, where, what) if what and where is not None else None

        self.by_key(old_key, new_key)


def _grouped(nodes: dict[str, Node], key: Key) -> dict[Hashable, list[str]]:
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for node in nodes.values():
        if (value := key(node)) is not None:
            groups[value].append(node.id)
    return groups


def _by_title(node: Node) -> Hashable | None:
    return (node.kind, fold(node.title)) if node.title and node.kind is not NodeKind.STEP else None


def match(existing: PlanDocument, incoming: PlanDocument) -> dict[str, str]:
    """Ids of incoming nodes mapped to ids of existing nodes; each existing node is used at most once."""
    matcher = _Matcher(existing, incoming)
    matcher.by_reference()
    matcher.by_key(_by_title, _by_title)
    # Level by level, so that a parent matched in one round lets its children match in the next.
    for _level in NodeKind:
        matcher.by_place(lambda node: fold(node.title))
        matcher.by_place(lambda node: node.canonical or node.written)
    return matcher.pairs


def adopt_ids(existing: PlanDocument, incoming: PlanDocument) -> dict[str, str]:
    """Give matched incoming nodes the ids of the existing ones (links follow); answers the pairs.

    A node that is new keeps no id that an existing one has (a line whose level changed is not the same element).
    """
    pairs = match(existing, incoming)
    old = {node.id for node in existing.walk()}
    taken = old | {node.id for node in incoming.walk()}
    ids = dict(pairs)
    for node in incoming.walk():
        if node.id not in pairs:
            ids[node.id] = _free_id(node.id, taken) if node.id in old else node.id
    for node in incoming.walk():
        node.id = ids[node.id]
        for link in node.links:
            if link.target is not None:
                link.target = ids.get(link.target, link.target)
    return pairs


def _free_id(wanted: str, taken: set[str]) -> str:
    """An id that nobody has, made from another, and taken from now on."""
    while wanted in taken:
        wanted += "+"
    taken.add(wanted)
    return wanted
