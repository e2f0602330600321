"""The grade of a grid, by dominance: the worst dimension speaks for the whole, nothing is added up or averaged.

Why not a sum: with a published weighted sum, a gas leak beside bare wires came to 2.7 out of 100, because 36 other points
were fine. Here a point that is fine never makes another one lighter, and a point that nobody checked never counts as
fine.

Per dimension: N4 if a danger is ticked on a point that words one; N3 for a state 3, a state 2 in several rooms or
dwellings, or three states 2; N2 for a state 2 or three states 1; N1 for a state 1; N0 otherwise. N2 becomes N3, and
nothing becomes N4, where somebody of a sensitive group of that dimension lives. Counts are ``Thresholds``, which the
partners adopt with the version of the grid. Source: the concerted grid v0 (comparison of the French DGS grid, Histologe,
the by-law 03-096 and the preventive grid of Montréal, New York's HPD classes, HHSRS).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import IntEnum, StrEnum

UNCHECKED, NOT_APPLICABLE = "nv", "so"
PROBLEMS = ("1", "2", "3")
CHECKED = ("0", *PROBLEMS)
_PROOFS = ("", "told", "seen", "measured")


class Level(IntEnum):
    """How serious: a grade for triage. No word of law here: those are decisions of an authority."""

    N0 = 0
    N1 = 1
    N2 = 2
    N3 = 3
    N4 = 4


class Why(StrEnum):
    """What made a dimension reach its level."""

    DANGER = "danger"
    VERY_BAD = "very_bad"
    BAD_SPREAD = "bad_spread"
    MANY_BAD = "many_bad"
    BAD = "bad"
    MANY_POOR = "many_poor"
    POOR = "poor"
    FINE = "fine"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How many points of a state it takes. Zero switches a rule off."""

    very_bad_for_n3: int = 1
    bad_for_n3: int = 3
    spread_bad_for_n3: int = 1
    bad_for_n2: int = 1
    poor_for_n2: int = 3
    poor_for_n1: int = 1

    @classmethod
    def of(cls, values: Mapping[str, int]) -> Thresholds:
        """From what a version keeps; what it does not say has its first value."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: int(value) for name, value in values.items() if name in known})


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the grid, as far as grading needs it. ``worded``: the grid says which danger its box means."""

    code: str
    dimension: str
    worded: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """What one voice said of one point on one day. ``voice``: an organisation in a competence; ``order`` settles ties.

    ``state`` is "0" to "3", ``UNCHECKED`` or ``NOT_APPLICABLE``; ``proof`` is "", "told", "seen" or "measured".
    """

    code: str
    voice: str
    state: str
    spread: bool = False
    danger: bool = False
    proof: str = ""
    on: date = date.min
    order: int = 0
    measure: float | None = None

    @property
    def is_checked(self) -> bool:
        return self.state in CHECKED

    @property
    def seriousness(self) -> tuple[bool, int, bool]:
        return (self.danger, int(self.state) if self.is_checked else -1, self.spread)


@dataclass(frozen=True, slots=True)
class PointGrade:
    """A point once every voice was heard: the most serious of what is said today."""

    code: str
    state: str
    danger: bool = False
    spread: bool = False
    proof: str = ""
    voices: tuple[str, ...] = ()
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class DimensionGrade:
    """Where a dimension stands. ``level`` is ``None`` while nothing was checked; ``base`` is without the household."""

    code: str
    level: Level | None
    base: Level | None
    why: Why
    causes: tuple[str, ...] = ()
    raised: bool = False
    checked: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade of a case. ``building`` leaves out who lives there; ``level`` is the one that people act on.

    ``checked`` of ``of``: coverage (points that do not apply are left out). ``proved`` of ``problems``: points with a
    problem that somebody saw or measured.
    """

    level: Level | None
    building: Level | None
    dimensions: tuple[DimensionGrade, ...]
    points: Mapping[str, PointGrade]
    checked: int
    of: int
    proved: int
    problems: int

    @property
    def coverage(self) -> float:
        return self.checked / self.of if self.of else 0.0

    @property
    def proof(self) -> float | None:
        return self.proved / self.problems if self.problems else None

    @property
    def causes(self) -> tuple[str, ...]:
        """The points of the dimensions that hold the level."""
        worst = [one for one in self.dimensions if one.level is not None and one.level == self.level]
        return tuple(code for one in worst for code in one.causes)


def current(statements: Iterable[Statement]) -> list[Statement]:
    """What each voice says today of each point: its latest word.

    « Not checked » never takes back what the same voice had seen before.
    """
    last: dict[tuple[str, str], Statement] = {}
    for one in statements:
        key = (one.code, one.voice)
        if key not in last or _rank(one) > _rank(last[key]):
            last[key] = one
    return [last[key] for key in sorted(last)]


def _rank(one: Statement) -> tuple[object, ...]:
    said_something = one.state != UNCHECKED or one.danger
    return (said_something, one.on, one.order, one.seriousness, one.proof)


def grade(
    points: Iterable[Point],
    statements: Iterable[Statement],
    *,
    sensitive: Mapping[str, Iterable[str]] | None = None,
    living: Iterable[str] = (),
    thresholds: Thresholds | None = None,
) -> Grade:
    """Grade what is said today.

    ``sensitive``: the groups of each dimension; ``living``: the groups of the household. The order of ``statements`` does
    not matter, and making one of them worse never lowers the grade.
    """
    known = list(points)
    by_code: dict[str, list[Statement]] = defaultdict(list)
    for one in current(statements):
        by_code[one.code].append(one)
    merged = {point.code: merge(point, by_code[point.code]) for point in known}
    groups, here = sensitive or {}, set(living)
    dimensions = tuple(
        _dimension(
            code,
            [merged[point.code] for point in known if point.dimension == code],
            thresholds or Thresholds(),
            raises=bool(here & set(groups.get(code, ()))),
        )
        for code in dict.fromkeys(point.dimension for point in known)
    )
    problems = [one for one in merged.values() if one.state in PROBLEMS or one.danger]
    return Grade(
        level=_highest(one.level for one in dimensions),
        building=_highest(one.base for one in dimensions),
        dimensions=dimensions,
        points=merged,
        checked=sum(one.checked for one in dimensions),
        of=sum(one.of for one in dimensions),
        proved=sum(one.proof in ("seen", "measured") for one in problems),
        problems=len(problems),
    )


def merge(point: Point, said: list[Statement]) -> PointGrade:
    """The most serious of what the voices say of a point, and whether they differ."""
    danger = point.worded and any(one.danger for one in said)
    checked = [one for one in said if one.is_checked]
    spoke = [one for one in said if one.state != UNCHECKED]
    state = max((one.state for one in checked), default=NOT_APPLICABLE if spoke else UNCHECKED)
    holders = [one for one in said if one.state == state or (danger and one.danger)]
    return PointGrade(
        point.code, state, danger,
        spread=any(one.spread for one in checked if int(one.state) >= 2),
        proof=max((one.proof for one in holders), key=_PROOFS.index, default=""),
        voices=tuple(sorted(one.voice for one in holders)) if spoke or danger else (),
        disputed=len({(one.state, point.worded and one.danger) for one in spoke}) > 1,
    )  # fmt: skip


def _dimension(code: str, points: list[PointGrade], limits: Thresholds, *, raises: bool) -> DimensionGrade:
    apply = [one for one in points if one.state != NOT_APPLICABLE or one.danger]
    checked = sum(one.state in CHECKED for one in apply)
    level, why, causes = _reached(apply, limits)
    raised = raises and level == Level.N2
    return DimensionGrade(code, Level.N3 if raised else level, level, why, causes, raised, checked, len(apply))


def _reached(points: list[PointGrade], limits: Thresholds) -> tuple[Level | None, Why, tuple[str, ...]]:
    """The first rule that holds, from the most serious, with the points that made it hold."""
    bad, poor = _at_least(points, 2), _at_least(points, 1)
    rules: list[tuple[Level, Why, list[str], int]] = [
        (Level.N4, Why.DANGER, [one.code for one in points if one.danger], 1),
        (Level.N3, Why.VERY_BAD, _at_least(points, 3), limits.very_bad_for_n3),
        (Level.N3, Why.BAD_SPREAD, [one.code for one in points if one.spread], limits.spread_bad_for_n3),
        (Level.N3, Why.MANY_BAD, bad, limits.bad_for_n3),
        (Level.N2, Why.BAD, bad, limits.bad_for_n2),
        (Level.N2, Why.MANY_POOR, poor, limits.poor_for_n2),
        (Level.N1, Why.POOR, poor, limits.poor_for_n1),
    ]
    for level, why, codes, least in rules:
        if least and len(codes) >= least:
            return level, why, tuple(codes)
    if any(one.state in CHECKED for one in points):
        return Level.N0, Why.FINE, ()
    return None, Why.NOT_CHECKED, ()


def _at_least(points: list[PointGrade], state: int) -> list[str]:
    return [one.code for one in points if one.state in PROBLEMS and int(one.state) >= state]


def _highest(levels: Iterable[Level | None]) -> Level | None:
    return max((one for one in levels if one is not None), default=None)
