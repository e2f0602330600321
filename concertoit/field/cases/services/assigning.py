"""Cases asked of partners: each organisation has its own state, reasons and deadlines (I8).

The arrows are in ``workflow.ASSIGNMENT``. Whoever acts — in the application or by a personal link — goes through
``_move``; nothing here tells a partner who lives there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from concertoit.field.cases import workflow
from concertoit.field.cases.enums import AssignmentState, CaseState, Competence, Works
from concertoit.field.cases.enums.work import MoveKind, VisitState
from concertoit.field.cases.models import Assignment, Case, PartnerLink, PartnerMandate
from concertoit.field.cases.notifications import work as told
from concertoit.field.cases.policies import is_lead
from concertoit.field.cases.queries.clocks import delays_of
from concertoit.field.cases.rules.workdays import add_working_days
from concertoit.field.cases.services.clocks import refresh
from concertoit.field.cases.services.log import journal, write_move
from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible, must_exist
from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.policies import Viewer

LINK = "cases.partner"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a partner. ``ask`` is read before accepting: no name in it."""

    organisation: Organisation
    competence: str
    ask: str = ""
    answer_by: date | None = None
    due_on: date | None = None


@transaction.atomic
def assign(*, viewer: Viewer, case: Case, asked: Asked, at: datetime | None = None) -> Assignment:
    """Ask a case of a partner. Without ``answer_by``: the delay of the démarche.

    Raises ``DomainError`` when the organisation has no mandate for this competence, has the case already, or when the
    dates are in the wrong order.
    """
    viewer.must("cases.lead")
    moment = at or timezone.now()
    today = timezone.localdate(moment)
    _must_be_open(case)
    must_have_mandate(viewer, asked.organisation, asked.competence)
    answer_by = asked.answer_by or add_working_days(today, delays_of(viewer.space)["partner.answer"])
    if answer_by < today:
        raise DomainError(_("La réponse se donne d’ici aujourd’hui ou plus tard."), field="answer_by")
    if asked.due_on and asked.due_on < answer_by:
        raise DomainError(_("L’échéance vient après la réponse."), field="due_on")
    row = Assignment.objects.filter(
        case=case, organisation=asked.organisation, competence=asked.competence
    ).first() or Assignment(
        space=viewer.space, case=case, organisation=asked.organisation, competence=asked.competence, state=""
    )
    before = row.state
    if before and workflow.step(workflow.ASSIGNMENT, before, AssignmentState.NEW) is None:
        raise DomainError(_("Cet organisme a déjà ce dossier pour cette compétence."), field="organisation")
    row.ask, row.answer_by, row.due_on = asked.ask.strip(), answer_by, asked.due_on
    row.state, row.state_at, row.reason, row.works = AssignmentState.NEW, moment, "", ""
    row.save()
    _noted(case, row, before, viewer.user, moment)
    told.asked(assignment=row, actor=viewer.user)
    return row


def must_have_mandate(viewer: Viewer, organisation: Organisation, competence: str) -> None:
    """Raise ``DomainError`` unless the organisation has a mandate in force with this competence."""
    mandate = PartnerMandate.objects.filter(space=viewer.space, organisation=organisation).first()
    if mandate is None or (mandate.ended_on and mandate.ended_on < timezone.localdate()):
        raise DomainError(
            _("%(who)s n’a pas de mandat dans la démarche.") % {"who": organisation}, field="organisation"
        )
    if competence not in mandate.competences:
        raise DomainError(
            _("%(who)s n’a pas la compétence « %(what)s » dans la démarche.")
            % {"who": organisation, "what": Competence(competence).label},
            field="competence",
        )


def _must_be_open(case: Case) -> None:
    if case.state == CaseState.CLOSED:
        raise DomainError(_("Ce dossier est fermé. Rouvrez-le d’abord."))


@transaction.atomic
def move(
    *, viewer: Viewer, assignment: Assignment, to: str, reason: str = "", works: str = "", at: datetime | None = None
) -> Assignment:  # fmt: skip
    """Accept, refuse, close, cancel or ask again, as the organisation or the liaison agent.

    Raises ``NotAllowed`` for somebody else, ``DomainError`` for a state that does not follow or a missing reason.
    """
    row = _locked(assignment.pk)
    if row.space_id != viewer.space.pk:
        raise NotVisible("")
    mine = viewer.can("cases.answer") and row.organisation_id in viewer.organisation_ids
    roles = {workflow.LEAD} if is_lead(viewer) else set()
    roles |= {workflow.PARTNER} if mine else set()
    if not roles:
        raise NotAllowed("")
    return _move(row, to, roles, reason=reason, works=works, user=viewer.user, at=at)


def _locked(pk: int) -> Assignment:
    return Assignment.objects.select_for_update(of=("self",)).select_related("case__space", "organisation").get(pk=pk)


def _move(
    row: Assignment, to: str, roles: set[str], *, reason: str = "", works: str = "", user: Any = None,
    author: str = "", at: datetime | None = None,
) -> Assignment:  # fmt: skip
    step = workflow.step(workflow.ASSIGNMENT, row.state, to)
    if step is None:
        raise DomainError(
            _("Une affectation « %(before)s » ne peut pas devenir « %(after)s ».")
            % {"before": row.get_state_display(), "after": AssignmentState(to).label}
        )
    if not step.who & roles:
        raise NotAllowed("")
    if step.reason and not reason.strip():
        raise DomainError(_("Dites pourquoi, en une phrase et sans nom."), field="reason")
    if step.works and works not in Works:
        raise DomainError(_("Dites si les travaux sont faits."), field="works")
    moment, before = at or timezone.now(), row.state
    row.state, row.state_at, row.reason, row.works = to, moment, reason.strip(), works if step.works else ""
    row.save(update_fields=["state", "state_at", "reason", "works", "updated_at"])
    if to == AssignmentState.CANCELLED:
        _call_off(row)
    _noted(row.case, row, before, user, moment, author=author, words=reason)
    if workflow.LEAD not in roles:
        told.answered(assignment=row, actor=user)
    elif to in (AssignmentState.NEW, AssignmentState.CANCELLED):
        told.asked(assignment=row, actor=user)
    return row


def _call_off(row: Assignment) -> None:
    """Cancel the visits that an organisation had planned, unless it keeps another part of the case."""
    parts = Assignment.objects.filter(case=row.case_id, organisation=row.organisation_id)
    if not parts.filter(state=AssignmentState.IN_PROGRESS).exists():
        planned = row.case.visits.filter(organisation=row.organisation_id, state=VisitState.PLANNED)
        planned.update(state=VisitState.CANCELLED, updated_at=timezone.now())


def _noted(
    case: Case, row: Assignment, before: str, user: Any, at: datetime, *, author: str = "", words: str = ""
) -> None:
    """The log, the journal, the case that is no longer new, and what lists read."""
    write_move(
        case, kind=MoveKind.ASSIGNMENT, assignment=row, before=before, after=row.state, words=words, user=user,
        author=author, at=at,
    )  # fmt: skip
    journal(
        case, f"cases.assignment_{row.state}", actor=user, note=row.organisation,
        before={"assignment": before} if before else None, after={"assignment": row.state}, at=at,
    )  # fmt: skip
    if case.state == CaseState.NEW:
        case.state = CaseState.ACTIVE
        case.save(update_fields=["state", "updated_at"])
    refresh(case)


def token_of(link: PartnerLink) -> str:
    """The secret of a link, made again from the installation's key."""
    return personal_links.token_of(LINK, link, link.email)


@transaction.atomic
def send_link(*, viewer: Viewer, assignment: Assignment, email: str) -> PartnerLink:
    """Send a personal link to somebody of the partner who has no account: accept or refuse, nothing of the household.

    Raises ``DomainError`` for a bad address, or when the assignment waits for no answer.
    """
    viewer.must("cases.lead")
    if assignment.state != AssignmentState.NEW:
        raise DomainError(_("Cette affectation n’attend plus de réponse."))
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise DomainError(_("Cette adresse de courriel n’est pas complète."), field="email") from None
    PartnerLink.objects.filter(assignment=assignment, answered_at=None).update(expires_at=timezone.now())
    valid = timedelta(days=delays_of(viewer.space)["partner.link"])
    link = PartnerLink.objects.create(
        space=viewer.space, assignment=assignment, email=address, token_digest=get_random_string(64),
        expires_at=timezone.now() + valid,
    )  # fmt: skip
    token = token_of(link)
    link.token_digest = personal_links.digest_of(token)
    link.save(update_fields=["token_digest", "updated_at"])
    told.link(link=link, token=token)
    journal(assignment.case, "cases.link_sent", actor=viewer.user, note=assignment.organisation)
    return link


def find_link(token: str) -> PartnerLink:
    """The link behind a secret. Raises ``NotVisible`` for one that is none of ours."""
    rows = PartnerLink.objects.select_related(
        "space", "assignment__organisation", "assignment__case__building__municipality"
    )
    return must_exist(rows.filter(token_digest=personal_links.digest_of(token)).first())


def is_open(link: PartnerLink) -> bool:
    """Whether a link may still answer."""
    waiting = link.assignment.state == AssignmentState.NEW
    return link.answered_at is None and link.expires_at > timezone.now() and waiting


@transaction.atomic
def answer_link(*, token: str, accept: bool, reason: str = "") -> Assignment:
    """The organisation answers by its link, once. Raises ``NotVisible``, or ``DomainError`` when the link is over."""
    link = find_link(token)
    row = _locked(link.assignment_id)
    if not is_open(link) or row.state != AssignmentState.NEW:
        raise DomainError(_("Ce lien a déjà servi, ou n’est plus valide."))
    to = AssignmentState.IN_PROGRESS if accept else AssignmentState.REFUSED
    author = _("%(who)s, par lien personnel") % {"who": row.organisation}
    row = _move(row, to, {workflow.PARTNER}, reason=reason, author=author[:160])
    link.answered_at = timezone.now()
    link.save(update_fields=["answered_at", "updated_at"])
    return row
