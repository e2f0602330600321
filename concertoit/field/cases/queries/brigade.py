"""The brigade: members with how far their integration is, what they follow; mandates of partners with what waits."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from concertoit.field.cases.enums import AssignmentState, CaseState, Competence
from concertoit.field.cases.enums.work import VisitState
from concertoit.field.cases.models import Assignment, BrigadeMember, Case, PartnerMandate, Visit
from concertoit.field.cases.rules.integration import CODES
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.policies import FIELD_TEAM, in_force


@dataclass(frozen=True, slots=True)
class Member:
    """A member, the open cases they follow, their visits to come."""

    row: BrigadeMember
    cases: int
    visits: int

    @property
    def steps_done(self) -> int:
        return sum(code in self.row.integration for code in CODES)

    @property
    def steps_total(self) -> int:
        return len(CODES)


@dataclass(frozen=True, slots=True)
class Mandate:
    """A partner, what waits for it, what it works on."""

    row: PartnerMandate
    waiting: int
    working: int

    @property
    def in_force(self) -> bool:
        return self.row.ended_on is None or self.row.ended_on >= timezone.localdate()


def members_of(space: Space) -> list[Member]:
    """Three queries, whatever the number of members."""
    rows = BrigadeMember.objects.filter(space=space).select_related("membership__person", "membership__organisation")
    open_cases = Case.objects.filter(~Q(state=CaseState.CLOSED), space=space).exclude(follower=None)
    cases = dict(open_cases.order_by().values_list("follower").annotate(count=Count("pk")))
    planned = Visit.objects.filter(space=space, state=VisitState.PLANNED).exclude(member=None)
    visits = dict(planned.order_by().values_list("member").annotate(count=Count("pk")))
    found = [
        Member(row, cases.get(row.membership_id, 0), visits.get(row.membership_id, 0)) for row in rows.order_by("pk")
    ]
    return sorted(found, key=lambda one: str(one.row.membership.person))


def mandates_of(space: Space) -> list[Mandate]:
    """Two queries, whatever the number of partners."""
    rows = PartnerMandate.objects.filter(space=space).select_related("organisation")
    counts: dict[tuple[int, str], int] = {
        (organisation, state): count
        for organisation, state, count in Assignment.objects.filter(space=space)
        .order_by()
        .values_list("organisation", "state")
        .annotate(count=Count("pk"))
    }
    return [
        Mandate(
            row, counts.get((row.organisation_id, AssignmentState.NEW), 0),
            counts.get((row.organisation_id, AssignmentState.IN_PROGRESS), 0),
        )
        for row in rows.order_by("organisation__name", "pk")
    ]  # fmt: skip


def to_enrol(space: Space) -> list[Membership]:
    """People of the field team who are not in the brigade yet."""
    known = BrigadeMember.objects.filter(space=space).values("membership")
    rows = Membership.objects.filter(in_force(), space=space, role__in=FIELD_TEAM).exclude(pk__in=known)
    return list(rows.exclude(person=None).select_related("person").order_by("position", "pk"))


def competence_names(codes: list[str]) -> str:
    """Competences in words, for a sentence."""
    return ", ".join(str(Competence(code).label).lower() for code in codes if code in Competence)
