"""What plans say to one person over all their démarches: six queries, whatever the number of démarches and of steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import CharField, Count, DateField, Exists, F, FilteredRelation, IntegerField, OuterRef, Q, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.enums import AlignmentState, ImportState, VersionState
from concertoit.together.plans.models import (
    Alignment,
    CycleStep,
    NodeActor,
    PlanImport,
    PlanNode,
    PlanVersion,
    UpdateRequest,
)
from concertoit.together.plans.policies import CARRYING_ROLES
from concertoit.together.plans.queries.counts import OPEN_STATES
from concertoit.together.plans.queries.worklist import followed
from concertoit.together.plans.rules.document import NodeKind, StepState
from concertoit.together.plans.rules.progress import Progress
from concertoit.together.plans.rules.schedule import SILENT_AFTER
from concertoit.together.plans.workflow import SETTLED

# What is due within a week waits this week; within a month, it comes.
WEEK = timedelta(days=7)
MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Standing:
    """A version that is open or in force, and where its steps stand."""

    version_id: int
    space_id: int
    plan_id: int
    plan: str
    state: str
    progress: Progress


@dataclass(slots=True)
class Standings:
    """For each plan the version that is followed, and the drafts that people write beside it."""

    shown: list[Standing] = field(default_factory=list)
    drafts: list[Standing] = field(default_factory=list)

    @property
    def versions(self) -> list[int]:
        return [one.version_id for one in self.shown]

    def of(self, space_id: int) -> list[Standing]:
        return [one for one in self.shown if one.space_id == space_id]


def standings(viewers: Iterable[Viewer]) -> Standings:
    """Where the plans of these démarches stand, in one query."""
    late = Q(step__item__state__in=OPEN_STATES, due__lt=timezone.localdate())
    rows: Any = (
        PlanVersion.objects.filter(space__in=[viewer.space for viewer in viewers])
        .filter(state__in=(VersionState.CURRENT, VersionState.DRAFT))
        .annotate(step=FilteredRelation("nodes", condition=Q(nodes__kind=NodeKind.STEP)))
        .alias(due=Coalesce(F("step__item__due_on"), F("step__due_on")))
        .order_by("plan_id", "state")
        .values("pk", "space_id", "plan_id", "plan__title", "state")
        .annotate(late=Count("step", filter=late))
        .annotate(**{one.value: Count("step", filter=Q(step__item__state=one)) for one in StepState})
    )
    found = Standings()
    in_force: set[int] = set()
    for row in rows:
        counts = {name: row[name] for name in ("late", *(one.value for one in StepState))}
        one = Standing(
            row["pk"], row["space_id"], row["plan_id"], row["plan__title"], row["state"], Progress(**counts)
        )
        # "current" comes before "draft": what is in force is followed, and its draft is only being written.
        (found.drafts if one.plan_id in in_force else found.shown).append(one)
        in_force.add(one.plan_id)
    return found


@dataclass(slots=True)
class Carried:
    """An action (or what stands under none) that the reader's organisations carry, with what waits there.

    ``soon``: due within the week; ``later``: within the month. ``due`` is the first day of what waits now, ``next_due``
    of what comes.
    """

    space_id: int
    item_id: int = 0
    order: int = 0
    title: str = ""
    late: int = 0
    blocked: int = 0
    soon: int = 0
    later: int = 0
    due: date | None = None
    next_due: date | None = None

    def count(self, state: str, due: date | None, today: date) -> None:
        """Add a step (or what has none) that waits."""
        if due is not None and due <= today + WEEK:
            self.due = min(self.due or due, due)
        if due is not None and due < today:
            self.late += 1
        elif state == StepState.BLOCKED:
            self.blocked += 1
        elif due is not None and due <= today + WEEK:
            self.soon += 1
        elif due is not None:
            self.later += 1
            self.next_due = min(self.next_due or due, due)


def carried(viewers: Sequence[Viewer], versions: Sequence[int], today: date) -> list[Carried]:
    """What waits for the reader in the versions that are followed, by action, the first due first; three queries.

    The coordination carries what its own organisation carries, not the whole plan.
    """
    mine = _mine(viewers, versions)
    if not mine:
        return []
    nodes = PlanNode.objects.filter(_under(mine), version__in=list(versions))
    rows: Any = followed(nodes).exclude(item__state__in=SETTLED).order_by()  # annotated with ``due``
    rows = rows.filter(Q(due__lte=today + MONTH) | Q(item__state=StepState.BLOCKED))
    found: dict[int, Carried] = {}
    for space_id, pk, kind, action, parent, state, due in rows.values_list(
        "space_id", "pk", "kind", "action_id", "parent_id", "item__state", "due"
    ):
        top = action or (parent if kind == NodeKind.STEP else None) or pk
        found.setdefault(top, Carried(space_id)).count(state, due, today)
    titles = PlanNode.objects.filter(pk__in=found).order_by()
    for top, item_id, order, title in titles.values_list("pk", "item_id", "order", "title"):
        one = found[top]
        one.item_id, one.order, one.title = item_id, order, title
    return sorted(found.values(), key=lambda one: (one.due or date.max, one.order))


def _mine(viewers: Sequence[Viewer], versions: Sequence[int]) -> list[int]:
    """Nodes that the reader's organisations carry, each in its own démarche."""
    where = Q()
    for viewer in viewers:
        if viewer.organisation_ids and viewer.can("plan.followup.own"):
            where |= Q(space=viewer.space.pk, organisation__in=viewer.organisation_ids)
    if not where or not versions:
        return []
    actors = NodeActor.objects.filter(where, version__in=list(versions), role__in=CARRYING_ROLES)
    return list(actors.order_by().values_list("node_id", flat=True).distinct())


def _under(nodes: list[int]) -> Q:
    """On one of these nodes, or under it: a step hangs under an outcome, an action, an objective and an axis at most."""
    above = ("pk", "parent", "action", "action__parent", "axis")
    where = Q()
    for column in above:
        where |= Q(**{f"{column}__in": nodes})
    return where


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal, an import, a question or a step of the cycle that is not done. ``pk`` is its own, but for a question,
    whose ``pk`` is the item it is about.
    """

    what: str
    pk: int
    space_id: int
    label: str
    on: date | None
    position: int
    when: str


_COLUMNS = ("what", "key", "where", "label", "day", "place", "wording")


def waiting(viewers: Sequence[Viewer], versions: Sequence[int]) -> list[Waiting]:
    """What waits beside the steps, in one query: alignments to answer and imports to check (coordination), questions
    asked to the reader, steps of the cycle that are not done.
    """
    spaces = [viewer.space.pk for viewer in viewers]
    coordinated = [viewer.space.pk for viewer in viewers if viewer.can("plan.edit")]
    memberships = [pk for viewer in viewers for pk in viewer.membership_ids]
    cycle = CycleStep.objects.filter(space__in=spaces, done_on=None)
    proposals = Alignment.objects.filter(other_space__in=coordinated, state=AlignmentState.PROPOSED)
    imports = PlanImport.objects.filter(space__in=coordinated, state=ImportState.PREVIEW)
    asked = UpdateRequest.objects.filter(
        membership__in=memberships,
        answered_at=None,
        expires_at__gt=timezone.now(),
        item__nodes__version__in=list(versions),
    )
    rows = _columns(
        cycle, "cycle", where=F("space_id"), label=F("title"), day=F("on"), place=F("position"), wording=F("when")
    ).union(
        _columns(proposals, "alignment", where=F("other_space_id"), label=F("space__name")),
        _columns(imports, "import", where=F("space_id"), label=F("name")),
        _columns(asked, "asked", key=F("item_id"), where=F("space_id"), label=F("item__nodes__title")),
        all=True,
    )
    found = [Waiting(*row) for row in rows]
    return sorted(found, key=lambda one: (one.what, one.space_id, one.position, one.on or date.max, one.pk))


def _columns(rows: Any, what: str, **columns: Any) -> Any:
    values = {
        "what": Value(what, CharField()),
        "key": F("pk"),
        "day": Cast(Value(None), DateField()),
        "place": Value(0, IntegerField()),
        "wording": Value("", CharField()),
        **columns,
    }
    return rows.order_by().annotate(**values).values_list(*_COLUMNS)


def silent(spaces: Sequence[int], versions: Sequence[int], today: date) -> dict[int, int]:
    """For each of these démarches, its started actions of which nothing was heard for ``SILENT_AFTER``; one query.

    The same count as on the page of the plan (``queries.tree``).
    """
    if not spaces or not versions:
        return {}
    since = today - SILENT_AFTER
    morning = timezone.make_aware(datetime.combine(since, time.min))
    below = PlanNode.objects.filter(action=OuterRef("pk"))
    rows = (
        PlanNode.objects.filter(version__in=list(versions), space__in=list(spaces), kind="action")
        .alias(news=Coalesce(F("item__last_news_at"), F("item__created_at")))
        .filter(Q(starts_on__lt=since) | Exists(below.filter(kind="outcome", starts_on__lt=since)), news__lt=morning)
        .filter(Exists(below.filter(kind="step", item__state__in=OPEN_STATES)))
        .order_by()
        .values_list("space_id")
        .annotate(number=Count("pk"))
    )
    return dict(rows)
