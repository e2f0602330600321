"""Who follows a case, how urgent it is, and what is written of it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.field.cases.enums import CaseState, Urgency
from concertoit.field.cases.enums.work import MoveKind
from concertoit.field.cases.models import BrigadeMember, Case
from concertoit.field.cases.notifications import work as told
from concertoit.field.cases.policies import is_lead
from concertoit.field.cases.services.clocks import refresh
from concertoit.field.cases.services.log import journal, write_move
from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer


@transaction.atomic
def follow(*, viewer: Viewer, case: Case, membership: Membership | None) -> None:
    """Give a case to a member of the team, or to nobody. A member may take a case that nobody follows, or leave theirs.

    Raises ``NotAllowed`` for a member who gives cases to others, ``DomainError`` for somebody who is not of the team.
    """
    viewer.must("cases.work")
    if not is_lead(viewer):
        taking = case.follower_id is None and membership is not None and membership.pk in viewer.membership_ids
        leaving = membership is None and case.follower_id in viewer.membership_ids
        if not taking and not leaving:
            raise NotAllowed("")
    if membership and not BrigadeMember.objects.filter(space=viewer.space, membership=membership).exists():
        raise DomainError(_("Cette personne n’est pas membre de la brigade."), field="follower")
    if membership == case.follower:
        return
    case.follower = membership
    if membership and case.state == CaseState.NEW:
        case.state = CaseState.ACTIVE
    case.save(update_fields=["follower", "state", "updated_at"])
    write_move(case, kind=MoveKind.CASE, after="followed" if membership else "unfollowed", user=viewer.user)
    journal(case, "cases.followed" if membership else "cases.unfollowed", actor=viewer.user)
    if membership:
        told.entrusted(case=case, actor=viewer.user)


@transaction.atomic
def describe(*, viewer: Viewer, case: Case, summary: str, urgency: str) -> None:
    """Correct what is said of a case, and which delays hold for it. Raises ``DomainError`` without a summary."""
    viewer.must("cases.work")
    if not summary.strip():
        raise DomainError(_("Dites en une phrase ce qui ne va pas, sans nom."), field="summary")
    before = case.urgency
    case.summary, case.urgency = summary.strip()[:200], Urgency(urgency)
    case.save(update_fields=["summary", "urgency", "updated_at"])
    if before != case.urgency:
        write_move(case, kind=MoveKind.CLOCK, before=before, after=case.urgency, user=viewer.user)
        journal(case, "cases.urgency", actor=viewer.user, before={"urgency": before}, after={"urgency": case.urgency})
    refresh(case)
