"""What an outcome changes in the plan, through the services of plans and with the writer's own rights there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.models import PlanNode, PlanVersion
from concertoit.together.plans.queries.items import item_for
from concertoit.together.plans.rules.document import LEVEL, NodeKind, StepState
from concertoit.together.plans.services import followup
from concertoit.together.plans.services.content import NodeContent, add_node
from concertoit.together.plans.services.versions import draft_of, open_draft

STATE, STEP, ACTION = "state", "step", "action"


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A change wanted: a state for an element, a new step under it, or a new action in its objective (or axis)."""

    what: str
    item_id: int
    state: StepState | None = None
    explanation: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """What was changed: the element, its name, and plain values kept with the outcome."""

    item_id: int
    label: str
    values: dict[str, Any]


def apply_change(*, viewer: Viewer, change: PlanChange) -> Changed:
    """Change the plan. Raises ``DomainError`` for a change that says nothing or that plans refuse, ``NotAllowed``."""
    if change.what == STATE:
        return _state(viewer, change)
    return _add(viewer, change, NodeKind.STEP if change.what == STEP else NodeKind.ACTION)


def _state(viewer: Viewer, change: PlanChange) -> Changed:
    if change.state is None:
        raise DomainError(_("Choisissez l’état."), field="state")
    view = item_for(viewer, change.item_id)
    before = view.item.state
    try:
        followup.set_state(viewer=viewer, item_id=change.item_id, state=change.state, explanation=change.explanation)
    except DomainError as error:
        if error.field == "note":
            raise DomainError(str(error), field="explanation") from error
        raise
    values = {"what": STATE, "from": before, "to": change.state.value, "title": view.node.title}
    return Changed(change.item_id, str(view.node), values)


def _add(viewer: Viewer, change: PlanChange, kind: NodeKind) -> Changed:
    """A new step or action, in the draft: what is in force was adopted and does not change."""
    if not change.title.strip():
        raise DomainError(_("Donnez un titre à ce que vous ajoutez au plan."), field="title")
    viewer.must("plan.edit")
    view = item_for(viewer, change.item_id)
    plan = view.version.plan
    draft = draft_of(plan) or open_draft(viewer=viewer, plan=plan)
    parent = _above(draft, view.node, kind)
    node = add_node(viewer=viewer, version=draft, kind=kind, parent=parent, content=NodeContent(title=change.title))
    values = {"what": change.what, "title": node.title, "version": draft.number, "under": parent.title}
    return Changed(node.item_id, str(node), values)


def _above(draft: PlanVersion, node: PlanNode, kind: NodeKind) -> PlanNode:
    """Where it goes in the draft: under the element itself, or the nearest one above that may hold it."""
    here = PlanNode.objects.filter(version=draft, item=node.item_id).select_related("parent__parent__parent__parent")
    above = here.first()
    while above is not None and LEVEL[NodeKind(above.kind)] >= LEVEL[kind]:
        above = above.parent
    if above is None:
        raise DomainError(_("L’ébauche n’a plus cet élément : ajoutez-le dans le plan."), field="title")
    return above
