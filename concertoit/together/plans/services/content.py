"""Writing a draft: add, change, move, remove. Everything that is not a draft refuses."""

import uuid
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
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
    PlanVersion,
)
from concertoit.together.plans.rules.document import LEVEL, Actor, ActorKind, ActorRole, NodeKind, Period
from concertoit.together.plans.rules.normal_form import clean_text
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


def content_of(node: PlanNode) -> NodeContent:
    """What a node says now, so that one may change a part of it."""
    return NodeContent(
        title=node.title,
        written=node.written,
        description=node.description,
        group=node.group,
        period_written=node.period_written,
        starts_on=node.starts_on,
        ends_on=node.ends_on,
        continuous=node.continuous,
        budget=node.budget,
        actors=[
            Actor(ActorRole(row.role), row.name, ActorKind(row.kind), row.precision)
            for row in node.actors.order_by("position", "id")
        ],
        lines=[(row.year, row.amount, row.fiscal_agent, row.source) for row in node.budget_lines.order_by("id")],
        links=[(row.target_id, row.target_written, row.kind, row.note) for row in node.links.order_by("id")],
        priorities=[row.priority_id for row in node.priorities.order_by("id")],
    )


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
    node = PlanNode(space=version.space, version=version, item=item, kind=kind, parent=parent, order=END)
    _write(node, content)
    arrange(version)
    node.refresh_from_db()
    _journal(viewer, "plan.node_added", node, after=_values(node))
    return node


END = 2_000_000_000  # after everything, until ``arrange`` gives the place


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
    node.title, node.written = clean_text(content.title), clean_text(content.written)
    node.description, node.group = clean_text(content.description), clean_text(content.group)
    _write_period(node, content)
    node.budget = content.budget
    if node.budget is None and content.lines:
        node.budget = sum((line[1] for line in content.lines), Decimal(0))
    _must_be_sound(node, exclude=["canonical"])
    node.save()
    common: dict[str, Any] = {"space": node.space, "version": node.version, "node": node}
    _replace(node.actors.all(), _actors(node, content.actors, common))
    lines = [
        BudgetLine(**common, year=year, amount=amount, fiscal_agent=agent, source=source)
        for year, amount, agent, source in content.lines
    ]
    _replace(node.budget_lines.all(), lines)
    links = [
        NodeLink(**common, target_id=target, target_written=written, kind=kind, note=note)
        for target, written, kind, note in content.links
    ]
    _replace(node.links.all(), links)
    chosen = CrossCuttingPriority.objects.filter(space=node.space, pk__in=content.priorities).order_by(
        "position", "pk"
    )
    _replace(node.priorities.all(), [NodePriority(**common, priority=priority) for priority in chosen])


def _write_period(node: PlanNode, content: NodeContent) -> None:
    node.period_written, node.continuous = clean_text(content.period_written), content.continuous
    node.starts_on, node.ends_on = content.starts_on, content.ends_on
    if node.period_written and not (node.starts_on or node.ends_on or node.continuous):
        # Prose that says no date (« à court terme ») stays prose.
        understood = read_period(node.period_written, plan_start=node.version.plan.starts_on) or Period()
        node.starts_on, node.ends_on, node.continuous = understood.start, understood.end, understood.continuous


def _replace(rows: Any, wanted: list[Any]) -> None:
    """Put these rows where others were, once each is found sound: a text too long says so instead of being cut."""
    for row in wanted:
        _must_be_sound(row, exclude=["space", "version", "node", "target", "organisation", "committee", "priority"])
    rows.delete()
    rows.model.objects.bulk_create(wanted)


def _must_be_sound(row: Any, *, exclude: list[str]) -> None:
    """Raise ``DomainError`` with the sentences of the model for a value that the database cannot keep."""
    try:
        row.full_clean(exclude=exclude, validate_unique=False)
    except ValidationError as error:
        sentences = [
            f"{row._meta.get_field(name).verbose_name} : {words}" if name != NON_FIELD_ERRORS else words
            for name, many in error.message_dict.items()
            for words in many
        ]
        raise DomainError(" ".join(sentences)) from error


def _actors(node: PlanNode, actors: list[Actor], common: dict[str, Any]) -> list[NodeActor]:
    """Rows of actors; a name that somebody matched to an organisation or a committee by hand keeps its match."""
    matched = {(a.kind, a.name): (a.organisation_id, a.committee_id) for a in node.actors.all()}
    resolver = Resolver(node.space)
    rows = []
    for position, actor in enumerate(actors):
        organisation, committee = matched.get((actor.kind, actor.name)) or (None, None)
        if organisation is None and committee is None:
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
    return rows


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
