"""The plan as a page shows it: axes, objectives and actions with their progress, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from concertoit.ground.spaces.enums import CommitteeState
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.enums import VersionState
from concertoit.together.plans.models import NodeActor, PlanNode, PlanVersion
from concertoit.together.plans.queries.counts import progress_by, steps_of
from concertoit.together.plans.rules.progress import Progress
from concertoit.together.plans.rules.schedule import Window, is_silent

ROOT = 0  # the key of no node: keys start at one
NONE = Progress()


@dataclass(slots=True)
class NodeFacts:
    """What a list needs of a node and of its item; a plan of 2,000 actions makes as many, and no model instance."""

    pk: int
    item_id: int
    parent_id: int | None
    kind: str
    written: str
    canonical: str
    title: str
    period_written: str
    starts_on: date | None
    ends_on: date | None
    continuous: bool
    budget: Decimal | None
    phase: str
    outlook: str | None
    last_news_at: datetime | None
    item_created_at: datetime

    @property
    def code(self) -> str:
        """The number people see: as written, else its place in the outline."""
        return self.written or self.canonical

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()


_FACTS = (
    "pk",
    "item_id",
    "parent_id",
    "kind",
    "written",
    "canonical",
    "title",
    "period_written",
    "starts_on",
    "ends_on",
    "continuous",
    "budget",
    "item__phase",
    "item__outlook__value",
    "item__last_news_at",
    "item__created_at",
)


@dataclass(frozen=True, slots=True)
class ActorName:
    """An actor as a list names it: the organisation or committee it stands for, else the plan's own words."""

    name: str
    to_form: bool = False


@dataclass(slots=True)
class Line:
    """An axis, an objective or an action of the list, with what stands under it."""

    node: NodeFacts
    children: list[Line] = field(default_factory=list)
    progress: Progress = NONE
    leads: list[ActorName] = field(default_factory=list)
    partners: list[ActorName] = field(default_factory=list)
    starts_on: date | None = None
    ends_on: date | None = None
    budget: Decimal = Decimal("0.00")
    silent: bool = False

    @property
    def is_action(self) -> bool:
        """Whether the line is followed as an action: an action, or a result that stands under none."""
        return self.node.kind in ("action", "outcome")

    def actions(self) -> list[Line]:
        """Actions at or under this line."""
        if self.is_action:
            return [self]
        return [action for child in self.children for action in child.actions()]


@dataclass(slots=True)
class Tree:
    """A version as lines, with its totals."""

    version: PlanVersion
    roots: list[Line] = field(default_factory=list)
    lines: dict[int, Line] = field(default_factory=dict)
    progress: Progress = NONE
    budget: Decimal = Decimal("0.00")
    window: Window | None = None
    today: date = field(default_factory=timezone.localdate)

    def axes(self) -> list[Line]:
        """Roots as sections of the page: axes, or whatever the plan has at its top."""
        return self.roots

    def actions(self) -> list[Line]:
        return [action for root in self.roots for action in root.actions()]


def plan_tree(viewer: Viewer, version: PlanVersion) -> Tree:
    """Axes, objectives and actions of a version, with progress, leads, partners, dates and budget.

    Outcomes and steps are counted, not loaded: the cost follows the number of actions.
    """
    viewer.must("plan.view")
    return tree_of(version)


def spaces_with_public_plan() -> QuerySet[Space]:
    """Démarches that show a plan in force to everybody, by name."""
    in_force = PlanVersion.objects.filter(state=VersionState.CURRENT).values("space_id")
    return Space.objects.filter(is_public=True, archived_at=None, pk__in=in_force)


def public_tree(space: Space) -> Tree | None:
    """The plan in force of a démarche that shows it to everybody; nothing for any other."""
    if not space.is_public:
        return None
    version = (
        PlanVersion.objects.filter(space=space, state=VersionState.CURRENT)
        .select_related("plan", "space")
        .order_by("-plan_id")
        .first()
    )
    return tree_of(version) if version else None


def tree_of(version: PlanVersion) -> Tree:
    """The tree of a version that the caller may show."""
    tree = Tree(version)
    rows = (
        PlanNode.objects.filter(
            Q(kind__in=["axis", "objective", "action"]) | Q(kind="outcome", action=None), version=version
        )
        .order_by("order", "id")
        .values_list(*_FACTS)
    )
    for row in rows:
        node = NodeFacts(*row)
        line = tree.lines[node.pk] = Line(node, starts_on=node.starts_on, ends_on=node.ends_on)
        above = tree.lines.get(node.parent_id) if node.parent_id else None
        (above.children if above else tree.roots).append(line)
    _add_progress(tree)
    _add_dates_and_money(tree)
    return tree


def _add_progress(tree: Tree) -> None:
    by_action = progress_by(tree.version, "action_id")
    tree.progress = sum(by_action.values(), start=NONE)
    # Steps that stand under no action count for what they stand under.
    loose = steps_of(tree.version).filter(action=None)
    by_parent = progress_by(tree.version, "parent_id", loose) if None in by_action else {}
    for key, progress in [*by_action.items(), *by_parent.items()]:
        if key is not None and key in tree.lines:
            tree.lines[key].progress = progress

    def roll_up(line: Line) -> Progress:
        for child in line.children:
            line.progress += roll_up(child)
        return line.progress

    for root in tree.roots:
        roll_up(root)


def add_actors(tree: Tree, axes: set[int] | None = None) -> None:
    """Name who leads and who takes part: an action's own actors and those of its outcomes, each once.

    ``axes``: keys of the axes that are shown, when not all are.
    """
    actors = NodeActor.objects.filter(version=tree.version, role__in=["lead", "partner"])
    if axes is not None:
        actors = actors.filter(node__axis_id__in=axes)
    rows = (
        actors.order_by("node__order", "position", "id")
        .annotate(carried=Coalesce(F("node__action_id"), F("node_id")))
        .values_list(
            "carried",
            "role",
            "name",
            "organisation__short_name",
            "organisation__name",
            "committee__short_name",
            "committee__name",
            "committee__state",
        )
    )
    for carried, role, written, short, organisation, committee_short, committee, state in rows:
        line = tree.lines.get(carried)
        if line is None:
            continue
        name = short or organisation or committee_short or committee or written
        actor = ActorName(name, to_form=state == CommitteeState.TO_FORM)
        named = line.leads if role == "lead" else line.partners
        if actor not in named:
            named.append(actor)


def _stretch_and_sum(tree: Tree) -> dict[int, Decimal]:
    """Stretch each line over the results under it; answers what these and their steps are to cost, by line.

    A result's stated amount stands for its steps; everything is counted once. What stands alone at the root, under no
    line, is at ``ROOT``.
    """
    below = (
        PlanNode.objects.filter(Q(kind="outcome") | Q(kind="step", budget__isnull=False), version=tree.version)
        .order_by("order")
        .values_list("pk", "parent_id", "starts_on", "ends_on", "budget")
    )
    stated: dict[int, Decimal] = {}
    under: dict[int, tuple[Line, bool]] = {}
    for pk, parent_id, starts, ends, budget in below:
        if parent_id is None:
            stated[ROOT] = stated.get(ROOT, Decimal(0)) + (Decimal(0) if pk in tree.lines else budget or Decimal(0))
            continue
        line, counted = under.get(parent_id, (tree.lines.get(parent_id), False))
        if pk in tree.lines or line is None:
            continue
        under[pk] = line, counted or budget is not None
        line.starts_on = min((d for d in (line.starts_on, starts) if d), default=None)
        line.ends_on = max((d for d in (line.ends_on, ends) if d), default=None)
        if budget is not None and not counted:
            stated[line.node.pk] = stated.get(line.node.pk, Decimal(0)) + budget
    return stated


def _add_dates_and_money(tree: Tree) -> None:
    stated = _stretch_and_sum(tree)

    def total(line: Line) -> Decimal:
        under = stated.get(line.node.pk, Decimal(0)) + sum((total(child) for child in line.children), Decimal(0))
        line.budget = line.node.budget if line.node.budget is not None else under
        return line.budget

    tree.budget = sum((total(root) for root in tree.roots), stated.get(ROOT, Decimal("0.00")))
    dates = [d for line in tree.lines.values() for d in (line.starts_on, line.ends_on) if d]
    plan = tree.version.plan
    dates += [d for d in (plan.starts_on, plan.ends_on) if d]
    if dates:
        tree.window = Window(min(dates), max(dates))
    for line in tree.lines.values():
        if line.is_action:
            # A plan that has just been brought in owes no news for the years before it was here.
            news = line.node.last_news_at or line.node.item_created_at
            line.silent = line.progress.total > line.progress.done and is_silent(
                timezone.localtime(news).date(), line.starts_on, tree.today
            )
