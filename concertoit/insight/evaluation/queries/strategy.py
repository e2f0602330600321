"""The strategy of a démarche, whole: changes by kind, with their axes, signs and latest reading."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, QuerySet

from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.insight.evaluation.enums import ChangeKind
from concertoit.insight.evaluation.models import ExpectedChange, Reading, Sign, SignValue, StrategyAxis
from concertoit.insight.evaluation.queries.metrics import BY_CODE, Number
from concertoit.together.plans.models import PlanNode
from concertoit.together.plans.rules.document import NodeKind


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change with what one sees of it in the list."""

    change: ExpectedChange
    axes: list[StrategyAxis]
    signs: int
    valued: int
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class SignView:
    """A sign with its values kept, the newest first, and what the platform counts for the period asked."""

    sign: Sign
    values: list[SignValue]
    now: Number | None

    @property
    def metric(self) -> object:
        return BY_CODE.get(self.sign.metric)


@dataclass(slots=True)
class Strategy:
    """Changes by kind, in the order of ``ChangeKind``; ``retired`` apart."""

    axes: list[StrategyAxis]
    kinds: dict[str, list[ChangeLine]] = field(default_factory=dict)
    retired: list[ExpectedChange] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(len(lines) for lines in self.kinds.values())


def axes_of(space: Space) -> QuerySet[StrategyAxis]:
    """The axes of the strategy, by number."""
    return StrategyAxis.objects.filter(space=space).select_related("item").order_by("number")


def plan_axes(space: Space) -> list[tuple[int, str]]:
    """The axes of the plan in force: item and title, for tying."""
    rows = PlanNode.objects.filter(space=space, version__state="current", kind=NodeKind.AXIS).order_by("order", "pk")
    return [(item, f"{code} {title}".strip()) for item, code, title in rows.values_list("item_id", "written", "title")]


def strategy_of(viewer: Viewer, axis: int | None = None) -> Strategy:
    """The strategy, or its part under one axis (by number), in a constant number of questions."""
    rows = ExpectedChange.objects.filter(space=viewer.space).order_by("kind", "position", "pk")
    rows = rows.prefetch_related(
        Prefetch("axes", queryset=StrategyAxis.objects.order_by("number")),
        Prefetch("signs", queryset=Sign.objects.filter(retired_on=None).order_by("pk")),
    )
    whole = Strategy(list(axes_of(viewer.space)), {kind: [] for kind in ChangeKind.values})
    found = [row for row in rows if axis is None or axis in {one.number for one in row.axes.all()}]
    latest = _latest([row.pk for row in found])
    valued = set(
        SignValue.objects.filter(sign__change__in=found).order_by().values_list("sign_id", flat=True).distinct()
    )
    for row in found:
        if row.retired_on:
            whole.retired.append(row)
            continue
        signs = list(row.signs.all())
        line = ChangeLine(
            row, list(row.axes.all()), len(signs), sum(sign.pk in valued for sign in signs), latest.get(row.pk)
        )
        whole.kinds[row.kind].append(line)
    return whole


def _latest(ids: list[int]) -> dict[int, Reading]:
    found: dict[int, Reading] = {}
    for reading in Reading.objects.filter(change_id__in=ids).order_by("-on", "-pk"):
        found.setdefault(reading.change_id, reading)
    return found


def change_of(viewer: Viewer, change_id: int) -> ExpectedChange:
    """One change. Raises ``NotVisible``."""
    return must_exist(ExpectedChange.objects.filter(space=viewer.space, pk=change_id).prefetch_related("axes").first())


def sign_of(viewer: Viewer, sign_id: int) -> Sign:
    """One sign with its change. Raises ``NotVisible``."""
    return must_exist(Sign.objects.filter(space=viewer.space, pk=sign_id).select_related("change").first())


def signs_of(change: ExpectedChange, since: date, until: date) -> list[SignView]:
    """The signs of a change: values kept, and what the platform counts now over a period."""
    values = defaultdict(list)
    for value in SignValue.objects.filter(sign__change=change).order_by("-until", "-pk"):
        values[value.sign_id].append(value)
    return [
        SignView(sign, values[sign.pk], _counted(change.space, sign, since, until))
        for sign in Sign.objects.filter(change=change, retired_on=None).order_by("pk")
    ]


def _counted(space: Space, sign: Sign, since: date, until: date) -> Number | None:
    metric = BY_CODE.get(sign.metric)
    return metric.count(space, since, until) if metric else None


def readings_of(change: ExpectedChange) -> list[Reading]:
    """What people judged, the newest first."""
    return list(Reading.objects.filter(change=change).order_by("-on", "-pk"))
