"""Alignments: links between items of two démarches, proposed by one and accepted by the other (L13)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.enums import AlignmentState, VersionState
from concertoit.together.plans.models import Alignment, PlanItem, PlanNode


@transaction.atomic
def propose(*, viewer: Viewer, item: PlanItem, other_item: PlanItem, kind: str, note: str) -> Alignment:
    """Propose a link from an item of one's own plan to an item of another démarche's plan in force.

    Raises ``NotVisible`` for an item that is not in force elsewhere, ``DomainError`` for one’s own démarche or a link
    that exists already, in either direction.
    """
    viewer.must("plan.align")
    if item.space_id != viewer.space.pk:
        raise NotVisible("")
    if other_item.space_id == viewer.space.pk:
        raise DomainError(_("Cet élément est dans la même démarche : utilisez un lien du plan."))
    in_force = PlanNode.objects.filter(item=other_item, version__state=VersionState.CURRENT)
    if not in_force.exists():
        raise NotVisible("")
    open_states = [AlignmentState.PROPOSED, AlignmentState.ACCEPTED]
    if Alignment.objects.filter(item=other_item, other_item=item, state__in=open_states).exists():
        raise DomainError(_("L’autre démarche a déjà proposé cet arrimage : répondez à sa proposition."))
    alignment = Alignment(
        space=viewer.space,
        item=item,
        other_space_id=other_item.space_id,
        other_item=other_item,
        kind=kind,
        note=note.strip(),
        proposed_by=viewer.user,
    )
    try:
        alignment.full_clean()
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error
    alignment.save()
    _journal(viewer, "plan.alignment_proposed", alignment)
    return alignment


@transaction.atomic
def answer(*, viewer: Viewer, alignment: Alignment, accept: bool, words: str) -> Alignment:
    """Accept or refuse a proposal made to one's démarche. A refusal says why."""
    viewer.must("plan.align")
    alignment = Alignment.objects.select_for_update().get(pk=alignment.pk)
    if alignment.other_space_id != viewer.space.pk:
        raise NotVisible("")
    if alignment.state != AlignmentState.PROPOSED:
        raise DomainError(_("Cette proposition a déjà reçu une réponse."))
    if not accept and not words.strip():
        raise DomainError(_("Dites pourquoi l’arrimage n’est pas retenu."), field="answer")
    alignment.state = AlignmentState.ACCEPTED if accept else AlignmentState.REFUSED
    alignment.answer, alignment.answered_by, alignment.answered_at = words.strip(), viewer.user, timezone.now()
    alignment.save()
    _journal(viewer, "plan.alignment_answered", alignment)
    return alignment


@transaction.atomic
def withdraw(*, viewer: Viewer, alignment: Alignment) -> Alignment:
    """Take a proposal or an accepted link back; either démarche may."""
    viewer.must("plan.align")
    if viewer.space.pk not in (alignment.space_id, alignment.other_space_id):
        raise NotVisible("")
    if alignment.state not in (AlignmentState.PROPOSED, AlignmentState.ACCEPTED):
        raise DomainError(_("Cet arrimage est déjà terminé."))
    alignment.state = AlignmentState.WITHDRAWN
    alignment.save()
    _journal(viewer, "plan.alignment_withdrawn", alignment)
    return alignment


def _journal(viewer: Viewer, verb: str, alignment: Alignment) -> None:
    """A line about the démarche's own element: each of the two has its journal."""
    values: dict[str, Any] = {"state": alignment.state, "kind": alignment.kind, "note": alignment.note}
    own = alignment.item_id if alignment.space_id == viewer.space.pk else alignment.other_item_id
    node = PlanNode.objects.filter(item_id=own).order_by("-version__number").first()
    record(
        actor=viewer.user,
        verb=verb,
        object_type="plans.item",
        object_id=own,
        object_label=str(node or alignment.get_kind_display()),
        space_id=viewer.space.pk,
        after=values,
    )
