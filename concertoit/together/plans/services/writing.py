"""A whole document into a version, in bulk: the number of statements depends on depth, not on size."""

import uuid
from dataclasses import dataclass, field

from django.utils import timezone

from concertoit.ground.spaces.models import CrossCuttingPriority
from concertoit.together.plans.enums import LinkKind
from concertoit.together.plans.models import (
    BudgetLine,
    Indicator,
    NodeActor,
    NodeLink,
    NodePriority,
    PlanItem,
    PlanNode,
    PlanSection,
    PlanVersion,
    Spending,
)
from concertoit.together.plans.rules.document import BudgetKind, Link, Node, PlanDocument
from concertoit.together.plans.rules.matching import fold
from concertoit.together.plans.rules.places import Place, places_of
from concertoit.together.plans.rules.schedule import due_dates
from concertoit.together.plans.services.actors import Resolver

BATCH = 500


@dataclass(slots=True)
class Written:
    """What a writing created, by primary key, so that it can be undone."""

    items: list[int] = field(default_factory=list)
    indicators: list[int] = field(default_factory=list)
    priorities: list[int] = field(default_factory=list)
    spendings: list[int] = field(default_factory=list)


def write_document(*, version: PlanVersion, document: PlanDocument, resolver: Resolver) -> Written:
    """Write nodes and everything on them into an empty version.

    A node whose id is the uid of an item of the plan is that item; any other becomes a new item. States and money spent
    are given to new items only: what happened to an existing item is not rewritten by a document.
    """
    written = Written()
    places = list(places_of(document))
    items = _items(version, places, written)
    nodes = _nodes(version, document, places, items)
    _actors(version, places, nodes, resolver)
    _lines(version, places, nodes)
    _spendings(version, places, items, written)
    _links(version, places, nodes, items)
    _tags(version, places, nodes, written)
    _indicators(version, places, items, written)
    _sections(version, document)
    return written


def _items(version: PlanVersion, places: list[Place], written: Written) -> dict[str, PlanItem]:
    known = {str(item.uid): item for item in PlanItem.objects.filter(plan_id=version.plan_id)}
    today = timezone.localdate()
    fresh: dict[str, PlanItem] = {}
    for place in places:
        node = place.node
        if node.id in known:
            continue
        fresh[node.id] = PlanItem(
            uid=uuid.uuid4(),
            space_id=version.space_id,
            plan_id=version.plan_id,
            kind=node.kind,
            state=node.state or "todo",
            state_on=today if node.state else None,
        )
    PlanItem.objects.bulk_create(fresh.values(), batch_size=BATCH)
    written.items = [item.pk for item in fresh.values()]
    return {**known, **fresh}


def _nodes(
    version: PlanVersion, document: PlanDocument, places: list[Place], items: dict[str, PlanItem]
) -> dict[str, PlanNode]:
    due = due_dates(document.roots)
    rows: dict[str, PlanNode] = {}
    by_depth: dict[int, list[Place]] = {}
    for place in places:
        by_depth.setdefault(place.depth, []).append(place)
    for depth in sorted(by_depth):
        level = {place.node.id: _row(version, place, items, rows) for place in by_depth[depth]}
        for node_id, row in level.items():
            row.due_on = due[node_id]
        PlanNode.objects.bulk_create(level.values(), batch_size=BATCH)
        rows.update(level)
    return rows


def _row(version: PlanVersion, place: Place, items: dict[str, PlanItem], rows: dict[str, PlanNode]) -> PlanNode:
    node = place.node
    return PlanNode(
        space_id=version.space_id,
        version=version,
        item=items[node.id],
        parent=rows[place.parent.id] if place.parent else None,
        action=rows[place.action.id] if place.action else None,
        axis=rows[place.axis.id] if place.axis else None,
        kind=node.kind,
        order=place.order,
        written=node.written[:40],
        canonical=node.canonical[:40],
        title=node.title,
        description=_with_overflow(node),
        group=node.group[:200],
        period_written=node.period.written[:200],
        starts_on=node.period.start,
        ends_on=node.period.end,
        continuous=node.period.continuous,
        budget=node.budget,
    )


def _with_overflow(node: Node) -> str:
    """The description, then whatever is too long for its own column: nothing that was written is lost."""
    long = [
        text
        for text, size in (
            (node.written, 40),
            (node.group, 200),
            (node.period.written, 200),
            *((actor.precision, 300) for actor in node.actors),
            *((link.note, 300) for link in node.links),
        )
        if len(text) > size
    ]
    return "\n".join(part for part in (node.description, *long) if part)


def _actors(version: PlanVersion, places: list[Place], nodes: dict[str, PlanNode], resolver: Resolver) -> None:
    rows = []
    for place in places:
        for position, actor in enumerate(place.node.actors):
            organisation, committee = resolver.resolve(actor)
            rows.append(
                NodeActor(
                    space_id=version.space_id,
                    version=version,
                    node=nodes[place.node.id],
                    role=actor.role,
                    kind=actor.kind,
                    organisation_id=organisation,
                    committee_id=committee,
                    name=actor.name,
                    precision=actor.precision[:300],
                    position=position,
                )
            )
    NodeActor.objects.bulk_create(rows, batch_size=BATCH)


def _lines(version: PlanVersion, places: list[Place], nodes: dict[str, PlanNode]) -> None:
    BudgetLine.objects.bulk_create(
        (
            BudgetLine(
                space_id=version.space_id,
                version=version,
                node=nodes[place.node.id],
                year=line.year[:40],
                amount=line.amount,
                fiscal_agent=line.fiscal_agent[:200],
                source=line.source[:200],
            )
            for place in places
            for line in place.node.budget_lines
            if line.kind is BudgetKind.PLANNED
        ),
        batch_size=BATCH,
    )


def _spendings(version: PlanVersion, places: list[Place], items: dict[str, PlanItem], written: Written) -> None:
    """What a document says is committed or spent is not planned: it goes with the money of the new items."""
    new = set(written.items)
    today = timezone.localdate()
    rows = [
        Spending(
            space_id=version.space_id,
            item=items[place.node.id],
            kind=line.kind,
            on=today,
            year=line.year[:40],
            amount=line.amount,
            fiscal_agent=line.fiscal_agent[:200],
            source=line.source[:200],
        )
        for place in places
        if items[place.node.id].pk in new
        for line in place.node.budget_lines
        if line.kind is not BudgetKind.PLANNED
    ]
    Spending.objects.bulk_create(rows, batch_size=BATCH)
    written.spendings = [row.pk for row in rows]


def _links(version: PlanVersion, places: list[Place], nodes: dict[str, PlanNode], items: dict[str, PlanItem]) -> None:
    NodeLink.objects.bulk_create(
        (
            NodeLink(
                space_id=version.space_id,
                version=version,
                node=nodes[place.node.id],
                target=items.get(link.target) if link.target else None,
                target_written=link.target_written[:60],
                kind=link.kind if link.kind in LinkKind.values else LinkKind.RELATED,
                note=_link_note(link)[:300],
            )
            for place in places
            for link in place.node.links
        ),
        batch_size=BATCH,
    )


def _link_note(link: Link) -> str:
    """The note; before it, the words of a kind that is none of ours."""
    kind = "" if link.kind in LinkKind.values else link.kind
    return " ".join(part for part in (kind, link.note) if part)


def _tags(version: PlanVersion, places: list[Place], nodes: dict[str, PlanNode], written: Written) -> None:
    wanted = dict.fromkeys(name for place in places for name in place.node.cross_cutting)
    if not wanted:
        return
    known = {fold(p.name): p for p in CrossCuttingPriority.objects.filter(space_id=version.space_id)}
    for name in wanted:
        if fold(name[:120]) not in known:
            made = CrossCuttingPriority.objects.create(space_id=version.space_id, name=name[:120], position=len(known))
            known[fold(name[:120])] = made
            written.priorities.append(made.pk)
    rows = {
        (place.node.id, priority.pk): NodePriority(
            space_id=version.space_id, version=version, node=nodes[place.node.id], priority=priority
        )
        for place in places
        for priority in (known[fold(name[:120])] for name in place.node.cross_cutting)
    }
    NodePriority.objects.bulk_create(rows.values(), batch_size=BATCH)


def _indicators(version: PlanVersion, places: list[Place], items: dict[str, PlanItem], written: Written) -> None:
    existing: dict[int, set[str]] = {}
    for item_id, title in Indicator.objects.filter(item__plan_id=version.plan_id).values_list("item_id", "title"):
        existing.setdefault(item_id, set()).add(fold(title))
    rows = [
        Indicator(
            space_id=version.space_id,
            item=items[place.node.id],
            title=indicator.title[:300],
            unit=indicator.unit[:40],
            baseline=indicator.baseline[:120],
            target=indicator.target[:120],
            position=position,
        )
        for place in places
        for position, indicator in enumerate(place.node.indicators)
        if fold(indicator.title) not in existing.get(items[place.node.id].pk, set())
    ]
    Indicator.objects.bulk_create(rows, batch_size=BATCH)
    written.indicators = [row.pk for row in rows]


def _sections(version: PlanVersion, document: PlanDocument) -> None:
    PlanSection.objects.bulk_create(
        (
            PlanSection(
                space_id=version.space_id,
                version=version,
                kind=section.kind,
                heading=section.heading[:200],
                body=section.body,
                position=position,
            )
            for position, section in enumerate(document.sections)
        ),
        batch_size=BATCH,
    )
