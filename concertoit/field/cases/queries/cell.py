"""Reads of emergency cells: who may see one, its page, who could be called, all cells with their times (I6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from concertoit.field.cases.enums import Competence
from concertoit.field.cases.enums.cell import CellRole, CellState, EntryKind
from concertoit.field.cases.models import (
    BrigadeMember,
    CellEntry,
    CellMember,
    CellReview,
    CellTask,
    PartnerMandate,
    RapidResponse,
)
from concertoit.field.cases.policies import visible_cells
from concertoit.field.cases.rules import cell as rules
from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import NotVisible, must_exist
from concertoit.ground.identity.enums import ContactKind
from concertoit.ground.identity.models import ProfessionalContact
from concertoit.ground.spaces.enums import Role
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer, in_force

LINK_LASTS = timedelta(days=30)
"""How long a personal link still reads the log of a cell that was stood down: the review is done by then."""


def member_behind(token: str) -> CellMember:
    """The member of a personal link. Raises ``NotVisible`` for a link that is none of ours, or that is over.

    It reads the log for a while once the cell is stood down, and ends with the place that its bearer had in the démarche.
    """
    rows = CellMember.objects.select_related("cell__space", "membership")
    row = must_exist(rows.filter(token_digest=personal_links.digest_of(token)).first())
    over = row.cell.stood_down_at
    gone = row.membership_id and not Membership.objects.filter(in_force(), pk=row.membership_id).exists()
    if gone or not row.cell.space.uses("cases") or (over is not None and over < timezone.now() - LINK_LASTS):
        raise NotVisible("")
    return row


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the page of a cell shows. ``broken``: the first line that is not as it was written."""

    cell: RapidResponse
    members: list[CellMember]
    tasks: list[CellTask]
    entries: list[CellEntry]
    broken: int | None
    times: rules.Times
    verified: frozenset[int]
    review: CellReview | None

    @property
    def open_tasks(self) -> list[CellTask]:
        return [task for task in self.tasks if task.done_at is None]

    @property
    def answered(self) -> int:
        return sum(member.acknowledged_at is not None for member in self.members)

    @property
    def missing_roles(self) -> list[Any]:
        """Labels of the essential roles that nobody who comes holds."""
        held = {member.role for member in self.members if member.comes}
        return [CellRole(code).label for code in rules.ESSENTIAL_ROLES if code not in held]

    @property
    def measures(self) -> list[CellEntry]:
        return [entry for entry in self.entries if entry.kind == EntryKind.SAFETY]

    def total(self, kind: str, name: str) -> int:
        """A count told in the log (households lodged, households informed), all lines together."""
        return sum(int(entry.data.get(name) or 0) for entry in self.entries if entry.kind == kind)


def board_of(cell: RapidResponse) -> Board:
    """The page of a cell; four queries."""
    entries = list(cell.entries.order_by("number"))
    return Board(
        cell=cell,
        members=list(cell.members.select_related("membership").order_by("pk")),
        tasks=list(cell.tasks.select_related("owner").order_by("done_at", "due_at", "pk")),
        entries=entries,
        broken=rules.broken_at([(row.line, row.digest) for row in entries], count=cell.log_count, head=cell.log_head),
        times=times_of(cell),
        verified=frozenset(row.data["measure"] for row in entries if row.kind == EntryKind.VERIFIED),
        review=CellReview.objects.filter(cell=cell).first(),
    )


def times_of(cell: RapidResponse) -> rules.Times:
    """How long the cell took at each step."""
    return rules.times(
        cell.activated_at, acknowledged=cell.acknowledged_at, quorum=cell.quorum_at, on_site=cell.on_site_at,
        stood_down=cell.stood_down_at,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """The medians of all real cells; exercises are counted apart and never measured with them."""

    count: int
    exercises: int
    acknowledged: rules.Middle
    quorum: rules.Middle
    on_site: rules.Middle
    stood_down: rules.Middle


def figures_of(cells: Sequence[RapidResponse]) -> Figures:
    real = [times_of(cell) for cell in cells if not cell.exercise]
    return Figures(
        count=len(real),
        exercises=len(cells) - len(real),
        acknowledged=rules.middle(one.acknowledged for one in real),
        quorum=rules.middle(one.quorum for one in real),
        on_site=rules.middle(one.on_site for one in real),
        stood_down=rules.middle(one.stood_down for one in real),
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be called: why they are proposed, their role, how to reach them."""

    membership: Membership
    why: str
    proposed: bool
    role: str
    email: str
    phone: str

    @property
    def name(self) -> str:
        return str(self.membership.person or self.membership.organisation)

    @property
    def organisation(self) -> str:
        return str(self.membership.organisation or "")


# Whose mandate is called first when somebody may be in danger; a choice of the platform.
CALLED_FIRST = frozenset({Competence.FIRE, Competence.INSPECTION, Competence.PUBLIC_HEALTH, Competence.ENERGY})


def candidates(viewer: Viewer) -> list[Candidate]:
    """Members of the team and of organisations with a mandate; on call and first mandates are proposed."""
    brigade = {row.membership_id: row for row in BrigadeMember.objects.filter(space=viewer.space)}
    mandates = {
        row.organisation_id: frozenset(row.competences)
        for row in PartnerMandate.objects.filter(space=viewer.space, ended_on=None)
    }
    rows = (
        Membership.objects.filter(in_force(), space=viewer.space, person__isnull=False)
        .filter(role__in=[Role.LIAISON, Role.WORKER, Role.RESPONDER])
        .select_related("person", "organisation")
        .order_by("position", "pk")
    )
    found = list(rows)
    reach = _contacts([row.person_id for row in found if row.person_id])
    return [_candidate(row, viewer, brigade.get(row.pk), mandates, reach) for row in found]


def _contacts(people: list[int]) -> dict[tuple[int, str], str]:
    kinds = (ContactKind.EMAIL, ContactKind.PHONE)
    rows = ProfessionalContact.objects.filter(person__in=people, kind__in=kinds).order_by("-pk")
    return {(row.person_id, row.kind): row.value for row in rows}


def _candidate(
    row: Membership,
    viewer: Viewer,
    brigade: BrigadeMember | None,
    mandates: dict[int, frozenset[str]],
    reach: dict[tuple[int, str], str],
) -> Candidate:
    skills = frozenset(brigade.competences) if brigade else mandates.get(row.organisation_id or 0, frozenset())
    why = ", ".join(str(Competence(code).label) for code in Competence.values if code in skills)
    me = row.pk in viewer.membership_ids
    on_call = brigade is not None and brigade.on_call
    proposed = me or on_call or row.role == Role.LIAISON
    if row.role == Role.RESPONDER:
        proposed = bool(skills & CALLED_FIRST)
    person = row.person_id or 0
    email, phone = (reach.get((person, kind), "") for kind in (ContactKind.EMAIL, ContactKind.PHONE))
    return Candidate(row, why, proposed, _role(row, skills), email, phone)


def _role(row: Membership, skills: frozenset[str]) -> str:
    """The role proposed: the liaison leads; inspection and fire keep safe; psychosocial speaks with tenants."""
    if row.role == Role.LIAISON:
        return CellRole.LEAD
    if skills & {Competence.INSPECTION, Competence.FIRE}:
        return CellRole.SAFETY if row.role == Role.WORKER else CellRole.MEMBER
    if skills & {Competence.PSYCHOSOCIAL, Competence.COMMUNITY}:
        return CellRole.TENANTS if row.role == Role.WORKER else CellRole.LODGING
    return CellRole.MEMBER


def active_cells(viewer: Viewer) -> QuerySet[RapidResponse]:
    return visible_cells(viewer).filter(state=CellState.ACTIVE)
