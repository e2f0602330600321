"""What the pages of a review show: actions with their tallies, who answered, what the draft would become."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from concertoit.ground.core.errors import must_exist
from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.policies import TABLE, Viewer, in_force
from concertoit.together.decisions.enums import ReviewManner, ReviewState, ReviewVerdict
from concertoit.together.decisions.models import Opinion, ProposedAction, Review, ReviewedAction, ReviewVoice
from concertoit.together.decisions.rules.reviews import Tally, tally
from concertoit.together.plans.enums import VersionState
from concertoit.together.plans.models import PlanNode, PlanVersion
from concertoit.together.plans.queries.items import plan_of


def current_version(space: Space) -> PlanVersion | None:
    """The version in force of the démarche's plan."""
    plan = plan_of(space)
    return PlanVersion.objects.filter(plan=plan, state=VersionState.CURRENT).first() if plan else None


def review_of(viewer: Viewer, review_id: int) -> Review:
    """A review of the démarche. Raises ``NotVisible`` for another's."""
    rows = Review.objects.select_related("version__plan", "draft").defer(
        "undo", "version__snapshot", "draft__snapshot"
    )
    return must_exist(rows.filter(pk=review_id, space=viewer.space).first())


def tallies(review: Review) -> dict[int, Tally]:
    """What is said of each action, by its key; one query."""
    said: dict[int, list[str]] = defaultdict(list)
    rows = Opinion.objects.filter(action__review=review).order_by("pk")
    for action_id, verdict in rows.values_list("action_id", "verdict"):
        said[action_id].append(verdict)
    return {action_id: tally(verdicts) for action_id, verdicts in said.items()}


@dataclass(slots=True)
class ActionView:
    """An action under review with its tally and, for those who may read them, what each organisation says."""

    action: ReviewedAction
    tally: Tally = field(default_factory=Tally)
    opinions: list[Opinion] = field(default_factory=list)


@dataclass(slots=True)
class ReviewPage:
    """A whole review; four queries."""

    review: Review
    axes: list[tuple[str, list[ActionView]]]
    expected: list[Organisation]
    voices: list[ReviewVoice]
    shows_tallies: bool

    @property
    def actions(self) -> list[ActionView]:
        return [view for _axis, views in self.axes for view in views]

    @property
    def settled(self) -> int:
        return sum(bool(view.action.outcome) for view in self.actions)

    @property
    def answered(self) -> list[ReviewVoice]:
        return [voice for voice in self.voices if voice.answered_at]

    def outcome_count(self, outcome: str) -> int:
        return sum(view.action.outcome == outcome for view in self.actions)

    @property
    def unsettled(self) -> list[ActionView]:
        return [view for view in self.actions if not view.action.outcome]


def may_read_opinions(viewer: Viewer, review: Review) -> bool:
    """The coordination follows while it is open; the table reads once it is closed, so that nobody is led by others."""
    if viewer.can("review.run"):
        return True
    return viewer.can("review.take_part") and review.state in (ReviewState.CLOSED, ReviewState.APPLIED)


def page_of(viewer: Viewer, review: Review) -> ReviewPage:
    """Everything of a review that this viewer may read."""
    shows = review.manner == ReviewManner.PARTNERS and may_read_opinions(viewer, review)
    counted = tallies(review) if shows else {}
    by_axis: dict[str, list[ActionView]] = defaultdict(list)
    for action in review.actions.order_by("position", "pk"):
        by_axis[action.axis].append(ActionView(action, counted.get(action.pk, Tally())))
    partners = review.manner == ReviewManner.PARTNERS
    voices = list(review.voices.select_related("organisation").order_by("pk")) if partners else []
    expected = expected_organisations(viewer.space) if partners else []
    return ReviewPage(review, list(by_axis.items()), expected, voices, shows)


def action_of(viewer: Viewer, review: Review, action_id: int) -> ActionView:
    """One action with what was said of it. Raises ``NotVisible``."""
    action = must_exist(review.actions.filter(pk=action_id).first())
    view = ActionView(action)
    if may_read_opinions(viewer, review):
        view.opinions = list(action.opinions.select_related("voice__organisation").order_by("verdict", "pk"))
        view.tally = tally(opinion.verdict for opinion in view.opinions)
    return view


def expected_organisations(space: Space) -> list[Organisation]:
    """The organisations of the table today, by name."""
    seated = Membership.objects.filter(in_force(), space=space, role__in=TABLE, organisation__isnull=False)
    return list(Organisation.objects.filter(pk__in=seated.values("organisation_id")).order_by("name", "pk"))


def said_by(review: Review, organisation_id: int) -> dict[int, tuple[str, str]]:
    """What an organisation has said so far, by the action's key."""
    rows = Opinion.objects.filter(action__review=review, voice__organisation=organisation_id).order_by("pk")
    return {pk: (verdict, reason) for pk, verdict, reason in rows.values_list("action_id", "verdict", "reason")}


@dataclass(slots=True)
class Outcome:
    """What the draft would become, seen before anything is written; ``gone`` have already left the draft."""

    kept: list[ReviewedAction] = field(default_factory=list)
    fixed: list[ReviewedAction] = field(default_factory=list)
    stopped: list[tuple[ReviewedAction, int]] = field(default_factory=list)
    gone: list[ReviewedAction] = field(default_factory=list)
    new: list[ProposedAction] = field(default_factory=list)
    unsettled: list[ReviewedAction] = field(default_factory=list)
    draft: PlanVersion | None = None


def outcome_of(review: Review) -> Outcome:
    """What the draft would become, or became once applied; five queries. What is stopped says what leaves with it."""
    applied = review.state == ReviewState.APPLIED
    drafts = PlanVersion.objects.filter(plan=review.version.plan_id, state=VersionState.DRAFT)
    draft = review.draft if applied else drafts.first()
    seen = Outcome(draft=draft)
    rows = PlanNode.objects.filter(version=draft or review.version).order_by("order", "pk")
    nodes = {item_id: (pk, action_id) for item_id, pk, action_id in rows.values_list("item_id", "pk", "action_id")}
    below: dict[int, int] = defaultdict(int)
    for pk, action_id in nodes.values():
        if action_id and action_id != pk:
            below[action_id] += 1
    for action in review.actions.order_by("position", "pk"):
        _sort_outcome(action, seen, nodes, below, applied)
    seen.new = proposals_between(review.version, draft) if draft else []
    return seen


def _sort_outcome(
    action: ReviewedAction,
    seen: Outcome,
    nodes: Mapping[int, tuple[int, int | None]],
    below: Mapping[int, int],
    applied: bool,
) -> None:
    """Put an action where the preview shows it. Once applied, what was stopped is no longer in the draft: that is all."""
    found = nodes.get(action.item_id or 0)
    if not action.outcome:
        seen.unsettled.append(action)
    elif action.outcome == ReviewVerdict.KEEP:
        seen.kept.append(action)
    elif found is None and not applied:
        seen.gone.append(action)
    elif action.outcome == ReviewVerdict.FIX:
        seen.fixed.append(action)
    else:
        seen.stopped.append((action, below[found[0]] if found else 0))


def proposals_between(old: PlanVersion, new: PlanVersion) -> list[ProposedAction]:
    """Elements of a version that come from workshops and that an earlier one has not; one query and their ideas."""
    known = PlanNode.objects.filter(version=old).values("item_id")
    rows = ProposedAction.objects.filter(item__in=PlanNode.objects.filter(version=new).values("item_id"))
    rows = rows.exclude(item__in=known).select_related("workshop", "item").prefetch_related("ideas")
    return list(rows.order_by("pk"))


def reviews_between(old: PlanVersion, new: PlanVersion) -> list[Review]:
    """Reviews whose outcome was applied between two versions of a plan."""
    rows = Review.objects.filter(version__plan=old.plan_id, state=ReviewState.APPLIED)
    rows = rows.filter(version__number__gte=old.number, draft__number__lte=new.number)
    return list(rows.defer("undo").order_by("pk"))


def settled_between(old: PlanVersion, new: PlanVersion) -> list[ReviewedAction]:
    """What was settled for each action by the reviews between two versions; two queries."""
    reviews = {review.pk: review for review in reviews_between(old, new)}
    rows = list(
        ReviewedAction.objects.filter(review__in=reviews).select_related("item").order_by("review", "position")
    )
    for row in rows:
        row.review = reviews[row.review_id]
    return rows
