"""Working committees: who sits there by capacity, what the plan gives them, when they meet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Max, Min, Q
from django.utils import timezone

from concertoit.ground.spaces.enums import Capacity, CommitteeState
from concertoit.ground.spaces.models import Committee, Membership
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import committees_of
from concertoit.together.meetings import workflow
from concertoit.together.meetings.models import Meeting
from concertoit.together.plans.enums import ACTOR_ROLE_LABELS
from concertoit.together.plans.models import NodeActor, PlanNode
from concertoit.together.plans.queries.worklist import shown_versions
from concertoit.together.plans.rules.document import ActorRole


@dataclass(slots=True)
class Linked:
    """An element of the plan that names a committee, with the role it gives it."""

    node: PlanNode
    role: str


@dataclass(slots=True)
class CommitteeView:
    """A committee as the overview and its own page show it."""

    committee: Committee
    capacities: list[tuple[str, int]] = field(default_factory=list)
    people: int = 0
    organisations: int = 0
    linked: list[Linked] = field(default_factory=list)
    last: object | None = None
    next: object | None = None


@dataclass(slots=True)
class CommitteesPage:
    """Every committee, and the figures of all: people and organisations are counted once, wherever they sit."""

    rows: list[CommitteeView] = field(default_factory=list)
    people: int = 0
    organisations: int = 0
    to_form: int = 0
    active: int = 0


def linked_to_committees(viewer: Viewer, committees: Iterable[int]) -> dict[int, list[Linked]]:
    """What the followed plans give each committee, in reading order; one query besides the versions."""
    if not viewer.can("plan.view"):
        return {}
    rows = NodeActor.objects.filter(version__in=shown_versions([viewer.space]), committee__in=list(committees))
    found: dict[int, list[Linked]] = defaultdict(list)
    seen: set[tuple[int, int]] = set()
    for row in rows.select_related("node").order_by("node__order", "position", "pk"):
        key = (row.committee_id or 0, row.node_id)
        if key not in seen:
            seen.add(key)
            found[key[0]].append(Linked(row.node, str(ACTOR_ROLE_LABELS[ActorRole(row.role)])))
    return found


def by_capacity(members: Iterable[Membership]) -> list[tuple[str, int]]:
    """How many sit in each capacity, the most numerous first."""
    counts = Counter(one.capacity for one in members)
    return [
        (str(Capacity(code).label), number) for code, number in sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    ]


def committees_page(viewer: Viewer) -> CommitteesPage:
    """The overview of committees; a constant number of queries."""
    viewer.must("meetings.view")
    committees = committees_of(viewer)
    linked = linked_to_committees(viewer, [row.pk for row in committees])
    page = CommitteesPage()
    people: set[object] = set()
    organisations: set[int] = set()
    moments = _moments(viewer)
    for row in committees:
        members = [seat.membership for seat in row.seated]  # type: ignore[attr-defined]
        view = _view(row, members, linked.get(row.pk, []))
        view.last, view.next = moments.get(row.pk, (None, None))
        page.rows.append(view)
        if row.state != CommitteeState.CLOSED:
            people |= {_who(one) for one in members}
            organisations |= {one.organisation_id for one in members if one.organisation_id}
    # Those where people sit first; those that ended last.
    page.rows.sort(key=lambda view: (view.committee.state == CommitteeState.CLOSED, -view.people))
    page.people, page.organisations = len(people), len(organisations)
    page.to_form = sum(row.state == CommitteeState.TO_FORM for row in committees)
    page.active = sum(row.state == CommitteeState.ACTIVE for row in committees)
    return page


def _who(one: Membership) -> object:
    """A person counts once; an organisation whose seat bears no name counts as somebody of its own."""
    return ("person", one.person_id) if one.person_id else ("seat", one.pk)


def _view(row: Committee, members: list[Membership], linked: list[Linked]) -> CommitteeView:
    return CommitteeView(
        row,
        by_capacity(members),
        len({_who(one) for one in members}),
        len({one.organisation_id for one in members if one.organisation_id}),
        linked,
    )


def _moments(viewer: Viewer) -> dict[int, tuple[object | None, object | None]]:
    """When each committee last met, and meets next."""
    rows = Meeting.objects.filter(space=viewer.space).exclude(committee=None).order_by().values("committee")
    coming = Q(state__in=workflow.COMING, starts_at__gt=timezone.now())
    rows = rows.annotate(last=Max("starts_at", filter=Q(state=workflow.CLOSED)), next=Min("starts_at", filter=coming))
    return {row["committee"]: (row["last"], row["next"]) for row in rows}


def committee_view(viewer: Viewer, committee: Committee) -> CommitteeView:
    """One committee, for its own page."""
    seats = committee.seats.filter(ends_on=None).select_related("membership")
    linked = linked_to_committees(viewer, [committee.pk]).get(committee.pk, [])
    return _view(committee, [seat.membership for seat in seats], linked)
