"""The page of one item: where it stands, who carries it, what was said, measured and spent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from concertoit.ground.audit.queries import has_history
from concertoit.ground.files.models import Attachment
from concertoit.ground.files.queries import attachments
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.models import PlanNode, Reminder, UpdateRequest
from concertoit.together.plans.policies import may_follow_up
from concertoit.together.plans.queries.branches import Branch, branch_of
from concertoit.together.plans.queries.feed import SHOWN, Said, said_about
from concertoit.together.plans.queries.item_files import OBJECT_TYPE
from concertoit.together.plans.queries.item_links import LinkView, links_of
from concertoit.together.plans.queries.items import ItemView, ancestors_of, node_for, nodes_of_item
from concertoit.together.plans.queries.measures import IndicatorView, indicators_of
from concertoit.together.plans.queries.money import Amount, amounts_of
from concertoit.together.plans.queries.named import PRIORITY, Named, named_on
from concertoit.together.plans.rules.document import ActorRole, BudgetKind, NodeKind, StepState
from concertoit.together.plans.rules.spending import Entry, Reconciliation, reconcile
from concertoit.together.plans.rules.staleness import NextReminder, Staleness, next_reminder, staleness
from concertoit.together.plans.workflow import SETTLED

PARTS = ("action", "outcome", "step")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waits for an answer: since when, and to which organisation (empty for a person without one)."""

    at: datetime
    organisation: str


@dataclass(slots=True)
class ItemPage:
    """Everything the page of an item shows; the number of queries does not depend on how much there is."""

    view: ItemView
    branch: Branch
    today: date
    actors: dict[ActorRole, list[Named]] = field(default_factory=dict)
    inherited_from: PlanNode | None = None
    from_outcomes: set[ActorRole] = field(default_factory=set)
    actors_below: dict[int, list[Named]] = field(default_factory=dict)
    priorities: list[Named] = field(default_factory=list)
    links: list[LinkView] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    more_said: bool = False
    indicators: list[IndicatorView] = field(default_factory=list)
    money: Reconciliation = field(default_factory=lambda: reconcile([]))
    spendings: list[Amount] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    asks: list[Asked] = field(default_factory=list)
    reminder: Reminder | None = None
    next_reminder: NextReminder | None = None
    has_history: bool = False

    @property
    def node(self) -> PlanNode:
        return self.view.node

    @property
    def news(self) -> list[Said]:
        return [one for one in self.said if one.what != "comment"]

    @property
    def comments(self) -> list[Said]:
        return [one for one in reversed(self.said) if one.what == "comment"]

    @property
    def nodes(self) -> dict[int, PlanNode]:
        """Nodes of the page by item, to say of what a note speaks."""
        return {branch.node.item_id: branch.node for branch in self.branch.walk()}

    @property
    def settled(self) -> bool:
        """Whether nobody waits for anything: all steps done, or what has no step done or dropped."""
        return settled(self.branch)

    @property
    def staleness(self) -> Staleness:
        return staleness(
            last_news=day_of(self.view.item), started=self.node.starts_on, settled=self.settled, today=self.today
        )


def day_of(item: object) -> date | None:
    """The day of an item's last news."""
    news = getattr(item, "last_news_at", None)
    return timezone.localtime(news).date() if news else None


def settled(branch: Branch) -> bool:
    if branch.progress.total or branch.progress.dropped:
        return branch.progress.done == branch.progress.total
    return branch.has_state and StepState(branch.node.item.state) in SETTLED


def item_page(viewer: Viewer, item_id: int, *, everything_said: bool = False) -> ItemPage:
    """The page of an item of the viewer's démarche. Raises ``NotVisible`` for any other."""
    found = nodes_of_item(viewer, item_id).select_related("item__reminder")
    node: Any = node_for(viewer, found.annotate(has_history=has_history(OBJECT_TYPE, "item_id")))
    ancestors, branch = ancestors_of(node), branch_of(node)
    whole = node.kind in PARTS
    nodes = [one.node for one in branch.walk()] if whole else [node]
    items = [one.item_id for one in nodes]
    named = named_on([*nodes, *ancestors])
    carriers = carriers_among(named, node, ancestors, nodes)
    view = ItemView(node.item, node, node.version, ancestors, carriers, may_follow_up(viewer, carriers))
    page = ItemPage(view, branch, timezone.localdate(), has_history=node.has_history)
    page.priorities = [one for one in named if one.role == PRIORITY and one.node_id == node.pk]
    _add_actors(page, [one for one in named if one.role != PRIORITY], nodes)
    page.links = links_of(node.version, nodes)
    if viewer.can("plan.notes.view"):
        limit = None if everything_said else SHOWN
        said = said_about(items, limit)
        page.more_said = limit is not None and len(said) > limit
        page.said = said[:limit]
    page.indicators = indicators_of(items)
    if whole:
        _add_money(page, nodes, items)
    page.files = attachments(OBJECT_TYPE, view.item.pk)
    if view.may_follow_up:
        _add_asks(page)
    return page


def carriers_among(
    named: list[Named], node: PlanNode, ancestors: list[PlanNode], nodes: list[PlanNode]
) -> frozenset[int]:
    """As ``carriers_of``, among the actors that the page has read."""
    line = {node.pk, *(above.pk for above in ancestors)}
    if node.kind == NodeKind.ACTION:
        line |= {one.pk for one in nodes if one.kind == NodeKind.OUTCOME}
    return frozenset(
        one.organisation_id for one in named if one.carries and one.node_id in line and one.organisation_id
    )


def _add_actors(page: ItemPage, rows: list[Named], nodes: list[PlanNode]) -> None:
    """Actors of the item and of what stands under it. Where an action names nobody in a role, those whom its outcomes
    name stand for it; else its leads come by inheritance.
    """
    by_node: dict[int, list[Named]] = {}
    for row in rows:
        by_node.setdefault(row.node_id, []).append(row)
    own = by_node.get(page.node.pk, [])
    page.actors = {role: [actor for actor in own if actor.role == role] for role in ActorRole}
    page.actors_below = {node.pk: by_node[node.pk] for node in nodes if node != page.node and node.pk in by_node}
    if page.node.kind == NodeKind.ACTION:
        _gather(page)
    for node in reversed(page.view.ancestors):
        if page.actors[ActorRole.LEAD]:
            break
        leads = [actor for actor in by_node.get(node.pk, []) if actor.role == ActorRole.LEAD]
        if leads:
            page.actors[ActorRole.LEAD], page.inherited_from = leads, node


def _gather(page: ItemPage) -> None:
    """Each role that the action leaves empty, from its outcomes, each actor once."""
    for role in ActorRole:
        below = {row.written: row for rows in page.actors_below.values() for row in rows if row.role == role}
        if below and not page.actors[role]:
            page.actors[role] = list(below.values())
            page.from_outcomes.add(role)


def _add_money(page: ItemPage, nodes: list[PlanNode], items: list[int]) -> None:
    amounts = amounts_of(nodes, items)
    page.spendings = [one for one in amounts if one.kind is not BudgetKind.PLANNED]
    entries = [Entry(one.kind, one.amount, one.year, one.fiscal_agent, one.source) for one in amounts]
    page.money = reconcile(entries, page.branch.planned())


def _add_asks(page: ItemPage) -> None:
    """Questions that wait for an answer, and the next reminder."""
    rows = UpdateRequest.objects.filter(item=page.view.item, answered_at=None, expires_at__gt=timezone.now())
    names = ("created_at", "membership__organisation__short_name", "membership__organisation__name")
    page.asks = [
        Asked(at, short or name or "") for at, short, name in rows.order_by("-created_at", "-pk").values_list(*names)
    ]
    if page.node.kind not in PARTS or page.node.kind == NodeKind.STEP:
        return
    page.reminder = getattr(page.view.item, "reminder", None)
    page.next_reminder = reminder_for(page.branch, page.reminder, page.today)


def reminder_for(branch: Branch, reminder: Reminder | None, today: date) -> NextReminder | None:
    """The next reminder about an action or outcome: its earliest open due date, its last news, the last reminder."""
    dues = [b.due for b in branch.walk() if b.has_state and b.due and StepState(b.node.item.state) not in SETTLED]
    return next_reminder(
        due=min(dues, default=None),
        last_news=day_of(branch.node.item),
        started=branch.node.starts_on,
        settled=settled(branch),
        last_reminded=reminder.last_sent_on if reminder else None,
        today=today,
    )
