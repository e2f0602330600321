"""Corrections that a person makes to an understood document before confirming it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from concertoit.together.plans.rules.document import LEVEL, Actor, ActorRole, Node, NodeKind, PlanDocument
from concertoit.together.plans.rules.periods import read_period


@dataclass(slots=True)
class Correction:
    """What the form of the preview says of a node."""

    kind: NodeKind
    title: str
    written: str = ""
    group: str = ""
    period: str = ""
    budget: Decimal | None = None
    leads: list[Actor] = field(default_factory=list)
    partners: list[Actor] = field(default_factory=list)


def find(document: PlanDocument, node_id: str) -> Node | None:
    """The node of that id."""
    return next((node for node in document.walk() if node.id == node_id), None)


def siblings_of(document: PlanDocument, node_id: str) -> list[Node]:
    """The list in which a node stands. Raises ``KeyError``."""
    if any(root.id == node_id for root in document.roots):
        return document.roots
    for node in document.walk():
        if any(child.id == node_id for child in node.children):
            return node.children
    raise KeyError(node_id)


def may_be(document: PlanDocument, node: Node, kind: NodeKind) -> bool:
    """Whether a node may take a level: under its parent's, above its children's."""
    parent = document.parents().get(node.id)
    above = LEVEL[parent.kind] if parent else -1
    return above < LEVEL[kind] and all(LEVEL[kind] < LEVEL[child.kind] for child in node.children)


def correct(document: PlanDocument, node: Node, correction: Correction) -> None:
    """Apply what the person wrote; what they decided is no longer a guess."""
    node.kind, node.title, node.written, node.group = (
        correction.kind,
        correction.title.strip(),
        correction.written.strip(),
        correction.group.strip(),
    )
    if correction.period.strip() != node.period.written:
        read = read_period(correction.period, plan_start=document.period.start)
        if read is not None:
            node.period = read
        else:
            node.period.start = node.period.end = None
            node.period.continuous = False
        node.period.written = correction.period.strip()
    if correction.budget != node.budget:
        node.budget = correction.budget
        if sum((line.amount for line in node.budget_lines), Decimal(0)) != node.budget:
            node.budget_lines = []
    others = [actor for actor in node.actors if actor.role not in (ActorRole.LEAD, ActorRole.PARTNER)]
    node.actors = [*correction.leads, *others, *correction.partners]
    node.guessed = []


def remove(document: PlanDocument, node_id: str) -> list[Node]:
    """Take a node and what stands under it out of the document; answers what was taken, in reading order."""
    siblings = siblings_of(document, node_id)
    node = next(one for one in siblings if one.id == node_id)
    siblings.remove(node)
    taken = list(node.walk())
    gone = {one.id for one in taken}
    for other in document.walk():
        for link in other.links:
            if link.target in gone:
                link.target = None
    return taken


def place(document: PlanDocument, text: str, source_place: str, *, parent_id: str, kind: NodeKind | None) -> Node:
    """Give a text that had no place one: a new node under another, or (without ``kind``) words of its description.

    Raises ``KeyError`` for an unknown parent, ``ValueError`` for a level that cannot stand there.
    """
    parent = find(document, parent_id)
    if parent is None:
        raise KeyError(parent_id)
    if kind is None:
        parent.description = "\n".join(part for part in (parent.description, text) if part)
        return parent
    if LEVEL[kind] <= LEVEL[parent.kind]:
        raise ValueError(kind)
    made = Node(
        id=f"{parent.id}+{len(parent.children) + 1}",
        kind=kind,
        title=text,
        canonical=f"{parent.canonical}.{len(parent.children) + 1}" if parent.canonical else "",
        source_place=source_place,
        source_text=text,
    )
    while find(document, made.id) is not None:
        made.id += "+"
    parent.children.append(made)
    return made
