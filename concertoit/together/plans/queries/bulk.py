"""The list of what is followed, narrowed by the address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.models import NodeActor, PlanNode
from concertoit.together.plans.policies import CARRYING_ROLES
from concertoit.together.plans.queries.worklist import (
    FOLLOWED,
    due_of,
    is_late,
    late_only,
    line_of,
    under_organisations,
)
from concertoit.together.plans.rules.document import NodeKind


@dataclass(frozen=True, slots=True)
class BulkFilter:
    """What narrows the list. ``organisation`` is the one that carries; ``mine``: those of the viewer."""

    axis: int | None = None
    organisation: int | None = None
    state: str = ""
    late: bool = False
    mine: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step, or what has none, as a line. ``above`` is its action, or what it stands under when there is none; ``line``
    holds the keys of the node and of everything above it.
    """

    pk: int
    item_id: int
    code: str
    title: str
    state: str
    state_note: str
    due: date | None
    late: bool
    above: str
    line: tuple[int, ...]

    @classmethod
    def of(cls, node: PlanNode) -> Step:
        """The line of a node whose item and ancestors are loaded."""
        line = line_of(node)
        above = next((one for one in line[1:] if one.kind == NodeKind.ACTION), line[1] if line[1:] else None)
        item, due = node.item, due_of(node)
        return cls(
            node.pk, node.item_id, node.code, node.title, item.state, item.state_note, due,
            is_late(due, item.state), str(above or ""), tuple(one.pk for one in line),
        )  # fmt: skip


@dataclass(slots=True)
class Choices:
    """What one may narrow by."""

    axes: list[tuple[int, str]] = field(default_factory=list)
    organisations: list[tuple[int, str]] = field(default_factory=list)


def followed_nodes(viewer: Viewer, wanted: BulkFilter, versions: list[int]) -> QuerySet[PlanNode]:
    """Steps (and what has none) of these versions, which are those shown of the viewer's démarche, in reading order."""
    viewer.must("plan.view")
    nodes = PlanNode.objects.filter(FOLLOWED, space=viewer.space, version__in=versions)
    nodes = nodes.order_by("version_id", "order", "id")
    if wanted.axis is not None:
        nodes = nodes.filter(Q(axis__item_id=wanted.axis) | Q(item_id=wanted.axis))
    if wanted.state:
        nodes = nodes.filter(item__state=wanted.state)
    if wanted.late:
        nodes = late_only(nodes)
    if wanted.text:
        nodes = nodes.filter(Q(title__icontains=wanted.text) | Q(written__startswith=wanted.text))
    if wanted.mine or wanted.organisation is not None:
        organisations = viewer.organisation_ids if wanted.mine else {wanted.organisation or 0}
        nodes = under_organisations(nodes, organisations, versions)
    return nodes


_ABOVE = ("parent", "parent__parent", "parent__parent__parent", "parent__parent__parent__parent")
_STEP = ("pk", "item_id", "written", "canonical", "title", "due_on")
_ITEM = ("item__state", "item__state_note", "item__due_on")
_HOLDER = ("written", "canonical", "title")


def steps_at(keys: Iterable[int]) -> list[Step]:
    """These nodes as lines, in reading order: read for what a page shows only, because a database that joins before it
    cuts joins the whole plan.
    """
    rows = PlanNode.objects.filter(pk__in=list(keys)).order_by("version_id", "order", "id")
    columns = (*_STEP, *_ITEM, *(f"{holder}__{name}" for holder in ("action", "parent") for name in _HOLDER))
    found, today = [], timezone.localdate()
    for row in rows.values_list(*columns, *_ABOVE):
        pk, item_id, written, canonical, title, planned, state, note, due = row[:9]
        under, above = (row[9:12] if row[11] is not None else row[12:15]), row[15:]
        found.append(
            Step(
                pk=pk,
                item_id=item_id,
                code=written or canonical,
                title=title,
                state=state,
                state_note=note,
                due=due or planned,
                late=is_late(due or planned, state, today),
                above=f"{under[0] or under[1]} {under[2]}".strip() if under[2] is not None else "",
                line=(pk, *(one for one in above if one)),
            )
        )
    return found


def choices(versions: list[int]) -> Choices:
    """Axes and carrying organisations of the versions shown, each with its id and its name."""
    axes = PlanNode.objects.filter(version__in=versions, kind=NodeKind.AXIS).order_by("version_id", "order")
    actors = NodeActor.objects.filter(version__in=versions, role__in=CARRYING_ROLES).order_by()
    carriers = Organisation.objects.filter(pk__in=actors.values("organisation")).order_by("name", "pk")
    return Choices(
        [
            (pk, f"{written or place} {title}".strip())
            for pk, written, place, title in axes.values_list("item_id", "written", "canonical", "title")
        ],
        [(pk, short or name) for pk, short, name in carriers.values_list("pk", "short_name", "name")],
    )
