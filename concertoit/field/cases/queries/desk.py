"""What waits in cases for one person, in all their démarches at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from concertoit.field.cases.enums import AssignmentState, CaseState
from concertoit.field.cases.enums.work import MoveKind, VisitState
from concertoit.field.cases.models import Assignment, Case, CaseMove, Visit
from concertoit.field.cases.policies import goes_to, is_lead, is_team
from concertoit.field.cases.rules.parameters import BY_CODE
from concertoit.ground.spaces.policies import Viewer

AHEAD = timedelta(days=14)
BEHIND = timedelta(days=30)


@dataclass(slots=True)
class Waiting:
    """Counts by démarche, assignments to answer, visits to come, what others moved."""

    counts: dict[int, dict[str, int]] = field(default_factory=dict)
    asked: list[Assignment] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    moves: list[CaseMove] = field(default_factory=list)


def waiting(viewers: Sequence[Viewer]) -> Waiting:
    """Four queries at most. The liaison counts the whole team's cases; a worker those they follow."""
    found, now = Waiting(), timezone.now()
    if not viewers:
        return found
    spaces = [viewer.space.pk for viewer in viewers]
    members = {pk for viewer in viewers for pk in viewer.membership_ids}
    organisations = {pk for viewer in viewers for pk in viewer.organisation_ids}
    team = [viewer.space.pk for viewer in viewers if is_team(viewer)]
    if team:
        leads = [viewer.space.pk for viewer in viewers if is_lead(viewer)]
        found.counts = _counts(team, leads, members)
        found.moves = _moves(team, leads, members, viewers[0].user)
    asked = Assignment.objects.filter(
        space__in=spaces, organisation__in=organisations, state=AssignmentState.NEW
    ).select_related("case")
    found.asked = list(asked.order_by("answer_by", "pk")[:20])
    visits = Visit.objects.filter(
        goes_to(members, organisations), space__in=spaces, state=VisitState.PLANNED, planned_at__lt=now + AHEAD
    )  # fmt: skip
    found.visits = list(visits.select_related("case__building").order_by("planned_at", "pk")[:20])
    return found


def _moves(team: list[int], leads: list[int], members: set[int], user: Any) -> list[CaseMove]:
    """The last states of cases and answers of partners, moved by others; a line carries no tenant's name."""
    rows = CaseMove.objects.filter(
        Q(space__in=leads) | Q(case__follower__in=members), space__in=team, at__gte=timezone.now() - BEHIND,
        kind__in=(MoveKind.CASE, MoveKind.ASSIGNMENT),
    )  # fmt: skip
    known = rows.exclude(user=user).select_related("case", "assignment__organisation", "user")
    return list(known.order_by("-at", "-pk")[:12])


def _counts(team: list[int], leads: list[int], members: set[int]) -> dict[int, dict[str, int]]:
    now = timezone.now()
    silent = now - timedelta(days=BY_CODE["home.silent"].value)
    rows = Case.objects.filter(Q(space__in=leads) | Q(follower__in=members), space__in=team)
    counted = rows.exclude(state=CaseState.CLOSED).order_by("space").values("space").annotate(
        sans_suivi=Count("pk", filter=Q(follower=None)),
        refuses=Count("pk", filter=Q(partners="refused")),
        silence=Count("pk", filter=Q(moved_at__lt=silent)),
        retard=Count("pk", filter=Q(next_due_at__lt=now)),
    )  # fmt: skip
    found: dict[int, dict[str, int]] = {}
    for row in counted:
        facts: dict[str, Any] = dict(row)
        found[facts.pop("space")] = facts
    return found
