"""Visits: planned by the team or by a partner that accepted, and told afterwards; competences decide who goes (I8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums import AssignmentState, CaseState, Competence
from concertoit.field.cases.enums.work import VisitKind, VisitState
from concertoit.field.cases.models import BrigadeMember, Case, Order, Visit
from concertoit.field.cases.notifications import work as told
from concertoit.field.cases.policies import has_accepted, is_team
from concertoit.field.cases.queries.team import accounts_of, responders_of
from concertoit.field.cases.rules import competences
from concertoit.field.cases.rules.clocks import Clock
from concertoit.field.cases.services.clocks import reach, refresh
from concertoit.field.cases.services.log import journal
from concertoit.field.cases.services.opening import moved
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.core.spoken import date_long
from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """A visit as somebody plans it: ``member`` of the brigade or ``organisation`` goes. ``order``: what is checked."""

    competence: str
    planned_at: datetime
    kind: str = VisitKind.OBSERVATION
    member: Membership | None = None
    organisation: Organisation | None = None
    order: Order | None = None
    re_inspection: bool = False
    note: str = ""


@transaction.atomic
def plan_visit(*, viewer: Viewer, case: Case, plan: VisitPlan, at: datetime | None = None) -> Visit:
    """Plan a visit.

    Raises ``NotAllowed`` for a partner that did not accept or sends somebody else, ``DomainError`` when who goes is not
    competent, nobody goes, or the case is closed.
    """
    _may_plan(viewer, case, plan)
    if case.state == CaseState.CLOSED:
        raise DomainError(_("Ce dossier est fermé. Rouvrez-le d’abord."))
    if (plan.member is None) == (plan.organisation is None):
        raise DomainError(_("Dites qui y va : un membre de la brigade ou un organisme."), field="who")
    if plan.order is not None and plan.order.case_id != case.pk:
        raise NotVisible("")
    must_be_competent(case, plan)
    row = Visit.objects.create(
        space=viewer.space, case=case, kind=plan.kind, competence=plan.competence, member=plan.member,
        organisation=plan.organisation, planned_at=plan.planned_at, note=plan.note.strip(), order=plan.order,
        re_inspection=plan.re_inspection or plan.order is not None,
    )  # fmt: skip
    moved(case, at=at)
    day = timezone.localtime(plan.planned_at)
    journal(case, "cases.visit_planned", actor=viewer.user, after={"visit": str(day.date())}, at=at)
    told.visit_given(case=case, users=_goers(case, row), actor=viewer.user, day=date_long(day.date()))
    return row


def _may_plan(viewer: Viewer, case: Case, plan: VisitPlan) -> None:
    if is_team(viewer) and case.space_id == viewer.space.pk:
        return
    mine = plan.organisation is not None and plan.organisation.pk in viewer.organisation_ids
    if not (viewer.can("cases.answer") and mine and has_accepted(viewer, case)):
        raise NotAllowed("")


def must_be_competent(case: Case, plan: VisitPlan) -> None:
    """Raise ``DomainError``, in words, unless who goes has the competence that this visit asks."""
    who: Any = plan.member.person if plan.member else plan.organisation
    code = competences.refusal(kind=plan.kind, competence=plan.competence, held=_held(case, plan))
    if code is None:
        return
    words = {"who": who, "what": Competence(plan.competence).label}
    said = {
        "missing": _("%(who)s n’a pas la compétence « %(what)s » dans ce dossier. Choisissez une autre personne ou une "
                     "autre compétence."),
        "technical": _("Vérifier des travaux demande une compétence technique : inspection, incendie, santé publique, "
                       "gaz et électricité."),
        "supporting": _("Accompagner un ménage demande une compétence psychosociale ou communautaire."),
    }  # fmt: skip
    raise DomainError(said[code] % words, field="competence")


def _held(case: Case, plan: VisitPlan) -> set[str]:
    """What who goes is competent for: as a member of the brigade, or by what its organisation accepted."""
    if plan.member is not None:
        rows = BrigadeMember.objects.filter(space_id=case.space_id, membership=plan.member)
        return {code for codes in rows.values_list("competences", flat=True) for code in codes}
    taken = case.assignments.filter(organisation=plan.organisation, state=AssignmentState.IN_PROGRESS).order_by("pk")
    return set(taken.values_list("competence", flat=True))


def _goers(case: Case, visit: Visit) -> list[Any]:
    if visit.member_id:
        return list(accounts_of([visit.member_id]))
    return list(responders_of(case.space, visit.organisation_id or 0))


@transaction.atomic
def tell_visit(*, viewer: Viewer, visit: Visit, state: str, at: datetime | None = None, note: str = "") -> Visit:
    """Say what came of a visit: done, refused, no answer, cancelled. The clocks hear of a visit that was done.

    Raises ``NotAllowed`` for somebody who neither goes nor is of the team, ``DomainError`` for a visit already told or a
    time that is to come.
    """
    row = Visit.objects.select_for_update(of=("self",)).select_related("case__space").get(pk=visit.pk)
    case = row.case
    if case.space_id != viewer.space.pk:
        raise NotVisible("")
    if not is_team(viewer) and not (row.organisation_id in viewer.organisation_ids and has_accepted(viewer, case)):
        raise NotAllowed("")
    if row.state != VisitState.PLANNED:
        raise DomainError(_("Cette visite a déjà été racontée."))
    if state not in VisitState or state == VisitState.PLANNED:
        raise DomainError(_("Dites ce qui s’est passé."), field="state")
    moment = at or timezone.now()
    if moment > timezone.now():
        raise DomainError(_("La visite est à venir : vérifiez la date."), field="at")
    row.state = state
    row.done_at = moment if state == VisitState.DONE else None
    row.note = note.strip() or row.note
    row.save(update_fields=["state", "done_at", "note", "updated_at"])
    moved(case, at=moment)
    journal(case, f"cases.visit_{state}", actor=viewer.user, after={"visit": state}, at=moment)
    if state == VisitState.DONE:
        _heard(case, row, moment)
    return row


def _heard(case: Case, visit: Visit, at: datetime) -> None:
    """A visit that was done is a first action; one that observed is the investigation."""
    reach(case=case, clock=Clock.FIRST_ACTION, at=at)
    if visit.kind == VisitKind.OBSERVATION:
        reach(case=case, clock=Clock.INVESTIGATE, at=at)
    if case.state == CaseState.NEW:
        case.state = CaseState.ACTIVE
        case.save(update_fields=["state", "updated_at"])
    refresh(case)
