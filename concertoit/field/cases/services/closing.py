"""How a case ends, and starts again: made safe, resolved, confirmed or refused by the household, closed, reopened.

« Made safe » is not « resolved », and « resolved » is not « closed »: the household says what it thinks in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases import workflow
from concertoit.field.cases.enums import AssignmentState, CaseState, Living, Outcome
from concertoit.field.cases.enums.work import MoveKind, VisitState
from concertoit.field.cases.models import Case
from concertoit.field.cases.notifications import work as told
from concertoit.field.cases.policies import is_lead
from concertoit.field.cases.rules.clocks import Clock
from concertoit.field.cases.services.clocks import reach, refresh
from concertoit.field.cases.services.log import journal, write_move
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.spaces.policies import Viewer

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Closing:
    """How a case ended: what happened, what it changed for the household, and in a few words (no name)."""

    outcome: str
    living: str
    note: str = ""


@transaction.atomic
def move_case(*, viewer: Viewer, case: Case, to: str, words: str = "", at: datetime | None = None) -> Case:
    """Say that a case is in progress, made safe or resolved. Closing and reopening have services of their own.

    Raises ``DomainError`` for a state that does not follow or a missing reason, ``NotAllowed`` for who may not.
    """
    if to not in (CaseState.ACTIVE, CaseState.MADE_SAFE, CaseState.RESOLVED):
        raise NotVisible("")
    row = _locked(viewer, case)
    if row.state == CaseState.CLOSED:
        raise DomainError(_("Ce dossier est fermé. Rouvrez-le d’abord."))
    _check(row, to, _roles(viewer), words)
    moment = at or timezone.now()
    if to == CaseState.MADE_SAFE:
        row.made_safe_at = moment
        reach(case=row, clock=Clock.MAKE_SAFE, at=moment)
    if to == CaseState.RESOLVED:
        reach(case=row, clock=Clock.WORKS, at=moment)
    return _moved(row, to, viewer.user, words, moment)


@transaction.atomic
def close(*, viewer: Viewer, case: Case, closing: Closing, at: datetime | None = None) -> Case:
    """Close a case with its outcome and what changed in the conditions of life. The liaison agent only.

    What was planned or asked and not begun is cancelled. Raises ``DomainError`` without an outcome or a result.
    """
    row = _locked(viewer, case)
    if closing.outcome not in Outcome:
        raise DomainError(_("Dites comment le dossier finit."), field="outcome")
    if closing.living not in Living:
        raise DomainError(_("Dites ce qui a changé pour le ménage, même si on ne le sait pas."), field="living")
    _check(row, CaseState.CLOSED, _roles(viewer), closing.note)
    moment = at or timezone.now()
    row.outcome, row.living = Outcome(closing.outcome), Living(closing.living)
    row.closing_note, row.closed_at = closing.note.strip(), moment
    row.save(update_fields=["outcome", "living", "closing_note", "closed_at", "updated_at"])
    if row.outcome == Outcome.WORKS_DONE:
        reach(case=row, clock=Clock.WORKS, at=moment)
    row.visits.filter(state=VisitState.PLANNED).update(state=VisitState.CANCELLED)
    row.assignments.filter(state=AssignmentState.NEW).update(
        state=AssignmentState.CANCELLED, state_at=moment, reason=_("Dossier fermé")
    )
    return _moved(row, CaseState.CLOSED, viewer.user, closing.note, moment)


@transaction.atomic
def refuse_closure(*, case: Case, words: str, actor: Any = None) -> Case:
    """The household says that it is not settled: the case is in progress again, and the team is told.

    For the tenant's page (no viewer) or for who notes a call. Raises ``DomainError`` without words, or for a case that is
    neither resolved nor closed.
    """
    row = Case.objects.select_for_update(of=("self",)).select_related("space").get(pk=case.pk)
    _check(row, CaseState.ACTIVE, {workflow.TENANT}, words)
    return _come_back(row, actor, words, author=_("Le ménage"), refused=True)


@transaction.atomic
def confirm_closure(*, case: Case, actor: Any = None) -> None:
    """The household says that it is settled: noted in the log; the liaison agent closes. Twice changes nothing."""
    if case.state != CaseState.RESOLVED:
        raise DomainError(_("Ce dossier n’attend pas de confirmation."))
    if case.moves.filter(kind=MoveKind.CASE, after="confirmed", at__gte=case.moved_at).exists():
        return
    write_move(case, kind=MoveKind.CASE, after="confirmed", user=actor, author=_("Le ménage"))
    journal(case, "cases.confirmed", actor=actor)


@transaction.atomic
def reopen(*, viewer: Viewer, case: Case, words: str) -> Case:
    """Open a closed case again, with a reason. The clocks start again."""
    row = _locked(viewer, case)
    if row.state != CaseState.CLOSED:
        raise DomainError(_("Ce dossier est déjà ouvert."))
    _check(row, CaseState.ACTIVE, _roles(viewer), words)
    return _come_back(row, viewer.user, words)


def _come_back(row: Case, actor: Any, words: str, *, author: str = "", refused: bool = False) -> Case:
    moment = timezone.now()
    if row.state == CaseState.CLOSED:
        row.reopened_count += 1
        row.clock_at, row.closed_at, row.outcome, row.living = moment, None, "", ""
        row.save(update_fields=["reopened_count", "clock_at", "closed_at", "outcome", "living", "updated_at"])
    verb = "cases.closure_refused" if refused else "cases.reopened"
    found = _moved(row, CaseState.ACTIVE, actor, words[:_LONGEST], moment, author=author, verb=verb)
    told.came_back(case=found, actor=actor, refused=refused)
    return found


def _locked(viewer: Viewer, case: Case) -> Case:
    row = Case.objects.select_for_update(of=("self",)).select_related("space").get(pk=case.pk)
    if row.space_id != viewer.space.pk:
        raise NotVisible("")
    return row


def _roles(viewer: Viewer) -> set[str]:
    viewer.must("cases.work")
    return {workflow.TEAM, workflow.LEAD} if is_lead(viewer) else {workflow.TEAM}


def _check(case: Case, to: str, roles: set[str], words: str) -> None:
    step = workflow.step(workflow.CASE, case.state, to)
    if step is None:
        raise DomainError(
            _("Un dossier « %(before)s » ne peut pas devenir « %(after)s ».")
            % {"before": case.get_state_display(), "after": CaseState(to).label}
        )
    if not step.who & roles:
        raise NotAllowed("")
    if step.reason and not words.strip():
        raise DomainError(_("Dites pourquoi, en une phrase et sans nom."), field="words")


def _moved(
    case: Case, to: str, user: Any, words: str, at: datetime, *, author: str = "", verb: str = ""
) -> Case:  # fmt: skip
    before, case.state = case.state, CaseState(to)
    case.save(update_fields=["state", "made_safe_at", "updated_at"])
    write_move(case, kind=MoveKind.CASE, before=before, after=to, words=words, user=user, author=author, at=at)
    journal(case, verb or f"cases.now_{to}", actor=user, before={"state": before}, after={"state": to}, at=at)
    refresh(case)
    return case
