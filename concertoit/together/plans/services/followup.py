"""Where an item stands: state, phase, due date, notes, météo."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible, must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.enums import STEP_STATE_LABELS, OutlookValue, Phase
from concertoit.together.plans.models import Outlook, PlanItem, PlanNode, ProgressNote
from concertoit.together.plans.policies import must_follow_up
from concertoit.together.plans.queries.items import ItemView, item_for
from concertoit.together.plans.queries.worklist import carried_nodes, line_of, shown_nodes
from concertoit.together.plans.rules.document import NodeKind, StepState
from concertoit.together.plans.services import news
from concertoit.together.plans.services.signing import Author, author_of
from concertoit.together.plans.workflow import EXPLAINED, Refusal

UNDO_SALT = "plans.undo"
UNDO_SECONDS = 3600
BULK_MAX = 200
# What a judgement and a phase are about; a step only has a state.
JUDGED = (NodeKind.ACTION, NodeKind.OUTCOME)


@dataclass(slots=True)
class Change:
    """What a change did: to how many items, those it could not reach (with why), and how to take it back."""

    changed: int = 0
    refused: list[tuple[PlanNode, str]] = field(default_factory=list)
    undo: str = ""


def found(viewer: Viewer, item_id: int) -> ItemView:
    """The item, for somebody who tells where it stands. Raises ``NotVisible`` or ``NotAllowed``."""
    view = item_for(viewer, item_id)
    must_follow_up(viewer, view.carriers)
    return view


def lineage(view: ItemView) -> list[int]:
    """The item and everything above it, by id."""
    return [view.item.pk, *(node.item_id for node in view.ancestors)]


def must_have_a_state(node: PlanNode) -> None:
    """Raise ``DomainError`` for what has steps under it: its state is theirs."""
    if node.kind in (NodeKind.AXIS, NodeKind.OBJECTIVE):
        raise DomainError(_("Un axe ou un objectif n’a pas d’état : il avance avec ses étapes."), field="state")
    if node.kind != NodeKind.STEP and PlanNode.objects.filter(parent=node).exists():
        raise DomainError(_("L’avancement vient des étapes : changez plutôt l’état de chacune."), field="state")


@transaction.atomic
def set_state(*, viewer: Viewer, item_id: int, state: StepState, explanation: str = "", seen: str = "") -> Change:
    """Give a state to a step (or to an action or outcome without steps).

    ``seen`` is the state the person saw when choosing: raises ``DomainError`` when somebody else changed it meanwhile,
    and where the workflow refuses.
    """
    view = found(viewer, item_id)
    must_have_a_state(view.node)
    item = news.locked(view.item.pk)
    if seen and seen != item.state and state.value != item.state:
        raise DomainError(
            _("Quelqu’un a changé l’état entre-temps : il est maintenant « %(state)s ». Vérifiez, puis recommencez.")
            % {"state": STEP_STATE_LABELS[StepState(item.state)]},
            field="state",
        )
    was = news.state_of(item)
    change = Change()
    author = author_of(viewer)
    if news.write_state(item=item, node=view.node, state=state, explanation=explanation, author=author):
        news.heard(lineage(view))
        change = Change(1, undo=_undo_token([(item, was)]))
    return change


@transaction.atomic
def set_states(
    *, viewer: Viewer, item_ids: list[int], state: StepState | None, explanation: str = "", note: str = ""
) -> Change:
    """Give one state and one note to several items at once.

    Items where the workflow refuses are left as they are and told; the others change. Raises ``NotVisible`` when one of
    them is not in the démarche, ``NotAllowed`` when the viewer does not carry one of them, and ``DomainError`` for a
    choice that says nothing.
    """
    if not item_ids or not (state or note.strip()):
        raise DomainError(_("Cochez au moins une étape, et choisissez un état ou écrivez une note."))
    if state in EXPLAINED and not explanation.strip():
        raise news.refuse(Refusal.NO_REASON if state is StepState.DROPPED else Refusal.NO_CONDITION, state)
    return _write_many(viewer, dict.fromkeys(item_ids, (state, explanation)), note)


@transaction.atomic
def set_each(*, viewer: Viewer, states: Mapping[int, tuple[StepState, str]]) -> Change:
    """Give each item a state of its own with what explains it; refusals as for ``set_states``."""
    return _write_many(viewer, states, "")


def _carried(viewer: Viewer, item_ids: Iterable[int]) -> list[PlanNode]:
    """The nodes of several items, all of which the viewer carries."""
    wanted = set(item_ids)
    if len(wanted) > BULK_MAX:
        raise DomainError(_("Au plus %(max)s étapes à la fois.") % {"max": BULK_MAX})
    nodes = list(shown_nodes(viewer).filter(item_id__in=wanted).order_by("order", "id"))
    if len(nodes) != len(wanted):
        raise NotVisible("")
    if len(carried_nodes(viewer, nodes)) != len(nodes):
        raise NotAllowed("")
    return nodes


def _locked(nodes: list[PlanNode]) -> dict[int, PlanItem]:
    return {i.pk: i for i in PlanItem.objects.select_for_update().filter(pk__in=[n.item_id for n in nodes])}


def _write_many(viewer: Viewer, states: Mapping[int, tuple[StepState | None, str]], note: str) -> Change:
    nodes = _carried(viewer, states)
    items, author = _locked(nodes), author_of(viewer)
    parents = set(PlanNode.objects.filter(parent__in=nodes).values_list("parent_id", flat=True))
    change, told = Change(), set()
    undo: list[tuple[PlanItem, dict[str, Any]]] = []
    for node in nodes:
        item = items[node.item_id]
        was = news.state_of(item)
        try:
            changed = _write_one(item, node, states[item.pk], author, node.pk in parents)
        except DomainError as error:
            change.refused.append((node, str(error)))
            continue
        undo += [(item, was)] if changed else []
        if note.strip():
            news.write_note(item=item, node=node, body=note, author=author)
        if changed or note.strip():
            change.changed += 1
            told |= {one.item_id for one in line_of(node)}
    news.heard(told)
    change.undo = _undo_token(undo) if undo else ""
    return change


def _write_one(
    item: PlanItem, node: PlanNode, wanted: tuple[StepState | None, str], author: Author, has_steps: bool
) -> bool:
    state, explanation = wanted
    if state is None:
        return False
    if has_steps:
        raise DomainError(_("L’avancement vient des étapes : changez plutôt l’état de chacune."))
    return news.write_state(item=item, node=node, state=state, explanation=explanation, author=author)


def _undo_token(changes: list[tuple[PlanItem, dict[str, Any]]]) -> str:
    rows = [[item.pk, item.state, was["state"], was["state_note"], was["state_on"]] for item, was in changes]
    return signing.dumps(rows, salt=UNDO_SALT, compress=True)


@transaction.atomic
def undo_states(*, viewer: Viewer, token: str) -> int:
    """Take back a change of state, within the hour, where nobody has changed it again since; answers how many.

    Raises ``DomainError`` for a token that is too old or was tampered with.
    """
    try:
        rows = signing.loads(token, salt=UNDO_SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        raise DomainError(_("Il est trop tard pour annuler ainsi. Changez l’état à la main.")) from None
    nodes = _carried(viewer, [row[0] for row in rows])
    items, author, undone = _locked(nodes), author_of(viewer), 0
    by_item = {node.item_id: node for node in nodes}
    for pk, after, state, note, on in rows:
        if items[pk].state == after:
            values = {"state": state, "state_note": note, "state_on": on}
            news.write_state_back(item=items[pk], node=by_item[pk], values=values, author=author)
            undone += 1
    return undone


@transaction.atomic
def set_phase(*, viewer: Viewer, item_id: int, phase: Phase) -> PlanItem:
    """Say, as a fact, in what phase an action or an outcome is."""
    view = found(viewer, item_id)
    if view.node.kind not in JUDGED:
        raise DomainError(_("Seuls une action ou un résultat ont une phase."), field="phase")
    item = news.locked(item_id)
    if item.phase != phase:
        before, item.phase = item.phase, phase.value
        item.save(update_fields=["phase", "updated_at"])
        news.journal(
            author_of(viewer), "plan.phase_set", item, view.node, before={"phase": before}, after={"phase": phase}
        )
        news.heard(lineage(view))
    return item


@transaction.atomic
def set_due(*, viewer: Viewer, item_id: int, due_on: date | None) -> PlanItem:
    """Set a due date by hand; nothing gives back the one of the period. Only for who edits the plan or carries it.

    Raises ``DomainError`` for a date outside the plan by more than a year: a typing error.
    """
    view = found(viewer, item_id)
    plan = view.version.plan
    if due_on and plan.starts_on and due_on < plan.starts_on:
        raise DomainError(_("Cette échéance précède le début du plan."), field="due_on")
    if due_on and plan.ends_on and due_on.year > plan.ends_on.year + 1:
        raise DomainError(_("Cette échéance dépasse la fin du plan de plus d’un an."), field="due_on")
    item = news.locked(item_id)
    if item.due_on != due_on:
        before, item.due_on = item.due_on, due_on
        item.save(update_fields=["due_on", "updated_at"])
        news.journal(
            author_of(viewer),
            "plan.due_set",
            item,
            view.node,
            before={"due_on": before.isoformat() if before else None},
            after={"due_on": due_on.isoformat() if due_on else None},
        )
    return item


@transaction.atomic
def add_note(*, viewer: Viewer, item_id: int, body: str) -> ProgressNote:
    """Tell, in words, where an item is."""
    view = found(viewer, item_id)
    note = news.write_note(item=view.item, node=view.node, body=body, author=author_of(viewer))
    news.heard(lineage(view))
    return note


@transaction.atomic
def correct_note(*, viewer: Viewer, item_id: int, note_id: int, body: str) -> ProgressNote:
    """Replace one's own note on screen by another, dated as the first; the first stays in the journal and the database.

    The coordination corrects anybody's. Raises ``NotVisible`` for a note of another item or one already corrected.
    """
    view = found(viewer, item_id)
    note = must_exist(ProgressNote.objects.filter(pk=note_id, item_id=item_id, replaced_by=None).first())
    if note.author_id != viewer.user.pk:
        viewer.must("plan.followup.all")
    return news.write_note(
        item=view.item, node=view.node, body=body, author=author_of(viewer), replaces=note, at=note.at
    )


@transaction.atomic
def set_outlook(*, viewer: Viewer, item_id: int, value: OutlookValue, reason: str) -> Outlook:
    """Judge how an action or an outcome goes, and say why."""
    view = found(viewer, item_id)
    if view.node.kind not in JUDGED:
        raise DomainError(_("La météo porte sur une action ou un résultat."), field="value")
    item = news.locked(item_id)
    outlook = news.write_outlook(item=item, node=view.node, value=value, reason=reason, author=author_of(viewer))
    news.heard(lineage(view))
    return outlook
