"""What the pages of a workshop show: its hats with their ideas, its groups, what became of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.enums import HAT_PROMPTS, HAT_SUBJECTS, ReviewState, WorkshopState
from concertoit.together.decisions.models import Hat, Idea, IdeaGroup, ProposedAction, ReviewedAction, Workshop
from concertoit.together.plans.enums import VersionState
from concertoit.together.plans.models import PlanNode, PlanVersion
from concertoit.together.plans.queries.items import plan_of

# A wall is read from the back of a room: what came last, no more.
WALL_IDEAS = 40


@dataclass(slots=True)
class HatView:
    """A hat with its words and its ideas, duplicates under the one that stands for them."""

    hat: Hat
    ideas: list[IdeaView] = field(default_factory=list)
    count: int = 0

    @property
    def subject(self) -> object:
        return HAT_SUBJECTS[self.hat.colour]

    @property
    def prompt(self) -> object:
        return HAT_PROMPTS[self.hat.colour]


@dataclass(slots=True)
class IdeaView:
    """An idea with its duplicates, the actions it became, and its hat's colour."""

    idea: Idea
    colour: str
    duplicates: list[Idea] = field(default_factory=list)
    proposals: list[ProposedAction] = field(default_factory=list)


@dataclass(slots=True)
class GroupView:
    """A group with its ideas and the actions it became."""

    group: IdeaGroup
    ideas: list[IdeaView] = field(default_factory=list)
    proposals: list[ProposedAction] = field(default_factory=list)


@dataclass(slots=True)
class Board:
    """A whole workshop; five queries whatever its size."""

    workshop: Workshop
    hats: list[HatView]
    groups: list[GroupView]
    loose: list[IdeaView]
    aside: list[Idea]
    proposals: list[ProposedAction]

    @property
    def count(self) -> int:
        return sum(hat.count for hat in self.hats)


def workshop_of(viewer: Viewer, workshop_id: int) -> Workshop:
    """A workshop of the démarche. Raises ``NotVisible`` for another's."""
    return must_exist(Workshop.objects.filter(pk=workshop_id, space=viewer.space).first())


def board_of(workshop: Workshop) -> Board:
    """Everything of a workshop."""
    hats = {hat.pk: HatView(hat) for hat in workshop.hats.order_by("position", "pk")}
    rows = workshop.groups.select_related("axis").order_by("position", "pk")
    groups = {group.pk: GroupView(group) for group in rows}
    proposals = list(workshop.proposals.exclude(item=None).prefetch_related("ideas").order_by("pk"))
    became: dict[int, list[ProposedAction]] = defaultdict(list)
    for proposal in proposals:
        if proposal.group_id in groups:
            groups[proposal.group_id].proposals.append(proposal)
        for one in proposal.ideas.all():
            became[one.pk].append(proposal)
    ideas = list(workshop.ideas.order_by("pk"))
    board = Board(workshop, list(hats.values()), list(groups.values()), [], [], proposals)
    board.aside = [idea for idea in ideas if idea.withdrawn]
    _place([idea for idea in ideas if not idea.withdrawn], board, hats, groups, became)
    return board


def _place(
    ideas: list[Idea],
    board: Board,
    hats: dict[int, HatView],
    groups: dict[int, GroupView],
    became: dict[int, list[ProposedAction]],
) -> None:
    """Put each idea under its hat, then in its group or among the loose ones; duplicates under the one that stands."""
    views = {
        idea.pk: IdeaView(idea, hats[idea.hat_id].hat.colour, proposals=became[idea.pk])
        for idea in ideas
        if idea.merged_into_id is None
    }
    for idea in ideas:
        hats[idea.hat_id].count += 1
        if idea.merged_into_id in views:
            views[idea.merged_into_id].duplicates.append(idea)
    for view in views.values():
        hats[view.idea.hat_id].ideas.append(view)
        group = groups.get(view.idea.group_id or 0)
        (group.ideas if group else board.loose).append(view)


@dataclass(slots=True)
class Live:
    """What a phone needs every three seconds: the hat that is open, how much time, how many ideas."""

    workshop: Workshop
    hat: Hat | None
    count: int

    @property
    def ends_at(self) -> datetime | None:
        if self.hat is None or self.hat.opened_at is None:
            return None
        return self.hat.opened_at + timedelta(minutes=self.hat.minutes)

    @property
    def over(self) -> bool:
        return self.ends_at is not None and self.ends_at <= timezone.now()

    @property
    def subject(self) -> object:
        return HAT_SUBJECTS[self.hat.colour] if self.hat else ""

    @property
    def prompt(self) -> object:
        return HAT_PROMPTS[self.hat.colour] if self.hat else ""

    @property
    def taking(self) -> bool:
        """Whether ideas may be written now."""
        return self.workshop.state == WorkshopState.OPEN and self.hat is not None


def live_from(board: Board) -> Live:
    """The state of a workshop whose ideas are already read."""
    worn = next((view.hat for view in board.hats if view.hat.is_open), None)
    return Live(board.workshop, worn, board.count)


def live_of(workshop: Workshop) -> Live:
    """The state of a workshop; two queries."""
    hat = workshop.hats.filter(closed_at=None).exclude(opened_at=None).order_by("position", "pk").first()
    count = Idea.objects.filter(workshop=workshop, withdrawn=False).count()
    return Live(workshop, hat, count)


@dataclass(slots=True)
class Wall:
    """The wall: the open hat's ideas, last first; when no hat is open, every hat's."""

    live: Live
    hats: list[HatView]
    hidden: int = 0


def wall_of(workshop: Workshop) -> Wall:
    """What the projector shows; four queries."""
    live = live_of(workshop)
    shown = Q(withdrawn=False)
    said = Idea.objects.filter(shown, workshop=workshop).values("hat_id").order_by("hat_id").annotate(n=Count("pk"))
    counts = {row["hat_id"]: row["n"] for row in said}
    hats = {hat.pk: HatView(hat, count=counts.get(hat.pk, 0)) for hat in workshop.hats.order_by("position", "pk")}
    ideas = Idea.objects.filter(shown, workshop=workshop, merged_into=None)
    if live.hat is not None:
        ideas = ideas.filter(hat=live.hat)
    total = ideas.count()
    for idea in ideas.annotate(times=Count("duplicates")).order_by("-pk")[:WALL_IDEAS]:
        hats[idea.hat_id].ideas.append(IdeaView(idea, hats[idea.hat_id].hat.colour))
    return Wall(live, list(hats.values()), max(0, total - WALL_IDEAS))


def axes_of(space: Space) -> list[PlanNode]:
    """The axes of the draft, or of the version in force without one, in order; two queries."""
    return [node for node in _places(space) if node.kind == "axis"]


def places_for_action(space: Space) -> list[PlanNode]:
    """Where a proposed action may go: the axes and objectives of the draft (or of what a draft would start from)."""
    return _places(space)


def _places(space: Space) -> list[PlanNode]:
    plan = plan_of(space)
    if plan is None:
        return []
    states = [VersionState.DRAFT, VersionState.CURRENT]
    versions = {row.state: row for row in PlanVersion.objects.filter(plan=plan, state__in=states)}
    version = versions.get(VersionState.DRAFT) or versions.get(VersionState.CURRENT)
    if version is None:
        return []
    return list(PlanNode.objects.filter(version=version, kind__in=["axis", "objective"]).order_by("order", "pk"))


def axis_titles(space: Space) -> dict[int, str]:
    """The axes by item, as people name them."""
    return {node.item_id: str(node) for node in axes_of(space)}


def origins_of(viewer: Viewer, item_id: int) -> tuple[list[ProposedAction], list[ReviewedAction]]:
    """The proposals that an element of the plan comes from, and what reviews settled for it, last first.

    One query for an element that comes from neither, which is what most pages ask.
    """
    proposed = ProposedAction.objects.filter(space=viewer.space, item_id=item_id)
    reviewed = ReviewedAction.objects.filter(space=viewer.space, item_id=item_id, review__state=ReviewState.APPLIED)
    any_of = proposed.order_by().values_list("pk").union(reviewed.order_by().values_list("pk"), all=True)
    if not list(any_of[:1]):
        return [], []
    return (
        list(proposed.select_related("workshop").prefetch_related("ideas__hat").order_by("pk")),
        list(reviewed.select_related("review").defer("review__undo").order_by("-review_id")),
    )
