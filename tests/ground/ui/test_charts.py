"""Geometry of charts: round scales that cover the values, gaps that stay gaps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.ground.ui import charts
from concertoit.ground.ui.components import ComponentError

values = st.one_of(st.none(), st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 2)))


@given(st.floats(-1e6, 1e6), st.floats(0.01, 1e6))
def test_steps_cover_the_range(low: float, span: float) -> None:
    marks = charts.steps(low, low + span)
    assert marks[0] <= low + 1e-6 * abs(low) + 1e-6
    assert marks[-1] >= low + span - 1e-6 * abs(low + span) - 1e-6
    assert 2 <= len(marks) <= 8


def test_steps_are_round() -> None:
    assert charts.steps(0, 37) == [0, 10, 20, 30, 40]
    assert charts.steps(0, 0.9) == [0, 0.25, 0.5, 0.75, 1.0]


@given(st.lists(values, min_size=1, max_size=30), st.sampled_from([charts.lines, charts.bars]))
def test_everything_stays_in_the_picture(given_values: list[float | None], draw) -> None:  # type: ignore[no-untyped-def]
    chart = draw([str(i) for i in range(len(given_values))], [{"name": "n", "values": given_values}])
    for point in (p for series in chart.series for p in series.points):
        assert 0 <= point.x <= chart.width
        assert 0 <= point.y <= chart.height
    for bar in chart.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= chart.width
        assert bar.height >= 0
    assert len(chart.x_ticks) <= 9
    shown = len(chart.bars) or len(chart.series[0].points)
    assert shown == sum(value is not None for value in given_values)


def test_a_gap_cuts_the_line() -> None:
    chart = charts.lines(["a", "b", "c"], [{"name": "n", "values": [1, None, 3]}])
    assert [len(run) for run in chart.series[0].runs] == [1, 1]


def test_the_target_is_always_in_sight() -> None:
    chart = charts.lines(["a"], [{"name": "n", "values": [5]}], target=20, unit="%")
    assert chart.target is not None
    assert chart.target.text == "20\u00a0%"
    assert 0 <= chart.target.at < chart.series[0].points[0].y


def test_a_chart_of_nothing_is_a_mistake() -> None:
    with pytest.raises(ComponentError):
        charts.lines([], [])
    with pytest.raises(ComponentError):
        charts.bars(["a"], [{"name": str(i), "values": [1]} for i in range(7)])


def test_the_map_always_has_six_tiles() -> None:
    tiles = charts.tile_map([{"code": "610", "value": 10}, {"code": "520", "value": 0, "text": "aucune"}])
    assert len(tiles) == 6
    steps = {tile.name: tile.step for tile in tiles}
    assert (steps["Joliette"], steps["D’Autray"], steps["Montcalm"]) == (4, 0, None)
