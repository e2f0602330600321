"""Backlog carried over by default (facts, section 4)."""

from __future__ import annotations

from concertoit.together.meetings.rules.carrying import Held, carried


def test_what_nobody_had_time_for_goes_on_and_rituals_come_back_by_themselves() -> None:
    points = [
        Held(1, "welcome", "done"),
        Held(2, "text", "todo"),
        Held(3, "local_news", "todo"),
        Held(4, "text", "done"),
        Held(5, "closing", "todo"),
    ]
    assert carried(points) == [2]


def test_what_was_postponed_goes_on_whatever_it_is() -> None:
    assert carried([Held(1, "minutes", "deferred"), Held(2, "text", "done")]) == [1]


def test_a_line_is_treated_with_the_point_above_it() -> None:
    points = [
        Held(1, "axis", "done"),
        Held(2, "action", "todo", 1),
        Held(3, "axis", "todo"),
        Held(4, "action", "todo", 3),
    ]
    assert carried(points) == [4]


def test_a_postponed_axis_takes_its_lines_with_it_and_not_its_heading() -> None:
    points = [Held(1, "axis", "deferred"), Held(2, "action", "todo", 1), Held(3, "action", "done", 1)]
    assert carried(points) == [2]


def test_an_agenda_that_nobody_marked_carries_nothing_by_itself() -> None:
    assert carried([Held(1, "text", "todo"), Held(2, "axis", "todo"), Held(3, "action", "todo", 2)]) == []


def test_what_was_taken_out_does_not_come_back() -> None:
    assert carried([Held(1, "text", "deferred", removed=True)]) == []
