"""Writing a draft: add, change, move, remove, renumber. Everything that is not a draft refuses."""

import uuid
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.models import CrossCuttingPriority
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.enums import NODE_KIND_LABELS
from concertoit.together.plans.models import (
    BudgetLine,
    NodeActor,
    NodeLink,
    NodePriority,
    PlanItem,
    PlanNode,
    PlanSection,
    PlanVersion,
)
from concertoit.together.plans.rules.document import LEVEL, Actor, NodeKind, Period
from concertoit.together.plans.rules.matching import fold
from concertoit.together.plans.rules.periods import read_period
from concertoit.together.plans.services.actors import Resolver
from concertoit.together.plans.services.arranging import arrange
from concertoit.together.plans.services.versions import must_be_editable


@dataclass(slots=True)
class NodeContent:
    """Everything a person may write about a node in one form."""

    title: str
    written: str = ""
    description: str = ""
    group: str = ""
    period_written: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    continuous: bool = False
    budget: Decimal | None = None
    actors: list[Actor] = field(default_factory=list)
    lines: list[tuple[str, Decimal, str, str]] = field(default_factory=list)
    links: list[tuple[int | None, str, str, str]] = field(default_factory=list)
    priorities: list[int] = field(default_factory=list)


@transaction.atomic
def add_node(
    *, viewer: Viewer, version: PlanVersion, kind: NodeKind, parent: PlanNode | None, content: NodeContent
) -> PlanNode:
    """Add a node at the end of its parent (or of the plan). Raises ``DomainError`` for a level above its parent's."""
    viewer.must("plan.edit")
    must_be_editable(version)
    _must_fit(kind, parent)
    _must_say_something(content)
    item = PlanItem.objects.create(uid=uuid.uuid4(), space=version.space, plan_id=version.plan_id, kind=kind)
    node = PlanNode(space=version.space, version=version, item=item, kind=kind, parent=parent, order=_END)
    _write(node, content)
    arrange(version)
    node.refresh_from_db()
    _journal(viewer, "plan.node_added", node, after=_values(node))
    return node


_END = 2_000_000_000  # after everything, until ``arrange`` gives the place


@transaction.atomic
def change_node(*, viewer: Viewer, node: PlanNode, content: NodeContent) -> PlanNode:
    """Rewrite a node of a draft."""
    viewer.must("plan.edit")
    must_be_editable(node.version)
    _must_say_something(content)
    before = _values(node)
    _write(node, content)
    arrange(node.version)
    node.refresh_from_db()
    _journal(viewer, "plan.node_changed", node, before=before, after=_values(node))
    return node


@transaction.atomic
def move_node(*, viewer: Viewer, node: PlanNode, parent: PlanNode | None, before: PlanNode | None = None) -> PlanNode:
    """Put a node under another parent and before a sibling (at the end without one). Links follow: they know the item.

    Raises ``DomainError`` when the place makes no sense (under itself, or under a lower level).
    """
    viewer.must("plan.edit")
    must_be_editable(node.version)
    _must_fit(NodeKind(node.kind), parent)
    above = parent
    while above is not None:
        if above.pk == node.pk:
            raise DomainError(_("Un élément ne peut pas être placé sous lui-même."))
        above = above.parent
    if before is not None and before.parent_id != (parent.pk if parent else None):
        raise DomainError(_("L’élément voisin n’est pas à cet endroit."))
    was = {"parent": str(node.parent or ""), "order": node.order}
    node.parent = parent
    node.save(update_fields=["parent"])
    arrange(node.version, moved=node.pk, before=before.pk if before else None)
    node.refresh_from_db()
    _journal(viewer, "plan.node_moved", node, before=was, after={"parent": str(parent or ""), "order": node.order})
    return node


@transaction.atomic
def shift_node(*, viewer: Viewer, node: PlanNode, up: bool) -> PlanNode:
    """Move a node one place up or down among its siblings; at the end of the line nothing happens."""
    siblings = list(PlanNode.objects.filter(version=node.version, parent=node.parent_id).order_by("order", "id"))
    place = next(i for i, sibling in enumerate(siblings) if sibling.pk == node.pk)
    if up and place > 0:
        return move_node(viewer=viewer, node=node, parent=node.parent, before=siblings[place - 1])
    if not up and place < len(siblings) - 1:
        after = siblings[place + 2] if place + 2 < len(siblings) else None
        return move_node(viewer=viewer, node=node, parent=node.parent, before=after)
    viewer.must("plan.edit")
    return node


@transaction.atomic
def remove_node(*, viewer: Viewer, node: PlanNode) -> None:
    """Remove a node and what stands under it from the draft. The items, and what happened to them, stay in the plan."""
    viewer.must("plan.edit")
    must_be_editable(node.version)
    _journal(viewer, "plan.node_removed", node, before=_values(node))
    version = node.version
    node.delete()
    arrange(version)


@transaction.atomic
def renumber(*, viewer: Viewer, version: PlanVersion) -> int:
    """Give every axis, objective, action and outcome the number of its place; answers how many changed.

    Links keep pointing at the same items, and say the new number.
    """
    viewer.must("plan.edit")
    must_be_editable(version)
    arrange(version)
    nodes = list(PlanNode.objects.filter(version=version).exclude(kind="step").order_by("order"))
    changed = [node for node in nodes if node.written != node.canonical]
    for node in changed:
        node.written = node.canonical
    PlanNode.objects.bulk_update(changed, ["written"], batch_size=500)
    codes = {node.item_id: node.canonical for node in nodes}
    links = [link for link in NodeLink.objects.filter(version=version) if link.target_id in codes]
    for link in links:
        link.target_written = codes[link.target_id] if link.target_id else link.target_written
    NodeLink.objects.bulk_update(links, ["target_written"], batch_size=500)
    if changed:
        record(
            actor=viewer.user,
            verb="plan.renumbered",
            object_type="plans.plan",
            object_id=version.plan_id,
            object_label=version.plan.title,
            space_id=version.space_id,
            after={"version": version.number, "changed": len(changed)},
        )
    return len(changed)


@transaction.atomic
def write_section(*, viewer: Viewer, version: PlanVersion, kind: str, heading: str, body: str) -> PlanSection:
    """Write one of the texts that surround the tables."""
    viewer.must("plan.edit")
    must_be_editable(version)
    section = PlanSection.objects.filter(version=version, kind=kind, heading=heading).first()
    before = {"body": section.body} if section else {}
    if section is None:
        position = PlanSection.objects.filter(version=version).count()
        section = PlanSection(space=version.space, version=version, kind=kind, heading=heading, position=position)
    section.body = body
    section.full_clean()
    section.save()
    record(
        actor=viewer.user,
        verb="plan.section_written",
        object_type="plans.plan",
        object_id=version.plan_id,
        object_label=heading or str(section.get_kind_display()),
        space_id=version.space_id,
        before=before,
        after={"body": body},
    )
    return section


def _must_fit(kind: NodeKind, parent: PlanNode | None) -> None:
    if parent is not None and LEVEL[NodeKind(parent.kind)] >= LEVEL[kind]:
        raise DomainError(
            _("« %(kind)s » ne peut pas être placé sous « %(parent)s ».")
            % {"kind": NODE_KIND_LABELS[kind], "parent": NODE_KIND_LABELS[NodeKind(parent.kind)]}
        )


def _must_say_something(content: NodeContent) -> None:
    if not content.title.strip():
        raise DomainError(_("Écrivez un titre."), field="title")
    if content.starts_on and content.ends_on and content.starts_on > content.ends_on:
        raise DomainError(_("La fin doit suivre le début."), field="ends_on")
    stated, parts = content.budget, sum((line[1] for line in content.lines), Decimal(0))
    if stated is not None and content.lines and parts != stated:
        raise DomainError(
            _("Les montants par année font %(parts)s, mais le budget dit %(stated)s.")
            % {"parts": f"{parts:.2f}", "stated": f"{stated:.2f}"},
            field="budget",
        )


def _write(node: PlanNode, content: NodeContent) -> None:
    """Save the node and replace what hangs on it."""
    node.title, node.written = content.title.strip(), content.written.strip()
    node.description, node.group = content.description.strip(), content.group.strip()
    node.period_written, node.continuous = content.period_written.strip(), content.continuous
    node.starts_on, node.ends_on = content.starts_on, content.ends_on
    if node.period_written and not (node.starts_on or node.ends_on or node.continuous):
        # Prose that says no date (« à court terme ») stays prose.
        understood = read_period(node.period_written, plan_start=node.version.plan.starts_on) or Period()
        node.starts_on, node.ends_on, node.continuous = understood.start, understood.end, understood.continuous
    node.budget = content.budget
    if node.budget is None and content.lines:
        node.budget = sum((line[1] for line in content.lines), Decimal(0))
    node.full_clean(exclude=["canonical"])
    node.save()
    common: dict[str, Any] = {"space": node.space, "version": node.version, "node": node}
    _write_actors(node, content.actors, common)
    node.budget_lines.all().delete()
    BudgetLine.objects.bulk_create(
        BudgetLine(**common, year=year, amount=amount, fiscal_agent=agent, source=source)
        for year, amount, agent, source in content.lines
    )
    node.links.all().delete()
    NodeLink.objects.bulk_create(
        NodeLink(**common, target_id=target, target_written=written, kind=kind, note=note)
        for target, written, kind, note in content.links
    )
    node.priorities.all().delete()
    chosen = CrossCuttingPriority.objects.filter(space=node.space, pk__in=content.priorities)
    NodePriority.objects.bulk_create(NodePriority(**common, priority=priority) for priority in chosen)


def _write_actors(node: PlanNode, actors: list[Actor], common: dict[str, Any]) -> None:
    node.actors.all().delete()
    resolver = Resolver(node.space)
    rows = []
    for position, actor in enumerate(actors):
        organisation, committee = resolver.resolve(actor)
        rows.append(
            NodeActor(
                **common,
                role=actor.role,
                kind=actor.kind,
                organisation_id=organisation,
                committee_id=committee,
                name=actor.name,
                precision=actor.precision,
                position=position,
            )
        )
    NodeActor.objects.bulk_create(rows)


def _values(node: PlanNode) -> dict[str, Any]:
    """What the journal keeps of a node."""
    return {
        "written": node.written,
        "title": node.title,
        "description": node.description,
        "group": node.group,
        "period": node.period_written,
        "starts_on": node.starts_on.isoformat() if node.starts_on else None,
        "ends_on": node.ends_on.isoformat() if node.ends_on else None,
        "continuous": node.continuous,
        "budget": f"{node.budget:.2f}" if node.budget is not None else None,
        "actors": [f"{a.role}: {a.name}" for a in node.actors.order_by("position", "id")],
    }


def _journal(viewer: Viewer, verb: str, node: PlanNode, **values: Any) -> None:
    record(
        actor=viewer.user,
        verb=verb,
        object_type="plans.item",
        object_id=node.item_id,
        object_label=str(node),
        space_id=node.space_id,
        **values,
    )


@transaction.atomic
def set_steps(*, viewer: Viewer, node: PlanNode, steps: list[tuple[str, str]]) -> None:
    """Make the steps under a node be these (group, title) pairs, in this order.

    A step whose title did not change stays the same item, and so does one that is only reworded in place: what happened
    to it is not lost. Only what is left over is added or removed.
    """
    viewer.must("plan.edit")
    must_be_editable(node.version)
    existing = list(PlanNode.objects.filter(parent=node, kind="step").order_by("order", "id"))
    if [(one.group, one.title) for one in existing] == steps:
        return
    before = [one.title for one in existing]
    by_title: dict[str, list[PlanNode]] = {}
    for one in existing:
        by_title.setdefault(fold(one.title), []).append(one)
    kept: list[PlanNode | None] = [
        by_title[fold(title)].pop(0) if by_title.get(fold(title)) else None for _group, title in steps
    ]
    left = [node for node in existing if node not in kept]
    for place, (group, title) in enumerate(steps):
        step: PlanNode | None = kept[place] or (left.pop(0) if left else None)
        if step is None:
            item = PlanItem.objects.create(
                uid=uuid.uuid4(), space=node.space, plan_id=node.version.plan_id, kind="step"
            )
            step = PlanNode(space=node.space, version=node.version, item=item, kind="step", parent=node)
        step.group, step.title, step.order = group[:200], title, _END - len(steps) + place
        step.save()
    for gone in left:
        gone.delete()
    arrange(node.version)
    _journal(
        viewer,
        "plan.steps_written",
        node,
        before={"steps": before},
        after={"steps": [title for _group, title in steps]},
    )
