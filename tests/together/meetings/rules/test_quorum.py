"""Quorum as a recorded state, attendance by organisation (facts, section 4)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.together.meetings.rules.quorum import ORDER, by_organisation, count_there, needed, reached


@pytest.mark.parametrize(
    ("rule", "number", "convened", "wanted"),
    [
        ("none", None, 12, None),
        ("number", 7, 12, 7),
        ("majority", None, 12, 7),
        ("majority", None, 11, 6),
        ("share", 50, 11, 6),
        ("share", 50, 12, 6),
        ("share", 33, 10, 4),
    ],
)
def test_how_many_are_needed(rule: str, number: int | None, convened: int, wanted: int | None) -> None:
    assert needed(rule, number, convened) == wanted


def test_without_rule_nothing_is_said_of_the_quorum() -> None:
    assert reached("none", None, 12, 0) is None


@given(st.integers(1, 200), st.integers(0, 200))
def test_a_majority_is_more_than_half(convened: int, there: int) -> None:
    assert reached("majority", None, convened, there) is (there * 2 > convened)


def test_an_organisation_is_there_as_soon_as_one_of_its_people_is() -> None:
    found = by_organisation(
        [("x", "absent"), ("x", "present"), ("y", "excused"), ("z", "unknown"), ("y", "represented")]
    )
    assert found == {"x": "present", "y": "represented", "z": "unknown"}
    assert count_there(found.values()) == 2


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(ORDER))))
def test_the_order_of_people_does_not_matter(rows: list[tuple[int, str]]) -> None:
    assert by_organisation(rows) == by_organisation(reversed(rows))
