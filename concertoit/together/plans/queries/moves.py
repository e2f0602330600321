"""What happened lately in the plans of a person's démarches, as far as they may know of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone

from concertoit.ground.audit import queries as journal
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.models import PlanNode

SINCE = timedelta(days=30)
READ, SHOWN = 80, 12
# What one must be able to do to know of it. What happens in a draft is told when it comes into force.
KNOWN_TO = {
    "plan.state_changed": "plan.view",
    "plan.phase_set": "plan.view",
    "plan.measure_added": "plan.view",
    "plan.measure_contested": "plan.view",
    "plan.contest_answered": "plan.view",
    "plan.spending_added": "plan.view",
    "plan.put_in_force": "plan.view",
    "plan.filed": "plan.view",
    "plan.alignment_proposed": "plan.view",
    "plan.alignment_answered": "plan.view",
    "plan.note_added": "plan.notes.view",
    "plan.outlook_set": "plan.notes.view",
    "plan.ask_answered": "plan.notes.view",
    "plan.comment_added": "plan.comment",
}


@dataclass(slots=True)
class Moved:
    """A line of the journal about a plan, and how many others say the same of other elements that day."""

    verb: str
    at: datetime
    who: str
    space_id: int
    object_id: str
    label: str
    state: str
    others: int = 0


def moved(viewers: Sequence[Viewer], versions: Sequence[int], user: Any) -> list[Moved]:
    """The latest, what the reader did themselves apart, in one query. Elements no longer in the plan are left out."""
    allowed: dict[frozenset[str], list[int]] = {}
    for viewer in viewers:
        verbs = frozenset(verb for verb, needed in KNOWN_TO.items() if viewer.can(needed))
        allowed.setdefault(verbs, []).append(viewer.space.pk)
    item = Cast(OuterRef("object_id"), BigIntegerField())
    shown = Exists(PlanNode.objects.filter(version__in=list(versions), item_id=item))
    rows = journal.recent(allowed, since=timezone.now() - SINCE, apart=user.pk).filter(
        ~Q(object_type="plans.item") | shown
    )
    return _together(rows[:READ])[:SHOWN]


def _together(rows: Any) -> list[Moved]:
    """The same person doing the same thing to several elements on one day is one line."""
    found: dict[tuple[Any, ...], Moved] = {}
    for row in rows:
        state = str(row.after.get("outlook") or row.after.get("state") or "")
        # A personal link has no account: the journal's note says who answered.
        who = row.actor_label or row.note
        key = (row.verb, who, state, row.space_id, timezone.localtime(row.at).date())
        if key in found:
            found[key].others += 1
        else:
            found[key] = Moved(
                row.verb, row.at, who, row.space_id, row.object_id, row.object_label, state,
            )  # fmt: skip
    return list(found.values())
