"""Small counts: what is masked cannot be worked out from what is published."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concertoit.ground.privacy.rules.masking import Key, Sum, determined, mask, told_by_difference


def table(parts: list[int]) -> tuple[dict[Key, int], list[Sum]]:
    counts: dict[Key, int] = dict(enumerate(parts))
    return {**counts, "total": sum(parts)}, [Sum("total", tuple(range(len(parts))))]


def grid(rows: list[list[int]]) -> tuple[dict[Key, int], list[Sum]]:
    """Two dimensions with both margins and the grand total, as a table by month and by territory."""
    counts: dict[Key, int] = {(r, c): n for r, row in enumerate(rows) for c, n in enumerate(row)}
    wide, high = len(rows[0]), len(rows)
    sums = [Sum((r, "all"), tuple((r, c) for c in range(wide))) for r in range(high)]
    sums += [Sum(("all", c), tuple((r, c) for r in range(high))) for c in range(wide)]
    for one in sums:
        counts[one.total] = sum(counts[part] for part in one.parts)
    sums += [
        Sum("whole", tuple((r, "all") for r in range(high))),
        Sum("whole", tuple(("all", c) for c in range(wide))),
    ]
    counts["whole"] = sum(sum(row) for row in rows)
    return counts, sums


def test_a_small_count_takes_another_with_it() -> None:
    counts, sums = table([3, 40, 57, 120])
    assert mask(counts, sums) == {0, 1}


def test_large_counts_and_zeros_stay() -> None:
    counts, sums = table([0, 5, 57, 0])
    assert mask(counts, sums) == frozenset()


def test_two_small_counts_that_fill_their_total_take_a_third() -> None:
    counts, sums = table([1, 1, 30])
    assert mask(counts, sums) == {0, 1, 2}, "2 to share between two would give both"


def test_a_nested_table_does_not_give_back_its_line() -> None:
    counts: dict[Key, int] = {"all": 63, "cisss": 4, "community": 30, "city": 29, "mind": 1, "age": 3}
    sums = [Sum("all", ("cisss", "community", "city")), Sum("cisss", ("mind", "age"))]
    masked = mask(counts, sums)
    assert {"cisss", "mind", "age"} <= masked
    assert masked & {"community", "city"}
    assert not determined(sums, masked)


def test_a_small_complement_masks_the_line_it_would_follow_from() -> None:
    counts: dict[Key, int] = {"all": 100, "families": 98, "others": 2}
    assert mask(counts, [Sum("all", ("families", "others"))], hidden={"others"}) >= {"families"}


def test_what_two_lines_have_in_common_is_protected_too() -> None:
    """Youth 50, families 40, either 88: two were both. One of the three figures goes away."""
    counts: dict[Key, int] = {"y": 50, "f": 40, "u": 88, "both": 2, "only y": 48, "only f": 38, "none": 12, "all": 100}
    sums = [
        Sum("y", ("only y", "both")), Sum("f", ("only f", "both")), Sum("u", ("only y", "only f", "both")),
        Sum("all", ("u", "none")),
    ]  # fmt: skip
    away = {"both", "only y", "only f", "none"}
    masked = mask(counts, sums, hidden=away)
    assert masked
    assert "both" not in determined(sums, masked | away)


def test_sums_must_hold() -> None:
    with pytest.raises(ValueError, match="not the sum"):
        mask({"a": 3, "b": 2}, [Sum("a", ("b",))])
    with pytest.raises(ValueError, match="no count"):
        mask({"a": 3}, [Sum("a", ("b",))])


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=8), st.integers(2, 11))
def test_lists(parts: list[int], smallest: int) -> None:
    counts, sums = table(parts)
    _sound(counts, sums, mask(counts, sums, smallest=smallest), smallest)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.lists(st.integers(0, 14), min_size=3, max_size=3), min_size=2, max_size=5), st.integers(2, 8))
def test_grids_with_margins(rows: list[list[int]], smallest: int) -> None:
    counts, sums = grid(rows)
    _sound(counts, sums, mask(counts, sums, smallest=smallest), smallest)


def _sound(counts: dict[Key, int], sums: list[Sum], masked: frozenset[Any], smallest: int) -> None:
    assert {key for key, count in counts.items() if 0 < count < smallest} <= masked
    assert not [key for key in masked if counts[key] == 0]
    assert not determined(sums, masked)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(st.lists(st.lists(st.integers(0, 5), min_size=2, max_size=2), min_size=2, max_size=2))
def test_nobody_who_tries_every_table_finds_a_masked_count(rows: list[list[int]]) -> None:
    """By exhaustion: each masked count takes at least two values among the tables that agree with the publication."""
    counts, sums = grid(rows)
    masked = mask(counts, sums, smallest=3)
    inner = [(r, c) for r in range(2) for c in range(2)]
    known = {key: count for key, count in counts.items() if key not in masked}
    agreeing = []
    for a, b, c, d in product(*[range(1, 9) if key in masked else (counts[key],) for key in inner]):
        trial, _sums = grid([[a, b], [c, d]])
        if all(trial[key] == count for key, count in known.items()):
            agreeing.append(trial)
    assert not [key for key in masked if len({trial[key] for trial in agreeing}) < 2], rows


HALVES = st.dictionaries(st.integers(0, 6), st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(HALVES, st.integers(2, 9))
def test_two_publications_tell_together_what_their_subtraction_gives(
    cells: dict[int, tuple[int, int]], smallest: int
) -> None:
    """A year and its first half, each masked on its own: what is found is every small count of the second half that both
    print, and nothing else.
    """
    whole, half = ({key: sum(pair) for key, pair in cells.items()}, {key: one for key, (one, _two) in cells.items()})
    shown = []
    for counts in (whole, half):
        full: dict[Key, int] = {**counts, "total": sum(counts.values())}
        away = mask(full, [Sum("total", tuple(counts))], smallest=smallest)
        shown.append({key: None if key in away else count for key, count in full.items()})
    rest: dict[Key, int] = {**{key: two for key, (_one, two) in cells.items()}, "total": 0}
    rest["total"] = sum(rest.values())
    found = told_by_difference(shown[0], shown[1], smallest=smallest)
    told = [key for key, count in rest.items() if 0 < count < smallest]
    assert set(found) == {key for key in told if shown[0][key] is not None and shown[1][key] is not None}


def test_what_one_masks_the_other_does_not_give() -> None:
    assert told_by_difference({"a": None, "b": 30, "c": 12}, {"a": 8, "b": 27, "d": 1}) == ["b"]
    assert told_by_difference({"b": 30}, {"b": 30}) == []
    assert told_by_difference({"b": 30}, {"b": 33}) == [], "corrected since: nobody is counted below nothing"
