"""Whom and what nodes name: actors and cross-cutting priorities, in one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, CharField, Value

from concertoit.ground.spaces.enums import CommitteeState
from concertoit.together.plans.models import NodeActor, NodePriority, PlanNode
from concertoit.together.plans.policies import CARRYING_ROLES

PRIORITY = "priority"
_NODE = ("node_id", "node__order")
_ACTOR = (
    "role", "position", "pk", "name", "precision",
    "organisation_id", "organisation__short_name", "organisation__name",
    "committee__short_name", "committee__name", "committee__state",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """An actor in its role, or a cross-cutting priority (``role`` is then ``PRIORITY``).

    ``name`` is what it is called today, ``written`` the plan's own words, ``text`` what the plan says beside them.
    """

    node_id: int
    role: str
    name: str
    written: str
    text: str
    organisation_id: int | None
    to_form: bool

    @property
    def carries(self) -> bool:
        """Whether it is an organisation that answers for the node."""
        return self.organisation_id is not None and self.role in CARRYING_ROLES


def named_on(nodes: Iterable[PlanNode]) -> list[Named]:
    """Everything that these nodes name, in reading order."""
    keys = [node.pk for node in nodes]
    word, nobody = Value("", CharField()), Value(None, BigIntegerField())
    actors: Any = NodeActor.objects.filter(node__in=keys).order_by().values_list(*_NODE, *_ACTOR)
    priorities: Any = NodePriority.objects.filter(node__in=keys).order_by()
    as_actors = (Value(PRIORITY, CharField()), "priority__position", "pk", "priority__name", "narrative", nobody)
    rows = actors.union(priorities.values_list(*_NODE, *as_actors, word, word, word, word, word), all=True)
    return [
        Named(
            node_id=node_id,
            role=role,
            name=short or name or committee_short or committee or written,
            written=written,
            text=text,
            organisation_id=organisation_id,
            to_form=state == CommitteeState.TO_FORM,
        )
        for node_id, _order, role, _place, _pk, written, text, organisation_id, short, name, committee_short, committee,
        state in sorted(rows, key=lambda row: (row[1], row[3], row[4]))
    ]  # fmt: skip
