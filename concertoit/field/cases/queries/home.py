"""The home of the agent: what nobody follows, what all refused, silence, deadlines passed, what partners answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from concertoit.field.cases.enums import AssignmentState, CaseState
from concertoit.field.cases.enums.work import MoveKind, VisitState
from concertoit.field.cases.models import Assignment, CaseMove, Visit
from concertoit.field.cases.policies import goes_to, is_team, visible_cases
from concertoit.field.cases.queries.case_lines import CaseLine, lines
from concertoit.field.cases.queries.cases import attention_of, silent_after
from concertoit.ground.spaces.policies import Viewer

SHOWN = 6
RECENT = timedelta(days=14)


@dataclass(slots=True)
class Home:
    """What waits: counts by filter of the list, and a few lines of what is most pressing."""

    counts: dict[str, int] = field(default_factory=dict)
    silent: int = 0  # the days after which a case is without news
    late: list[CaseLine] = field(default_factory=list)
    orphans: list[CaseLine] = field(default_factory=list)
    answers: list[CaseMove] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    asked: list[Assignment] = field(default_factory=list)


def home_of(viewer: Viewer) -> Home:
    """Six queries for the team, two for a partner, whatever the number of cases."""
    return _team_home(viewer) if is_team(viewer) else _partner_home(viewer)


def _team_home(viewer: Viewer) -> Home:
    silent = silent_after(viewer)
    wanted = attention_of(silent)
    rows = visible_cases(viewer).exclude(state=CaseState.CLOSED)
    counts = {name: Count("pk", filter=condition) for name, condition in wanted.items()}
    mine = Q(follower__in=viewer.membership_ids)
    found = Home(rows.aggregate(ouverts=Count("pk"), a_moi=Count("pk", filter=mine), **counts), silent)
    found.late = lines(viewer, rows.filter(wanted["retard"]).order_by("next_due_at", "pk")[:SHOWN])
    found.orphans = lines(viewer, rows.filter(wanted["sans_suivi"]).order_by("known_at", "pk")[:SHOWN])
    answers = CaseMove.objects.filter(
        space=viewer.space, kind=MoveKind.ASSIGNMENT, at__gte=timezone.now() - RECENT,
        after__in=(AssignmentState.IN_PROGRESS, AssignmentState.REFUSED, AssignmentState.CLOSED),
    )  # fmt: skip
    found.answers = list(answers.select_related("case", "assignment__organisation").order_by("-at", "-pk")[:SHOWN])
    found.visits = visits_of(viewer)[:SHOWN]
    return found


def _partner_home(viewer: Viewer) -> Home:
    return Home(asked=assignments_of(viewer), visits=visits_of(viewer)[:SHOWN])


def assignments_of(viewer: Viewer) -> list[Assignment]:
    """What waits for the viewer's organisations: to answer first, then what they took, by date."""
    rows = Assignment.objects.filter(
        space=viewer.space, organisation_id__in=viewer.organisation_ids,
        state__in=(AssignmentState.NEW, AssignmentState.IN_PROGRESS),
    )  # fmt: skip
    found = rows.select_related("case__building__municipality", "organisation").order_by("answer_by", "pk")[:100]
    return sorted(found, key=lambda row: row.state != AssignmentState.NEW)


def visits_of(viewer: Viewer) -> list[Visit]:
    """The visits planned for the viewer, or for one of their organisations, in order of time."""
    mine = goes_to(viewer.membership_ids, viewer.organisation_ids)
    rows = Visit.objects.filter(mine, space=viewer.space, state=VisitState.PLANNED)
    return list(
        rows.select_related("case__building__municipality", "case__dwelling", "case__household").order_by(
            "planned_at", "pk"
        )[:100]
    )
