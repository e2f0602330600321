"""The writes of follow-up themselves: state, note, météo. Whoever calls has found the item and asked the policy.

Both doors lead here: a member on the page of an item (``services.followup``) and a partner who answers through a
personal link (``services.asks``), so that the same rules and the same journal hold for both.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError
from concertoit.together.plans.enums import OutlookValue
from concertoit.together.plans.models import Outlook, PlanItem, PlanNode, ProgressNote
from concertoit.together.plans.rules.document import StepState
from concertoit.together.plans.services import indexing
from concertoit.together.plans.services.signing import Author
from concertoit.together.plans.workflow import EXPLAINED, Refusal, refusal

NOTE_MAX = 10_000
STATE_FIELDS = ("state", "state_note", "state_on")


def locked(item_id: int) -> PlanItem:
    """The item, held until the end of the transaction."""
    return PlanItem.objects.select_for_update().get(pk=item_id)


def journal(author: Author, verb: str, item: PlanItem, node: PlanNode | None, **values: Any) -> None:
    """One line of the journal about an item, under the name the plan gives it."""
    record(
        actor=author.user,
        verb=verb,
        object_type="plans.item",
        object_id=item.pk,
        object_label=str(node) if node else str(item),
        space_id=item.space_id,
        note=values.pop("note", "") or ("" if author.user else author.label),
        **values,
    )


def state_of(item: PlanItem) -> dict[str, Any]:
    """The state as plain values: for the journal, for taking back a change."""
    return {
        "state": item.state,
        "state_note": item.state_note,
        "state_on": item.state_on.isoformat() if item.state_on else None,
    }


def refuse(why: Refusal, before: StepState) -> DomainError:
    """The sentence behind a refusal of the workflow."""
    if why is Refusal.NO_REASON:
        return DomainError(_("Dites pourquoi l’étape est abandonnée."), field="note")
    if why is Refusal.NO_CONDITION:
        return DomainError(_("Dites ce qui débloquerait l’étape."), field="note")
    if before is StepState.DONE:
        return DomainError(_("Cette étape est faite. Remettez-la d’abord en cours."), field="state")
    return DomainError(_("Cette étape est abandonnée. Remettez-la d’abord à faire."), field="state")


def write_state(*, item: PlanItem, node: PlanNode, state: StepState, explanation: str, author: Author) -> bool:
    """Give a state to a locked item; answers whether anything changed.

    Raises ``DomainError`` where the workflow refuses.
    """
    before = StepState(item.state)
    text = explanation.strip() if state in EXPLAINED else ""
    why = refusal(before, state, text)
    if why:
        raise refuse(why, before)
    if state is before and text == item.state_note:
        return False
    was = state_of(item)
    item.state, item.state_note = state.value, text
    if state is not before:
        item.state_on = timezone.localdate()
    item.save(update_fields=[*STATE_FIELDS, "updated_at"])
    journal(author, "plan.state_changed", item, node, before=was, after=state_of(item))
    return True


def write_state_back(
    *, item: PlanItem, node: PlanNode | None, values: dict[str, Any], author: Author, verb: str = "plan.state_restored"
) -> None:
    """Give a locked item an earlier state back, whatever the workflow says of the way there."""
    was = state_of(item)
    item.state, item.state_note = StepState(values["state"]).value, str(values["state_note"])
    item.state_on = date.fromisoformat(values["state_on"]) if values["state_on"] else None
    item.save(update_fields=[*STATE_FIELDS, "updated_at"])
    journal(author, verb, item, node, before=was, after=state_of(item))


def write_note(
    *,
    item: PlanItem,
    node: PlanNode,
    body: str,
    author: Author,
    replaces: ProgressNote | None = None,
    at: datetime | None = None,
) -> ProgressNote:
    """Add a dated and signed note. Raises ``DomainError`` for an empty or endless one."""
    text = body.strip()
    if not text:
        raise DomainError(_("La note est vide."), field="body")
    if len(text) > NOTE_MAX:
        raise DomainError(_("La note est trop longue : gardez l’essentiel, joignez le reste."), field="body")
    note = ProgressNote.objects.create(
        space_id=item.space_id,
        item=item,
        body=text,
        at=at or timezone.now(),
        author=author.user,
        author_label=author.label,
        replaces=replaces,
    )
    before = {"note": replaces.body} if replaces else None
    verb = "plan.note_corrected" if replaces else "plan.note_added"
    journal(author, verb, item, node, before=before, after={"note": text})
    indexing.note_written(note)
    return note


def write_outlook(*, item: PlanItem, node: PlanNode, value: OutlookValue, reason: str, author: Author) -> Outlook:
    """Add a judgement with its reason, and make it the item's present one."""
    text = reason.strip()
    if not text:
        raise DomainError(_("Dites en une phrase pourquoi : une météo sans raison n’aide personne."), field="reason")
    before = {"outlook": item.outlook.value, "reason": item.outlook.reason} if item.outlook else None
    outlook = Outlook.objects.create(
        space_id=item.space_id,
        item=item,
        value=value,
        reason=text,
        at=timezone.now(),
        author=author.user,
        author_label=author.label,
    )
    item.outlook = outlook
    item.save(update_fields=["outlook", "updated_at"])
    journal(author, "plan.outlook_set", item, node, before=before, after={"outlook": value.value, "reason": text})
    return outlook


def heard(items: Iterable[int]) -> None:
    """Note that these items gave news just now (the item told about, and everything above it)."""
    PlanItem.objects.filter(pk__in=list(items)).update(last_news_at=timezone.now())
