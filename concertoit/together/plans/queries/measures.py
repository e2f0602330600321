"""Indicators with their measures, and figures that are contested."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Exists, FilteredRelation, OuterRef

from concertoit.together.plans.enums import Direction
from concertoit.together.plans.models import Contest, Indicator, Measure


@dataclass(slots=True)
class MeasureView:
    """A measure with what is said against it. ``superseded`` when a later measure speaks of the same date."""

    measure: Measure
    contests: list[Contest] = field(default_factory=list)
    superseded: bool = False

    @property
    def contested(self) -> bool:
        return any(contest.answered_at is None for contest in self.contests)


@dataclass(slots=True)
class IndicatorView:
    """An indicator with its measures, the oldest first."""

    indicator: Indicator
    measures: list[MeasureView] = field(default_factory=list)

    @property
    def series(self) -> list[Measure]:
        """One measure per date: the one written last."""
        return [view.measure for view in self.measures if not view.superseded]

    @property
    def last(self) -> Measure | None:
        return self.series[-1] if self.series else None

    @property
    def reached(self) -> bool | None:
        """Whether the last measure reaches the target, in the indicator's own direction; unknown without both."""
        target, last = self.indicator.target_value, self.last
        if target is None or last is None:
            return None
        if self.indicator.direction == Direction.DOWN:
            return last.value <= target
        if self.indicator.direction == Direction.KEEP:
            return last.value == target
        return last.value >= target

    @property
    def way(self) -> int | None:
        """How much of the way from the baseline to the target is done, in whole percent from 0 to 100."""
        start, target, last = self.indicator.baseline_value, self.indicator.target_value, self.last
        if start is None or target is None or last is None or start == target:
            return None
        return int(min(max((last.value - start) / (target - start), Decimal(0)), Decimal(1)) * 100)

    def chart(self) -> dict[str, Any] | None:
        """Labels and values for the chart, with the baseline as first point when it has a value; nothing to draw with
        fewer than two points.
        """
        points: list[tuple[str, Decimal]] = [(m.on.isoformat(), m.value) for m in self.series]
        if self.indicator.baseline_value is not None:
            points.insert(0, ("départ", self.indicator.baseline_value))
        if len(points) < 2:
            return None
        target = self.indicator.target_value
        return {
            "labels": [label for label, _value in points],
            "values": [float(value) for _label, value in points],
            "target": float(target) if target is not None else None,
        }


def indicators_of(item_ids: list[int], *, retired: bool = False) -> list[IndicatorView]:
    """Indicators of these items, with measures and contests: one query, two when a figure is contested."""
    rows: Any = Indicator.objects.filter(item__in=item_ids).annotate(row=FilteredRelation("measures"))
    rows = rows if retired else rows.filter(retired_at=None)
    against = Exists(Contest.objects.filter(measure=OuterRef("row__pk")))
    rows = rows.select_related("row__author").annotate(against=against)
    views: dict[int, IndicatorView] = {}
    measures: dict[int, MeasureView] = {}
    disputed = False
    for indicator in rows.order_by("item_id", "position", "pk", "row__on", "row__pk"):
        view = views.setdefault(indicator.pk, IndicatorView(indicator))
        measure = getattr(indicator, "row", None)  # absent where nothing was measured
        if measure is None:
            continue
        disputed = disputed or indicator.against
        one = measures[measure.pk] = MeasureView(measure)
        if view.measures and view.measures[-1].measure.on == measure.on:
            view.measures[-1].superseded = True
        view.measures.append(one)
    if disputed:
        for contest in Contest.objects.filter(measure__in=measures).select_related("author", "answered_by"):
            measures[contest.measure_id].contests.append(contest)
    return list(views.values())
