"""The history of an item: who reads it, and putting back what a line of the journal changed."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for
from concertoit.ground.spaces.queries.histories import read_with
from concertoit.together.plans.enums import (
    ACTOR_ROLE_LABELS,
    BUDGET_KIND_LABELS,
    STEP_STATE_LABELS,
    AlignmentKind,
    AlignmentState,
    Direction,
    OutlookValue,
    Phase,
)
from concertoit.together.plans.models import Plan, PlanItem
from concertoit.together.plans.queries.items import item_for
from concertoit.together.plans.rules.document import ActorRole, BudgetKind
from concertoit.together.plans.services import followup, news
from concertoit.together.plans.services.signing import author_of

STATE_VERBS = frozenset({"plan.state_changed", "plan.state_restored"})
RESTORED = STATE_VERBS | {"plan.phase_set", "plan.due_set"}
# The history of an item is read by those who read the journal of the démarche.
can_view = read_with("journal.view")


def _viewer(user: Any, entry: Any) -> Viewer:
    """The user in the line's démarche. Raises ``NotVisible`` for a stranger."""
    space = must_exist(Space.objects.filter(pk=entry.space_id).first())
    return viewer_for(user, space.slug)


def can_restore(user: Any, entry: Any) -> bool:
    """Whether the line changed something that one sets back, for somebody who may set it."""
    if entry.verb not in RESTORED:
        return False
    try:
        return item_for(_viewer(user, entry), int(entry.object_id)).may_follow_up
    except NotVisible:
        return False


def restore(entry: Any, actor: Any) -> None:
    """Put state, phase or due date back as they were before a line; called in the journal's transaction."""
    viewer, item_id, before = _viewer(actor, entry), int(entry.object_id), entry.before
    if entry.verb in STATE_VERBS:
        view = followup.found(viewer, item_id)
        news.write_state_back(item=news.locked(item_id), node=view.node, values=before, author=author_of(viewer))
    elif entry.verb == "plan.phase_set":
        followup.set_phase(viewer=viewer, item_id=item_id, phase=Phase(before["phase"]))
    elif entry.verb == "plan.due_set":
        due = before["due_on"]
        followup.set_due(viewer=viewer, item_id=item_id, due_on=date.fromisoformat(due) if due else None)
    else:
        raise DomainError(
            _("Ce qui a été publié se corrige par une nouvelle note, le reste sur la page de l’élément.")
        )


def url(object_id: str) -> str:
    """The page of the item."""
    item = PlanItem.objects.select_related("space").filter(pk=object_id).first()
    return reverse("plans:item", kwargs={"slug": item.space.slug, "item_id": item.pk}) if item else ""


def plan_url(object_id: str) -> str:
    """The page of the plan."""
    plan = Plan.objects.select_related("space").filter(pk=object_id).first()
    return reverse("plans:plan", kwargs={"slug": plan.space.slug}) if plan else ""


def show(key: str, value: Any) -> str | None:
    """A value of the journal as people read it."""
    if key == "actors" and isinstance(value, list):
        return ", ".join(_actor(one) for one in value)
    if not isinstance(value, str | bool):
        return None
    label = _labels().get(key, {}).get(value)
    return str(label) if label is not None else None


def _actor(written: str) -> str:
    """« lead: Table » as the journal keeps it, with the role in words."""
    role, colon, name = written.partition(": ")
    label = ACTOR_ROLE_LABELS.get(ActorRole(role)) if colon and role in set(ActorRole) else None
    return f"{name} ({str(label).lower()})" if label is not None else written


def _labels() -> dict[str, dict[Any, Any]]:
    """Codes by key. A key that several kinds of line use has the codes of all of them, which differ."""
    return {
        "state": {state.value: label for state, label in STEP_STATE_LABELS.items()} | dict(AlignmentState.choices),
        "phase": dict(Phase.choices),
        "outlook": dict(OutlookValue.choices),
        "direction": dict(Direction.choices),
        "kind": {kind.value: BUDGET_KIND_LABELS[kind] for kind in BudgetKind} | dict(AlignmentKind.choices),
        "accepted": {True: _("oui"), False: _("non")},
    }
