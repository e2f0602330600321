"""The agenda that a plan and a template make, and how it meets the one people have already written on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from concertoit.together.meetings.rules.durations import shared

PLAN, PROJECTS, CARRIED, SUPPORT = "plan", "projects", "carried", "support"
# Where carried points go when the template has no place for them: before the first point of these.
BEFORE = frozenset({PLAN, PROJECTS, SUPPORT, "local_news", "partner_news", "chantier_news", "text", "closing"})
# Minutes of one project told in turn: a parameter of ours.
PROJECT_MINUTES = 1


@dataclass(frozen=True, slots=True)
class Point:
    """A point to be. ``key`` is what finds it again; ``facts`` what the plan says, as plain values."""

    key: str
    kind: str
    title: str
    minutes: int = 0
    note: str = ""
    plan_item: int | None = None
    carried_from: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    lines: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """What an agenda is made of: the template, the plan axis by axis, projects, what is carried, requests for support."""

    standing: Sequence[Point]
    axes: Sequence[Point] = ()
    projects: Sequence[Point] = ()
    carried: Sequence[Point] = ()
    support: Sequence[Point] = ()


def built(material: Material) -> list[Point]:
    """The points in order: each standing one, the plan's axes in the place of « plan », what is carried in its place.

    The minutes of « plan » are shared between its axes by what each has to say; an axis that has nothing takes none. A
    carried point that is about an element already there is that element's line, marked as carried.
    """
    axes, carried = _marked(material.axes, material.carried)
    points: list[Point] = []
    for point in _with_place_for(material.standing, bool(carried)):
        if point.kind == PLAN:
            points += _timed(axes, point.minutes)
        elif point.kind == PROJECTS:
            points += _filled(point, material.projects)
        elif point.kind == SUPPORT:
            points += _filled(point, material.support)
        elif point.kind == CARRIED:
            points += (
                [replace(point, lines=tuple(carried), minutes=max(point.minutes, _sum(carried)))] if carried else []
            )
        else:
            points.append(point)
    return points


def _sum(points: Sequence[Point]) -> int:
    return sum(point.minutes for point in points)


def _filled(point: Point, lines: Sequence[Point]) -> list[Point]:
    """A point with lines of its own; nothing to say, no point."""
    return [replace(point, lines=tuple(lines), minutes=max(point.minutes, _sum(lines)))] if lines else []


def _timed(axes: Sequence[Point], minutes: int) -> list[Point]:
    parts = shared(minutes, [len(axis.lines) + bool(axis.facts) for axis in axes])
    return [replace(axis, minutes=part) for axis, part in zip(axes, parts, strict=True)]


def _with_place_for(standing: Sequence[Point], wanted: bool) -> list[Point]:
    """The template, with a place for what is carried where it has none."""
    points = list(standing)
    if wanted and all(point.kind != CARRIED for point in points):
        place = next((at for at, point in enumerate(points) if point.kind in BEFORE), len(points))
        points.insert(place, Point("standing:carried", CARRIED, ""))
    return points


def _marked(axes: Sequence[Point], carried: Sequence[Point]) -> tuple[list[Point], list[Point]]:
    """Axes whose lines say that they are carried, and the carried points that are not among these lines."""
    by_item = {point.plan_item: point for point in carried if point.plan_item is not None}
    there = {line.plan_item for axis in axes for line in axis.lines}
    marked = [
        replace(axis, lines=tuple(_carrying(line, by_item.get(line.plan_item or 0)) for line in axis.lines))
        for axis in axes
    ]
    return marked, [point for point in carried if point.plan_item is None or point.plan_item not in there]


def _carrying(line: Point, point: Point | None) -> Point:
    if point is None:
        return line
    return replace(line, carried_from=point.carried_from, note=point.note, facts={**line.facts, "kept": point.key})


def woven(main: Sequence[str], other: Sequence[str]) -> list[str]:
    """The keys of ``main`` in their order, and those that only ``other`` has, each after what it follows there."""
    order = list(main)
    for place, key in enumerate(other):
        if key in order:
            continue
        before = next((one for one in reversed(other[:place]) if one in order), None)
        order.insert(order.index(before) + 1 if before is not None else 0, key)
    return order


def kept_on_rebuild(key: str, by_hand: Collection[str], *, wanted: bool, touched: bool) -> bool:
    """Whether a point of the present agenda stays: it is still wanted, people wrote it, or wrote on it."""
    return wanted or touched or bool(by_hand) or key.startswith("hand:")
