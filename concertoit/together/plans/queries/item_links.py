"""Links that the plan writes, from what a page shows and towards it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import FilteredRelation, Q

from concertoit.together.plans.enums import LinkKind
from concertoit.together.plans.models import NodeLink, PlanNode, PlanVersion


@dataclass(frozen=True, slots=True)
class End:
    """A node at one end of a link."""

    item_id: int
    code: str
    title: str

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link between ``here``, which the page shows, and ``other``, where the target could be resolved."""

    label: Any
    note: str
    target_written: str
    here: End
    other: End | None
    incoming: bool


_START, _TARGET = (
    [f"{end}__{name}" for name in ("item_id", "written", "canonical", "title")] for end in ("node", "end")
)


def links_of(version: PlanVersion, nodes: list[PlanNode]) -> list[LinkView]:
    """Links from or towards these nodes, in reading order of the node that writes them; one query."""
    keys, items = {node.pk for node in nodes}, {node.item_id for node in nodes}
    rows: Any = (
        NodeLink.objects.filter(Q(node__in=keys) | Q(target__in=items), version=version)
        .annotate(end=FilteredRelation("target__nodes", condition=Q(target__nodes__version=version)))
        .order_by("node__order", "pk")
        .values_list("node_id", "kind", "note", "target_written", *_START, *_TARGET)
    )
    found = []
    for node_id, kind, note, written, *ends in rows:
        start, end = _end(*ends[:4]), _end(*ends[4:])
        label = LinkKind(kind).label
        if node_id in keys and start:
            found.append(LinkView(label, note, written, start, end, incoming=False))
        elif start and end:
            found.append(LinkView(label, note, written, end, start, incoming=True))
    return found


def _end(item_id: int | None, written: str, canonical: str, title: str) -> End | None:
    return None if item_id is None else End(item_id, written or canonical, title)
