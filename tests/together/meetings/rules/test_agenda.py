"""The agenda that a template and a plan make, and how it meets what people wrote on it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from concertoit.together.meetings.rules.agenda import Material, Point, built, kept_on_rebuild, woven

STANDING = (
    Point("standing:1", "welcome", "Accueil", 5),
    Point("standing:2", "plan", "Le plan", 60),
    Point("standing:3", "partner_news", "Nouvelles des partenaires", 15),
)


def line(item: int, **fields: object) -> Point:
    return Point(f"action:{item}", "action", f"Action {item}", plan_item=item, **fields)  # type: ignore[arg-type]


AXES = (
    Point("axis:1", "axis", "Axe 1", lines=(line(11), line(12))),
    Point("axis:2", "axis", "Axe 2"),
    Point("axis:3", "axis", "Axe 3", lines=(line(31),)),
)


def test_one_section_per_axis_in_the_place_of_the_plan_with_its_minutes_shared() -> None:
    points = built(Material(STANDING, AXES))
    assert [point.key for point in points] == ["standing:1", "axis:1", "axis:2", "axis:3", "standing:3"]
    assert [point.minutes for point in points] == [5, 40, 0, 20, 15]


def test_a_template_without_the_plan_has_no_axis() -> None:
    assert [point.key for point in built(Material(STANDING[:1], AXES))] == ["standing:1"]


def test_what_is_carried_finds_a_place_before_the_plan() -> None:
    kept = Point("kept:7", "text", "Un point reporté", 10, carried_from=70)
    points = built(Material(STANDING, AXES, carried=[kept]))
    assert [point.key for point in points][:3] == ["standing:1", "standing:carried", "axis:1"]
    assert points[1].lines == (kept,)
    assert points[1].minutes == 10


def test_a_carried_action_is_the_line_of_its_axis_when_the_plan_speaks_of_it_again() -> None:
    kept = Point("kept:7", "action", "Action 12", plan_item=12, carried_from=70, note="à revoir")
    points = built(Material(STANDING, AXES, carried=[kept]))
    assert [point.kind for point in points] == ["welcome", "axis", "axis", "axis", "partner_news"]
    again = points[1].lines[1]
    assert (again.carried_from, again.note, again.facts) == (70, "à revoir", {"kept": "kept:7"})


def test_a_place_with_nothing_to_put_in_it_is_left_out() -> None:
    standing = (Point("standing:1", "carried", "Reportés"), Point("standing:2", "support", "Appuis", 10))
    assert built(Material(standing)) == []


def test_woven_keeps_the_order_and_puts_what_is_added_after_what_it_followed() -> None:
    assert woven(["a", "b", "c"], ["a", "x", "c", "y"]) == ["a", "x", "b", "c", "y"]
    assert woven(["a"], ["x", "a"]) == ["x", "a"]
    assert woven([], ["x", "y"]) == ["x", "y"]


KEYS = st.permutations("abcdefgh")


@given(KEYS, st.integers(0, 8), KEYS, st.integers(0, 8))
def test_woven_loses_nothing_and_keeps_the_main_order(
    first: list[str], some: int, second: list[str], others: int
) -> None:
    main, other = first[:some], second[:others]
    order = woven(main, other)
    assert sorted(order) == sorted(set(main) | set(other))
    assert [key for key in order if key in main] == main


def test_what_people_wrote_stays_when_the_agenda_is_made_again() -> None:
    assert kept_on_rebuild("hand:1", [], wanted=False, touched=False)
    assert kept_on_rebuild("action:1", ["title"], wanted=False, touched=False)
    assert kept_on_rebuild("action:1", [], wanted=False, touched=True)
    assert not kept_on_rebuild("action:1", [], wanted=False, touched=False)
