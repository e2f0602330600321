"""Who sees what of cases. One definition answers « may they? » and « which ones? ».

- The liaison agent sees every case of the démarche and its identities; decides, assigns, closes.
- The field team sees every case; a member sees identities of the cases they follow or visit, and accompaniment with the
  psychosocial or community competence only.
- A partner (``responder``) sees the cases assigned to one of its organisations, never another; before accepting, no
  identity anywhere: pages, exports, e-mails, search, journal. After refusing or being cancelled, the same as before. Once
  its part is done it keeps the memory of the case, and no longer opens who lives there: nothing it does asks for it.
- What was observed, with its photos, is read by the team and by partners that accepted: a photo shows how somebody
  lives. Before that a partner reads the grade and the points that cause it.
- Nobody else of the démarche sees a case: the coordination sets up grids and rules and reads figures.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from concertoit.field.cases.enums import AssignmentState, Competence
from concertoit.field.cases.enums.cell import CellRole
from concertoit.field.cases.enums.support import Audience
from concertoit.field.cases.models import Assignment, BrigadeMember, Case, CellMember, RapidResponse
from concertoit.ground.core.errors import NotAllowed, must_exist
from concertoit.ground.spaces.enums import Role
from concertoit.ground.spaces.policies import COCO, COORDINATION, FIELD, FIELD_LEAD, FIELD_TEAM, Viewer, grant

# A partner that accepted keeps its memory of the case once its part is done.
ACCEPTED = (AssignmentState.IN_PROGRESS, AssignmentState.CLOSED)
SUPPORTING = frozenset({Competence.PSYCHOSOCIAL, Competence.COMMUNITY})


def declare() -> None:
    """Give the verbs of cases to roles; called when the room is wired."""
    grant("cases.view", FIELD)
    grant("cases.work", FIELD_TEAM)
    grant("cases.lead", FIELD_LEAD)
    grant("cases.answer", FIELD)
    grant("cases.setup", FIELD_LEAD | COORDINATION)
    grant("cases.figures", FIELD_TEAM | COCO)
    grant("cases.grid", FIELD | COCO)
    grant("cells.view", FIELD)
    grant("cells.activate", FIELD_TEAM)


def is_team(viewer: Viewer) -> bool:
    """Whether the viewer belongs to the team that follows cases."""
    return viewer.can("cases.work")


def is_lead(viewer: Viewer) -> bool:
    return Role.LIAISON in viewer.roles


def visible_cases(viewer: Viewer) -> QuerySet[Case]:
    """The cases a viewer may open; none without a role in the field."""
    rows = Case.objects.filter(space=viewer.space)
    if is_team(viewer):
        return rows
    if not viewer.can("cases.view"):
        return rows.none()
    return rows.filter(Exists(_asked_of(viewer).filter(case_id=OuterRef("pk"))))


def get_case(viewer: Viewer, reference: str) -> Case:
    """The case of a number, with its place. Raises ``NotVisible`` for a case the viewer may not open."""
    rows = visible_cases(viewer).select_related("building__municipality", "dwelling", "household", "follower__person")
    return must_exist(rows.filter(reference=reference).first())


def has_accepted(viewer: Viewer, case: Case) -> bool:
    """Whether one of the viewer's organisations took the case."""
    return _asked_of(viewer).filter(case=case, state__in=ACCEPTED).exists()


def may_see_identity(viewer: Viewer, case: Case) -> bool:
    """Whether the viewer's purpose needs to know who lives there (each look is logged by ``queries.people``)."""
    if is_lead(viewer):
        return True
    if is_team(viewer):
        return case.follower_id in viewer.membership_ids or bool(competences_of(viewer) & SUPPORTING)
    return viewer.can("cases.view") and _asked_of(viewer).filter(case=case, state=AssignmentState.IN_PROGRESS).exists()


def must_see_identity(viewer: Viewer, case: Case) -> None:
    """Raise ``NotAllowed`` unless the viewer may."""
    if not may_see_identity(viewer, case):
        raise NotAllowed("")


def may_see_support(viewer: Viewer, case: Case) -> bool:
    """Whether the viewer reads the accompaniment track, which building inspection never does."""
    if not is_team(viewer):
        rows = _asked_of(viewer).filter(case=case, state__in=ACCEPTED, competence__in=SUPPORTING)
        return viewer.can("cases.view") and rows.exists()
    return reads_support(viewer)


def reads_support(viewer: Viewer) -> bool:
    """Whether somebody of the team reads the accompaniment of every case."""
    return is_lead(viewer) or bool(competences_of(viewer) & SUPPORTING)


def must_see_support(viewer: Viewer, case: Case) -> None:
    """Raise ``NotAllowed`` unless the viewer may."""
    if not may_see_support(viewer, case):
        raise NotAllowed("")


def may_read_thread(viewer: Viewer, case: Case, audience: str) -> bool:
    """Whether the viewer reads and writes in a conversation of the case.

    With partners: the team, and partners once they accepted. With the household: those of the team who may know it.
    """
    if audience == Audience.TENANT:
        return is_team(viewer) and may_see_identity(viewer, case)
    return is_team(viewer) or (viewer.can("cases.view") and has_accepted(viewer, case))


def must_read_thread(viewer: Viewer, case: Case, audience: str) -> None:
    """Raise ``NotAllowed`` unless the viewer may."""
    if not may_read_thread(viewer, case, audience):
        raise NotAllowed("")


def competences_of(viewer: Viewer) -> frozenset[str]:
    """What the viewer is competent for as a member of the brigade."""
    rows = BrigadeMember.objects.filter(space=viewer.space, membership_id__in=viewer.membership_ids)
    return frozenset(code for codes in rows.values_list("competences", flat=True) for code in codes)


def may_read_observations(viewer: Viewer, case: Case) -> bool:
    """Whether the viewer reads what was observed there, with its photos."""
    return is_team(viewer) or (viewer.can("cases.view") and has_accepted(viewer, case))


def observes_as(viewer: Viewer, case: Case) -> frozenset[str]:
    """The competences in which the viewer may fill the grid of a case; none for who may not.

    A partner fills it in what it accepted and has not finished. Somebody of the team without a written competence may
    fill it in any: the sheet says which.
    """
    if is_team(viewer):
        return competences_of(viewer) or frozenset(Competence.values)
    rows = _asked_of(viewer).filter(case=case, state=AssignmentState.IN_PROGRESS)
    return frozenset(rows.values_list("competence", flat=True)) if viewer.can("cases.view") else frozenset()


def must_read_observations(viewer: Viewer, case: Case) -> None:
    """Raise ``NotAllowed`` unless the viewer may."""
    if not may_read_observations(viewer, case):
        raise NotAllowed("")


def goes_to(membership_ids: Iterable[int], organisation_ids: Iterable[int]) -> Q:
    """The visits that somebody makes: by name, or for an organisation while it has the case it accepted."""
    taken = Assignment.objects.filter(case=OuterRef("case"), organisation=OuterRef("organisation"), state__in=ACCEPTED)
    return Q(member__in=membership_ids) | Q(Exists(taken), organisation__in=organisation_ids)


def _asked_of(viewer: Viewer) -> QuerySet[Assignment]:
    """Assignments that give sight of a case: those that were not cancelled."""
    rows = Assignment.objects.filter(space=viewer.space, organisation_id__in=viewer.organisation_ids)
    return rows.exclude(state=AssignmentState.CANCELLED)


def called_as(viewer: Viewer) -> Q:
    """The rows of members by which the viewer was called: by name, or for an organisation as a whole."""
    by_name = Q(membership__in=viewer.membership_ids)
    if Role.RESPONDER not in viewer.roles:
        return by_name
    return by_name | Q(membership=None, organisation__in=viewer.organisation_ids)


def visible_cells(viewer: Viewer) -> QuerySet[RapidResponse]:
    """The team sees every cell of the démarche, a partner those where it was called, nobody else any."""
    rows = RapidResponse.objects.filter(space=viewer.space)
    if is_team(viewer):
        return rows
    if not viewer.can("cells.view"):
        return rows.none()
    return rows.filter(Exists(CellMember.objects.filter(called_as(viewer), cell=OuterRef("pk"))))


def get_cell(viewer: Viewer, reference: str) -> RapidResponse:
    """The cell of a number. Raises ``NotVisible`` for one the viewer was not called to."""
    return must_exist(
        visible_cells(viewer).select_related("space", "case", "building").filter(reference=reference).first()
    )


def member_of(viewer: Viewer, cell: RapidResponse) -> CellMember | None:
    """The viewer among the members, by name rather than for an organisation."""
    rows = CellMember.objects.filter(called_as(viewer), cell=cell).order_by("membership_id", "pk")
    found = list(rows)
    return next((row for row in found if row.membership_id is not None), found[0] if found else None)


def may_run(viewer: Viewer, cell: RapidResponse, member: CellMember | None) -> bool:
    """Who gives roles and stands the cell down: the liaison, who activated it, who leads it."""
    leads = member is not None and member.role == CellRole.LEAD
    return viewer.can("cases.lead") or cell.activated_by_id == viewer.user.pk or leads
