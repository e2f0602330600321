"""The life of an objection: raised, clarified, integrated by an amendment, withdrawn by its author, or not retained."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible, must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.enums import OBJECTION_STATE_LABELS
from concertoit.together.decisions.models import (
    Adoption,
    ConsentObjection,
    ConsentRound,
    ConsentSeat,
    ConsentTurn,
    ConsentVoice,
)
from concertoit.together.decisions.notifications import consent as notifications
from concertoit.together.decisions.policies import speaks_for
from concertoit.together.decisions.queries.adoption import part_of
from concertoit.together.decisions.rules.consent import (
    OPEN_OBJECTIONS,
    ObjectionState,
    RoundState,
    Subject,
    Target,
    Voice,
)
from concertoit.together.decisions.services.consent_rounds import Opening, locked, move
from concertoit.together.decisions.services.consent_sessions import journal
from concertoit.together.decisions.workflow.consent import EXPLAINED, objection_may_go
from concertoit.together.plans.models import PlanItem, PlanNode
from concertoit.together.plans.services.content import change_node, content_of

LABEL = 300


def raise_one(
    *,
    row: ConsentRound,
    turn: ConsentTurn,
    seat: ConsentSeat,
    user: Any,
    reason: str,
    amendment: str = "",
    target: Target = Target.WHOLE,
    item_id: int | None = None,
) -> ConsentObjection:
    """Write an objection; called in the transaction of the voice. The same words twice are one objection.

    Raises ``DomainError`` without a reason, or for a target that is not in the plan.
    """
    if not reason.strip():
        raise DomainError(_("Dites la raison de l’objection : ce qui ferait du tort, et à quoi."), field="reason")
    values = {"seat": seat, "turn": turn, "reason": reason.strip(), "state__in": OPEN_OBJECTIONS}
    if same := ConsentObjection.objects.filter(round=row, **values).first():
        return same
    item, label = _target(row, item_id)
    objection = ConsentObjection.objects.create(
        space_id=row.space_id, round=row, turn=turn, seat=seat, target=target, item=item, target_label=label,
        reason=reason.strip(), amendment=amendment.strip(), raised_at=timezone.now(),
    )  # fmt: skip
    verb = "objection.raised" if user else "objection.raised_by_link"
    journal(user, verb, row, after={"reason": objection.reason, "seat": seat.label}, note=seat.label)
    notifications.objection_raised(round=row, objection=objection, actor=user)
    return objection


def _target(row: ConsentRound, item_id: int | None) -> tuple[PlanItem | None, str]:
    if item_id is None:
        return None, ""
    node = (
        PlanNode.objects.filter(space_id=row.space_id, item_id=item_id)
        .select_related("item")
        .order_by("-version__number")
        .first()
    )
    if node is None:
        raise DomainError(_("Cet élément n’est pas dans le plan."), field="item")
    return node.item, str(node)[:LABEL]


def withdraw_own(*, row: ConsentRound, seat: ConsentSeat, user: Any) -> int:
    """Withdraw the open objections of a seat that now consents; called in the transaction of its voice."""
    mine = ConsentObjection.objects.select_for_update().filter(round=row, seat=seat, state__in=OPEN_OBJECTIONS)
    for objection in mine.order_by("pk"):
        _settle(objection, ObjectionState.WITHDRAWN, user)
        journal(user, "objection.withdrawn", row, after={"reason": objection.reason}, note=seat.label)
    return len(mine)


@transaction.atomic
def withdraw(
    *, objection_id: int, viewer: Viewer | None = None, seat: ConsentSeat | None = None, user: Any = None
) -> ConsentObjection:
    """Withdraw an objection: its organisation does, from the objection's page (``viewer``) or its own (``seat``).

    Withdrawing is not consenting: once it objects to nothing, the organisation is asked again. Raises
    ``NotVisible`` for another's, ``NotAllowed`` for somebody else, ``DomainError`` once it is settled.
    """
    objection = _held(objection_id, space_id=viewer.space.pk if viewer else seat.space_id if seat else 0)
    if viewer is not None and not speaks_for(viewer, objection.seat):
        raise NotAllowed("")
    if viewer is None and (seat is None or objection.seat_id != seat.pk):
        raise NotVisible("")
    _must_go(objection, ObjectionState.WITHDRAWN)
    who = viewer.user if viewer else user
    _settle(objection, ObjectionState.WITHDRAWN, who)
    left = ConsentObjection.objects.filter(round=objection.round, seat=objection.seat, state__in=OPEN_OBJECTIONS)
    if not left.exists():
        last = ConsentTurn.objects.filter(round=objection.round).order_by("-number")[0]
        ConsentVoice.objects.filter(turn=last, seat=objection.seat, kind=Voice.OBJECTION).delete()
    after = {"reason": objection.reason}
    journal(who, "objection.withdrawn", objection.round, after=after, note=objection.seat.label)
    return objection


@transaction.atomic
def treat(*, viewer: Viewer, objection_id: int, state: ObjectionState, words: str) -> ConsentObjection:
    """Clarify an objection (what was understood) or say why it is not retained; the organisation is told.

    Integrating has its own way (``integrate``). Raises ``DomainError`` for a state one cannot reach, or without words.
    """
    viewer.must("consent.facilitate")
    objection = _held(objection_id, space_id=viewer.space.pk)
    locked(viewer, objection.round_id)
    if state not in EXPLAINED:
        raise DomainError(_("Une objection s’intègre par un nouveau tour, et son organisme seul la retire."))
    _must_go(objection, state)
    if not words.strip():
        blank = {
            ObjectionState.CLARIFIED: _("Écrivez ce que vous avez compris de l’objection."),
            ObjectionState.NOT_RETAINED: _("Dites pourquoi l’objection n’est pas retenue."),
        }
        raise DomainError(blank[state], field="words")
    before = objection.state
    if state is ObjectionState.CLARIFIED:
        objection.understood, objection.state = words.strip(), state
        objection.why, objection.settled_at, objection.settled_by = "", None, None
        objection.save()
    else:
        objection.why = words.strip()
        _settle(objection, state, viewer.user)
    journal(
        viewer.user, f"objection.{state.value}", objection.round, before={"state": before},
        after={"state": state, "words": words.strip(), "reason": objection.reason},
    )  # fmt: skip
    notifications.objection_treated(objection=objection, actor=viewer.user)
    return objection


@dataclass(frozen=True, slots=True)
class Amendment:
    """How objections are integrated: what changes, in words; the new text of the proposal; or the new title of the
    element of the draft that an objection is about. Then the step at which the next round opens."""

    change: str
    text: str | None = None
    wording: str = ""
    wording_of: int | None = None
    opens: RoundState = RoundState.VOICES
    answer_by: date | None = None


@transaction.atomic
def integrate(*, viewer: Viewer, round_id: int, objection_ids: Collection[int], amendment: Amendment) -> ConsentTurn:
    """Integrate objections by an amendment, and open the next round on what it gives.

    Raises ``DomainError`` when the proposal is not being integrated, when no objection is chosen, when nothing is said of
    the change, or when nothing has changed: neither the proposal's words nor what the draft says.
    """
    viewer.must("consent.facilitate")
    row = locked(viewer, round_id)
    chosen = list(
        ConsentObjection.objects.select_for_update()
        .filter(round=row, pk__in=objection_ids, state__in=OPEN_OBJECTIONS)
        .order_by("pk")
    )
    if RoundState(row.state) is not RoundState.INTEGRATION:
        raise DomainError(_("Passez d’abord à l’intégration des objections."))
    if not chosen or len(chosen) != len(set(objection_ids)):
        raise DomainError(_("Choisissez les objections que l’amendement intègre."), field="objections")
    if not amendment.change.strip():
        raise DomainError(
            _("Dites ce qui change, pour que l’on voie comment l’objection est intégrée."), field="change"
        )
    _amend(viewer, row, amendment)
    last = row.turns.order_by("-number").first()
    part = part_of(row)
    if last and row.text == last.text and (part.sha256 if part else "") == last.sha256:
        raise DomainError(
            _("Rien n’a changé depuis le dernier tour : modifiez le texte de la proposition, ou l’ébauche du plan."),
            field="text",
        )
    row = move(viewer=viewer, round_id=row.pk, opening=Opening(amendment.opens, amendment.answer_by, amendment.change))
    turn = row.turns.order_by("-number")[0]
    adoption = Adoption.objects.filter(session=row.session_id).first()
    for objection in chosen:
        before, objection.resolved_turn = objection.state, turn
        objection.resolved_version_id = adoption.version_id if adoption else None
        _settle(objection, ObjectionState.INTEGRATED, viewer.user)
        after = {"state": objection.state, "change": amendment.change.strip(), "reason": objection.reason}
        journal(viewer.user, "objection.integrated", row, before={"state": before}, after=after)
        notifications.objection_treated(objection=objection, actor=viewer.user)
    return turn


def _amend(viewer: Viewer, row: ConsentRound, amendment: Amendment) -> None:
    """Write the amendment: in the words of the proposal, or for real in the draft of the plan."""
    if amendment.text is not None and amendment.text.strip() != row.text:
        if row.subject == Subject.TEXT and not amendment.text.strip():
            raise DomainError(_("Écrivez la proposition telle qu’elle sera lue."), field="text")
        before, row.text = row.text, amendment.text.strip()
        row.save(update_fields=["text", "updated_at"])
        journal(viewer.user, "consent.changed", row, before={"text": before}, after={"text": row.text})
    if amendment.wording.strip() and amendment.wording_of is not None:
        adoption = Adoption.objects.select_related("version").filter(session=row.session_id).first()
        node = PlanNode.objects.filter(
            version_id=adoption.version_id if adoption else None, space=viewer.space, item_id=amendment.wording_of
        ).first()
        if node is None:
            raise DomainError(_("Cet élément n’est plus dans l’ébauche."), field="wording")
        content = content_of(node)
        if content.title != amendment.wording.strip():
            content.title = amendment.wording.strip()
            change_node(viewer=viewer, node=node, content=content)


def _held(objection_id: int, *, space_id: int) -> ConsentObjection:
    return must_exist(
        ConsentObjection.objects.select_for_update(of=("self",))
        .select_related("round__session", "seat", "turn")
        .filter(pk=objection_id, space_id=space_id)
        .first()
    )


def _must_go(objection: ConsentObjection, after: ObjectionState) -> None:
    before = ObjectionState(objection.state)
    if not objection_may_go(before, after):
        raise DomainError(
            _("Cette objection est « %(state)s » : elle ne change plus ainsi.")
            % {"state": str(OBJECTION_STATE_LABELS[before]).lower()}
        )


def _settle(objection: ConsentObjection, state: ObjectionState, user: Any) -> None:
    objection.state, objection.settled_at, objection.settled_by = state, timezone.now(), user
    objection.save()
