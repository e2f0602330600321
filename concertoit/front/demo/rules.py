"""The small notation in which the example plans are written (``data/*.txt``), so that they can be read and corrected.

``#`` axis, ``##`` objective, ``### title | leads | partners`` action, ``= title | period | budget | links`` outcome,
``--`` heading of the steps that follow, ``-`` step. Names are separated by ``;``; ``+`` before a name is a committee to
form. A budget is an amount, or amounts by year (``An 1=7590; An 2=3856``).
"""

from __future__ import annotations

import uuid
from decimal import Decimal

from concertoit.together.plans.rules.document import (
    Actor,
    ActorKind,
    ActorRole,
    BudgetLine,
    Link,
    Node,
    NodeKind,
    Period,
    PlanDocument,
)
from concertoit.together.plans.rules.names import kind_of
from concertoit.together.plans.rules.periods import read_period

_MARKS = {
    "#": NodeKind.AXIS,
    "##": NodeKind.OBJECTIVE,
    "###": NodeKind.ACTION,
    "=": NodeKind.OUTCOME,
    "-": NodeKind.STEP,
}


def read(text: str, *, title: str, seed: str) -> PlanDocument:
    """The document a text describes. Ids are derived from ``seed`` and the place, so that they are the same each time."""
    plan = PlanDocument(title=title)
    open_nodes: dict[NodeKind, Node] = {}
    group = ""
    for line in text.splitlines():
        mark, _space, rest = line.partition(" ")
        if mark == "--":
            group = rest.strip()
            continue
        if mark not in _MARKS:
            continue
        kind = _MARKS[mark]
        group = group if kind is NodeKind.STEP else ""
        parents = [open_nodes[level] for level in NodeKind if level in open_nodes and _above(level, kind)]
        siblings = parents[-1].children if parents else plan.roots
        number = sum(node.kind is kind for node in siblings) + 1
        code = f"{parents[-1].canonical}.{number}" if parents else str(number)
        node = _node(kind, code, rest, group, seed)
        siblings.append(node)
        open_nodes = {level: one for level, one in open_nodes.items() if _above(level, kind)} | {kind: node}
    _resolve(plan)
    return plan


def _above(level: NodeKind, kind: NodeKind) -> bool:
    order = list(NodeKind)
    return order.index(level) < order.index(kind)


def _node(kind: NodeKind, code: str, rest: str, group: str, seed: str) -> Node:
    title, second, third, fourth = [part.strip() for part in [*rest.split("|"), "", "", ""][:4]]
    node = Node(
        id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{seed}/{code}")),
        kind=kind,
        title=title,
        canonical=code,
        written=code if kind is not NodeKind.STEP else code.rsplit(".", 1)[-1],
        group=group,
    )
    if kind is NodeKind.ACTION:
        node.actors = [*_actors(second, ActorRole.LEAD), *_actors(third, ActorRole.PARTNER)]
    if kind is NodeKind.OUTCOME:
        node.period = read_period(second) or Period(written=second)
        node.budget_lines = [_line(part) for part in third.split(";") if part.strip()]
        if node.budget_lines:
            node.budget = sum((line.amount for line in node.budget_lines), Decimal("0.00"))
        node.links = [Link(part.strip()) for part in fourth.split(";") if part.strip()]
    return node


def _actors(names: str, role: ActorRole) -> list[Actor]:
    actors = []
    for name in (part.strip() for part in names.split(";") if part.strip()):
        to_form = name.startswith("+")
        kind = ActorKind.COMMITTEE_TO_FORM if to_form else kind_of(name)
        actors.append(Actor(role, name.lstrip("+"), kind))
    return actors


def _line(part: str) -> BudgetLine:
    year, _equals, amount = part.rpartition("=")
    return BudgetLine(amount=Decimal(amount.strip()).quantize(Decimal("0.01")), year=year.strip())


def _resolve(plan: PlanDocument) -> None:
    ids = {node.canonical: node.id for node in plan.walk()}
    for node in plan.walk():
        for link in node.links:
            link.target = ids.get(link.target_written)
