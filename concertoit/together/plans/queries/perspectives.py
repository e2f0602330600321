"""The same plan seen otherwise: by step, by link, by who carries it, by territory, by priority, by money."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from concertoit.ground.places.models import Mrc
from concertoit.ground.spaces.models import CrossCuttingPriority
from concertoit.together.plans.models import (
    BudgetLine,
    NodeActor,
    NodeLink,
    NodePriority,
    PlanNode,
    PlanVersion,
    Spending,
)
from concertoit.together.plans.queries.counts import effective_due, steps_of
from concertoit.together.plans.queries.tree import Tree
from concertoit.together.plans.rules.document import StepState
from concertoit.together.plans.rules.progress import Progress


@dataclass(slots=True)
class Column:
    """A column of the board: a state, its first steps, and how many there are in all."""

    state: StepState
    steps: list[Any] = field(default_factory=list)
    total: int = 0


def board(version: PlanVersion, kept_actions: set[int] | None = None, most: int = 30) -> list[Column]:
    """Steps by state, soonest due first, those without a date last, at most ``most`` shown per column."""
    every = steps_of(version)
    if kept_actions is not None:
        every = every.filter(action_id__in=kept_actions)
    totals = dict(every.order_by().values_list("item__state").annotate(Count("pk")))
    rows = (
        every.annotate(effective=effective_due())
        .select_related("item", "action", "axis", "parent")
        .order_by(F("effective").asc(nulls_last=True), "order")
    )
    return [
        Column(state, list(rows.filter(item__state=state)[:most]) if state in totals else [], totals.get(state, 0))
        for state in StepState
    ]


@dataclass(slots=True)
class LinkView:
    """A link between two nodes of a version; ``target`` is nothing where the plan writes a number that stands nowhere."""

    source: PlanNode
    target: PlanNode | None
    link: NodeLink

    @property
    def is_loop(self) -> bool:
        return self.target is not None and self.target.pk == self.source.pk


def links(version: PlanVersion) -> list[LinkView]:
    """Every link of a version, in reading order."""
    rows = list(NodeLink.objects.filter(version=version).select_related("node__axis").order_by("node__order", "id"))
    wanted = {row.target_id for row in rows if row.target_id}
    targets = {
        node.item_id: node
        for node in PlanNode.objects.filter(version=version, item_id__in=wanted).select_related("axis")
    }
    return [LinkView(row.node, targets.get(row.target_id or 0), row) for row in rows]


@dataclass(slots=True)
class Share:
    """What one organisation, committee, territory or priority has in the plan."""

    key: int | str
    name: str
    note: str = ""
    leads: int = 0
    partners: int = 0
    actions: set[int] = field(default_factory=set)
    progress: Progress = field(default_factory=Progress)
    narrative: str = ""


def by_actor(tree: Tree) -> tuple[list[Share], list[Share]]:
    """(organisations, committees) with what each leads and takes part in, those that carry most first."""
    organisations: dict[int, Share] = {}
    committees: dict[int, Share] = {}
    rows = (
        NodeActor.objects.filter(Q(organisation__isnull=False) | Q(committee__isnull=False), version=tree.version)
        .select_related("organisation", "committee")
        .annotate(carried=Coalesce("node__action_id", "node_id"))
        .order_by("node__order", "position", "id")
    )
    shown = {line.node.pk for line in tree.actions()}
    shown |= {pk for pk, line in tree.lines.items() if not line.is_action}
    counted: set[tuple[str, int, int, str]] = set()
    for row in rows:
        if row.carried not in shown:
            continue
        if row.organisation_id:
            kind, pk, share = "organisation", row.organisation_id, organisations
        else:
            kind, pk, share = "committee", row.committee_id or 0, committees
        name = str(row.organisation or row.committee)
        entry = share.setdefault(pk, Share(pk, name))
        if row.committee is not None:
            entry.note = str(row.committee.get_state_display())
        role = "lead" if row.role in ("lead", "fiscal_agent") else "partner"
        if (kind, pk, row.carried, role) in counted:
            continue
        counted.add((kind, pk, row.carried, role))
        entry.leads += role == "lead"
        entry.partners += role == "partner"
        if role == "lead" and row.carried not in entry.actions:
            entry.progress += tree.lines[row.carried].progress
        entry.actions.add(row.carried)

    def most(share: Share) -> tuple[int, int, str]:
        return (-share.leads, -share.partners, share.name)

    return sorted(organisations.values(), key=most), sorted(committees.values(), key=most)


def by_territory(tree: Tree) -> tuple[list[Share], int]:
    """(MRC of the démarche with the actions carried by organisations that serve them, actions tied to no MRC)."""
    mrcs = Mrc.objects.filter(pk__in=_mrcs(tree.version))
    shares = {mrc.pk: Share(mrc.code, mrc.name, note=mrc.directory_code) for mrc in mrcs}
    rows = (
        NodeActor.objects.filter(version=tree.version, organisation__mrcs__in=list(shares))
        .order_by()
        .annotate(carried=Coalesce("node__action_id", "node_id"))
        .values_list("organisation__mrcs", "carried")
        .distinct()
    )
    shown = {line.node.pk: line for line in tree.actions()}
    tied: set[int] = set()
    for mrc_id, action_id in rows:
        line = shown.get(action_id)
        if line is None or mrc_id not in shares:
            continue
        tied.add(action_id)
        share = shares[mrc_id]
        if action_id not in share.actions:
            share.actions.add(action_id)
            share.progress += line.progress
    return sorted(shares.values(), key=lambda share: share.name), len(tree.actions()) - len(tied)


def _mrcs(version: PlanVersion) -> list[int]:
    return list(version.space.mrcs.values_list("pk", flat=True))


def by_priority(tree: Tree) -> tuple[list[Share], int]:
    """(cross-cutting priorities with their narrative and actions, actions that no priority tags)."""
    shares = {
        priority.pk: Share(priority.pk, priority.name, narrative=priority.narrative)
        for priority in CrossCuttingPriority.objects.filter(space_id=tree.version.space_id)
    }
    rows = (
        NodePriority.objects.filter(version=tree.version)
        .order_by()
        .annotate(carried=Coalesce("node__action_id", "node_id"))
        .values_list("priority_id", "carried")
        .distinct()
    )
    shown = {line.node.pk: line for line in tree.actions()}
    tagged: set[int] = set()
    for priority_id, action_id in rows:
        line = shown.get(action_id)
        if line is None:
            continue
        tagged.add(action_id)
        shares[priority_id].actions.add(action_id)
        shares[priority_id].progress += line.progress
    return list(shares.values()), len(tree.actions()) - len(tagged)


@dataclass(slots=True)
class Money:
    """Planned, committed, spent and what remains of the planned amount once what is committed is taken."""

    label: str = ""
    planned: Decimal = Decimal("0.00")
    committed: Decimal = Decimal("0.00")
    spent: Decimal = Decimal("0.00")
    node: PlanNode | None = None

    @property
    def remaining(self) -> Decimal:
        """What is neither committed nor spent; what is spent was committed first."""
        return self.planned - max(self.committed, self.spent)


@dataclass(slots=True)
class Budget:
    """A plan's money, cut four ways; every cut adds up to the same total, to the cent."""

    nodes: list[Money]
    years: list[Money]
    agents: list[Money]
    sources: list[Money]
    total: Money


def budget(version: PlanVersion, *, without: str) -> Budget:
    """The budget of a version. ``without`` is the label of what has no year, agent or source."""
    nodes = _stated(version)
    lines: dict[int, list[BudgetLine]] = defaultdict(list)
    for line in BudgetLine.objects.filter(version=version).order_by("id"):
        lines[line.node_id].append(line)
    cuts = {
        "year": _Cut("year", without),
        "fiscal_agent": _Cut("fiscal_agent", without),
        "source": _Cut("source", without),
    }
    by_item: dict[int, Money] = {}
    for node in nodes:
        amount = node.budget or Decimal(0)
        by_item[node.item_id] = Money(str(node), planned=amount, node=node)
        rest = amount - sum((line.amount for line in lines[node.pk]), Decimal(0))
        for cut in cuts.values():
            for line in lines[node.pk]:
                cut.at(getattr(line, cut.name)).planned += line.amount
            if rest:
                cut.at("").planned += rest
    total = Money(planned=sum((m.planned for m in by_item.values()), Decimal(0)))
    for spending in Spending.objects.filter(item__plan_id=version.plan_id).select_related("item"):
        target = by_item.setdefault(spending.item_id, Money())
        for money in (target, total, *(cut.at(getattr(spending, cut.name)) for cut in cuts.values())):
            setattr(money, spending.kind, getattr(money, spending.kind) + spending.amount)
    _name_the_unplanned(version, by_item)
    return Budget(
        list(by_item.values()),
        cuts["year"].sorted(),
        cuts["fiscal_agent"].sorted(),
        cuts["source"].sorted(),
        total,
    )


class _Cut:
    """One way to cut the budget: by a column of its lines."""

    def __init__(self, name: str, without: str) -> None:
        self.name = name
        self.without = without
        self.parts: dict[str, Money] = {}

    def at(self, label: str) -> Money:
        return self.parts.setdefault(label, Money(label or self.without))

    def sorted(self) -> list[Money]:
        """By label, what has none at the end."""
        return [self.parts[key] for key in sorted(self.parts, key=lambda key: (not key, key))]


def _stated(version: PlanVersion) -> list[PlanNode]:
    """Nodes with a stated budget, without those under one that states a total already holding theirs."""
    rows = PlanNode.objects.filter(version=version, budget__isnull=False).annotate(
        second=F("parent__parent_id"),
        third=F("parent__parent__parent_id"),
        fourth=F("parent__parent__parent__parent_id"),
    )
    nodes = list(rows.order_by("order", "id"))
    stated = {node.pk for node in nodes}
    return [n for n in nodes if stated.isdisjoint((n.parent_id, n.second, n.third, n.fourth))]


def _name_the_unplanned(version: PlanVersion, by_item: dict[int, Money]) -> None:
    nameless = [pk for pk, money in by_item.items() if money.node is None]
    for node in PlanNode.objects.filter(version=version, item_id__in=nameless):
        by_item[node.item_id].node = node
        by_item[node.item_id].label = str(node)


def outcomes_of(tree: Tree) -> dict[int, list[PlanNode]]:
    """Outcomes of each action, for the calendar."""
    found: dict[int, list[PlanNode]] = defaultdict(list)
    for node in (
        PlanNode.objects.filter(version=tree.version, kind="outcome").select_related("item").order_by("order", "id")
    ):
        if node.action_id:
            found[node.action_id].append(node)
    return found
