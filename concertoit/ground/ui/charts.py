"""Geometry of the small pictures that pages draw as SVG: scales, lines, bars, the tile map of Lanaudière.

Pure arithmetic: numbers in, coordinates out; the macros of ``ui/components/`` only write them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

from concertoit.ground.core.spoken import number
from concertoit.ground.ui.components import ComponentError

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 64, 28, 16, 34
SERIES_MAX = 6


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where, and what it says."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """A value where it is drawn, with how it reads."""

    x: float
    y: float
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Series:
    """A line: its name, the runs of points between gaps, and the place (1 to 6) of its colour and dash."""

    name: str
    place: int
    runs: list[list[Point]]

    @property
    def points(self) -> list[Point]:
        return [point for run in self.runs for point in run]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a group."""

    x: float
    y: float
    width: float
    height: float
    text: str
    place: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of 640 by 260 units with its axes."""

    width: int
    height: int
    left: float
    right: float
    base: float
    y_ticks: list[Tick]
    x_ticks: list[Tick]
    series: list[Series]
    bars: list[Bar]
    target: Tick | None


def steps(low: float, high: float, wanted: int = 4) -> list[float]:
    """Round values that cover a range: ``steps(0, 37)`` gives 0, 10, 20, 30, 40."""
    span = (high - low) or abs(high) or 1.0
    rough = span / wanted
    power = 10 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    first, last = floor(low / step), ceil(high / step - 1e-9)
    return [round(index * step, 10) for index in range(first, max(last, first + 1) + 1)]


def write(value: float, unit: str = "", decimals: int | None = None) -> str:
    """A value as people read it, with its unit behind a no-break space."""
    places = decimals if decimals is not None else (0 if float(value).is_integer() else 1)
    return number(value, places) + (f"\u00a0{unit}" if unit else "")


def _frame(
    labels: Sequence[str], series: Sequence[dict[str, Any]], target: float | None, unit: str
) -> tuple[list[Tick], Any]:
    if not labels or not series:
        raise ComponentError("a chart needs labels and at least one series")
    if len(series) > SERIES_MAX:
        raise ComponentError(f"a chart shows at most {SERIES_MAX} series")
    for one in series:
        if len(one["values"]) != len(labels):
            raise ComponentError(f"series « {one['name']} »: {len(one['values'])} values for {len(labels)} labels")
    values = [float(value) for one in series for value in one["values"] if value is not None]
    if target is not None:
        values.append(float(target))
    marks = steps(min([0.0, *values]), max([0.0, *values]))
    low, high = marks[0], marks[-1]
    scale = (HEIGHT - TOP - BOTTOM) / (high - low)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (float(value) - low) * scale, 1)

    return [Tick(y(mark), write(mark, unit)) for mark in marks], y


def _target(value: float | None, y: Any, unit: str) -> Tick | None:
    return None if value is None else Tick(y(value), write(value, unit))


def _x_ticks(labels: Sequence[str], centres: Sequence[float]) -> list[Tick]:
    """Labels under the axis, as many as can be read."""
    every = max(1, ceil(len(labels) / 9))
    return [Tick(centres[i], str(label)) for i, label in enumerate(labels) if i % every == 0]


def lines(
    labels: Sequence[str], series: Sequence[dict[str, Any]], *, unit: str = "", target: float | None = None
) -> Chart:
    """A line chart. ``series``: ``{"name", "values"}``, a value per label; ``None`` is a gap, never a zero."""
    y_ticks, y = _frame(labels, series, target, unit)
    inner = WIDTH - LEFT - RIGHT
    gap = inner / max(1, len(labels) - 1)
    centres = [round(LEFT + (i * gap if len(labels) > 1 else inner / 2), 1) for i in range(len(labels))]
    drawn = []
    for place, one in enumerate(series, start=1):
        runs: list[list[Point]] = [[]]
        for x, label, value in zip(centres, labels, one["values"], strict=True):
            if value is None:
                runs.append([])
            else:
                runs[-1].append(Point(x, y(value), write(value, unit), str(label)))
        drawn.append(Series(str(one["name"]), place, [run for run in runs if run]))
    return Chart(
        WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, y(0), y_ticks, _x_ticks(labels, centres), drawn, [], _target(target, y, unit)
    )  # fmt: skip


def bars(
    labels: Sequence[str], series: Sequence[dict[str, Any]], *, unit: str = "", target: float | None = None
) -> Chart:
    """A chart of grouped bars; same arguments as ``lines``."""
    y_ticks, y = _frame(labels, series, target, unit)
    slot = (WIDTH - LEFT - RIGHT) / len(labels)
    width = min(64.0, slot * 0.72 / len(series))
    centres = [round(LEFT + (i + 0.5) * slot, 1) for i in range(len(labels))]
    drawn, names = [], []
    for place, one in enumerate(series, start=1):
        names.append(Series(str(one["name"]), place, []))
        for centre, label, value in zip(centres, labels, one["values"], strict=True):
            if value is None:
                continue
            x = centre - width * len(series) / 2 + (place - 1) * width
            top, base = min(y(value), y(0)), max(y(value), y(0))
            text = f"{label} : {write(value, unit)}"
            drawn.append(Bar(round(x + 1, 1), top, round(width - 2, 1), round(base - top, 1), text, place))
    return Chart(
        WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, y(0), y_ticks, _x_ticks(labels, centres), names, drawn,
        _target(target, y, unit),
    )  # fmt: skip


# The six MRC of Lanaudière (administrative region 14) as tiles: column, row, width in halves of a tile.
LANAUDIERE = {
    "620": ("Matawinie", 0, 0, 6),
    "630": ("Montcalm", 0, 1, 2),
    "610": ("Joliette", 2, 1, 2),
    "520": ("D’Autray", 4, 1, 2),
    "640": ("Les Moulins", 1, 2, 2),
    "600": ("L’Assomption", 3, 2, 2),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A MRC on the tile map; ``step`` 0 to 4 is its tint, ``None`` when nothing is known."""

    code: str
    name: str
    x: int
    y: int
    width: int
    text: str
    href: str
    step: int | None


def tile_map(tiles: Sequence[dict[str, Any]]) -> list[Tile]:
    """The six MRC with their values. ``tiles``: ``{"code", "value", "text", "href"}``; a MRC not given has no value."""
    given = {str(tile["code"]): tile for tile in tiles}
    unknown = set(given) - set(LANAUDIERE)
    if unknown:
        raise ComponentError(f"not a MRC of Lanaudière: {', '.join(sorted(unknown))}")
    values = [float(tile["value"]) for tile in given.values() if tile.get("value") is not None]
    low, high = (min(values), max(values)) if values else (0.0, 0.0)
    drawn = []
    for code, (name, column, row, width) in LANAUDIERE.items():
        tile = given.get(code, {})
        value = tile.get("value")
        step = None if value is None else 2 if high == low else round((float(value) - low) / (high - low) * 4)
        text = str(tile.get("text") or (write(float(value)) if value is not None else "–"))
        drawn.append(Tile(code, name, column * 74, row * 96, width * 74 - 8, text, str(tile.get("href") or ""), step))
    return drawn
