"""Majority judgment and what goes with it: published outcomes, definitions by hand, properties."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.ground.ballots.rules.agreement import consensus, group_informed, polarisation
from concertoit.ground.ballots.rules.judgment import majority_judgment, median_grade, tallied
from tests.shared_data import shared

tallies = st.lists(st.integers(0, 6), min_size=4, max_size=4)


def _majority_value(tally: list[int]) -> list[int]:
    """By the book: take away the middle grade, the lower of two, until none is left (worst first)."""
    grades = [grade for grade, count in enumerate(tally) for _ in range(count)]  # best first
    value = []
    while grades:
        value.append(grades.pop(len(grades) // 2))
    return value


def test_the_published_vector_of_belenios() -> None:
    expected = json.loads(shared("data/majority-judgment/mj.expected.json").read_text())
    judged = majority_judgment({str(n): tally for n, tally in enumerate(expected["raw"])})
    assert [[int(one.option)] for one in judged] == expected["winners"]
    assert [one.rank for one in judged] == [1, 2, 3, 4]


@given(st.lists(tallies, min_size=2, max_size=6), st.integers(1, 9))
def test_taking_away_ballots_one_by_one_gives_the_same_order(drawn: list[list[int]], voters: int) -> None:
    """Balinski and Laraki's definition, where every option has as many ballots."""
    even = {str(n): [*tally[:3], max(0, voters - sum(tally[:3]))] for n, tally in enumerate(drawn)}
    even = {option: tally for option, tally in even.items() if sum(tally) == voters}
    judged = majority_judgment(even)
    assert [_majority_value(list(one.tally)) for one in judged] == sorted(map(_majority_value, even.values()))
    for one, other in product(judged, judged):
        assert (one.rank == other.rank) == (one.tally == other.tally)


@given(st.lists(tallies, min_size=1, max_size=6), st.integers(2, 5))
def test_copying_every_ballot_of_one_option_changes_nothing(drawn: list[list[int]], times: int) -> None:
    once = {str(n): tally for n, tally in enumerate(drawn)}
    copied = {**once, "0": [count * times for count in once["0"]]}
    assert [(one.option, one.rank) for one in majority_judgment(once)] == [
        (one.option, one.rank) for one in majority_judgment(copied)
    ]


@given(st.lists(tallies, min_size=2, max_size=6))
def test_other_options_do_not_matter(drawn: list[list[int]]) -> None:
    everyone = {str(n): tally for n, tally in enumerate(drawn)}
    ranks = {one.option: one.rank for one in majority_judgment(everyone)}
    two = {one.option: one.rank for one in majority_judgment({key: everyone[key] for key in ("0", "1")})}
    assert (ranks["0"] < ranks["1"], ranks["0"] == ranks["1"]) == (two["0"] < two["1"], two["0"] == two["1"])


@given(tallies, st.integers(0, 3))
def test_a_better_grade_never_harms(tally: list[int], grade: int) -> None:
    other = {"a": tally, "b": [2, 1, 1, 2]}
    before = {one.option: one.rank for one in majority_judgment(other)}["a"]
    if grade and tally[grade]:
        raised = [*tally]
        raised[grade] -= 1
        raised[grade - 1] += 1
        assert {one.option: one.rank for one in majority_judgment({**other, "a": raised})}["a"] <= before


def test_no_ballot_comes_last_and_is_nobodys_grade() -> None:
    none, some = majority_judgment({"none": [0, 0], "some": [0, 3]})[::-1]
    assert (none.option, none.median, none.rank, none.graded) == ("none", None, 2, 0)
    assert (some.option, some.median, some.rank) == ("some", 1, 1)
    assert median_grade([0, 0]) is None


def test_of_two_middle_grades_the_lower_unless_asked() -> None:
    assert median_grade([2, 0, 2]) == 2
    assert median_grade([2, 0, 2], upper=True) == 0


def test_one_voter_orders_the_options_as_their_ballot() -> None:
    found = tallied([{"a": 2, "b": 0}], ["a", "b", "c"], 3)
    assert [one.option for one in majority_judgment(found)] == ["b", "a", "c"]


def test_weights_count_as_that_many_ballots() -> None:
    weighed = tallied([{"a": 0}, {"a": 1}], ["a"], 2, [Fraction(3, 2), Fraction(1, 2)])
    judged = majority_judgment(weighed)[0]
    assert (judged.tally, judged.median, judged.below) == ((Fraction(3, 2), Fraction(1, 2)), 0, Fraction(1, 4))


@pytest.mark.parametrize("wrong", [{"a": [1], "b": [1, 2]}, {"a": [-1]}])
def test_tallies_must_make_sense(wrong: dict[str, list[int]]) -> None:
    with pytest.raises(ValueError, match="tallies"):
        majority_judgment(wrong)


@pytest.mark.parametrize("ballot", [{"a": 2}, {"z": 0}, {"a": -1}])
def test_ballots_must_make_sense(ballot: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="no grade"):
        tallied([ballot], ["a"], 2)


def test_consensus_of_the_article() -> None:
    """Tastle and Wierman 2007: properties 1 and 2, and the value of an even spread over five grades."""
    assert consensus([0, 7, 0, 0, 0]) == 1
    assert consensus([4, 0, 0, 0, 4]) == 0
    assert consensus([1, 1, 1, 1, 1]) == pytest.approx(0.4339850002884625)
    assert consensus([0, 0, 0]) is None


def test_polarisation_by_hand() -> None:
    assert polarisation([0, 5, 0]) == 0
    assert polarisation([5, 0, 5]) == 1
    assert polarisation([1, 1, 1]) == Fraction(2, 3)
    assert polarisation([0, 0]) is None
    assert polarisation([4]) == 0


@given(tallies)
def test_both_measures_stay_between_zero_and_one_and_read_the_same_backwards(tally: list[int]) -> None:
    agreed, split = consensus(tally), polarisation(tally)
    if agreed is None or split is None:
        assert not any(tally)
        return
    assert 0 <= agreed <= 1
    assert 0 <= split <= 1
    assert consensus(tally[::-1]) == pytest.approx(agreed, abs=1e-8)
    assert polarisation(tally[::-1]) == split


def test_agreement_of_families_needs_every_family() -> None:
    shared_by_all = group_informed({"offices": (8, 10), "co-ops": (4, 5)})
    one_against = group_informed({"offices": (10, 10), "co-ops": (0, 5)})
    assert shared_by_all is not None
    assert one_against is not None
    assert shared_by_all > one_against
    assert shared_by_all == Fraction(9, 12) * Fraction(5, 7)
    assert group_informed({}) is None
