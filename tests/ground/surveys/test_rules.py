"""Counting answers."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from concertoit.ground.surveys import rules
from concertoit.ground.surveys.workflow import allowed


def test_shares_are_over_those_who_answered():
    found = rules.tally([("Oui", False, 3), ("Non", False, 1)], answered=4, asked=10)
    assert [line.share for line in found.lines] == [Fraction(3, 4), Fraction(1, 4)]
    assert not found.over_the_whole


def test_several_choices_may_pass_the_whole_and_it_is_known():
    assert rules.tally([("a", False, 3), ("b", False, 2)], answered=4, asked=4).over_the_whole


def test_nobody_answered():
    found = rules.tally([("Oui", False, 0)], answered=0, asked=0)
    assert found.lines[0].share == 0
    assert rules.middle([0, 0, 0]) is None
    assert rules.sum_up([]) is None


@given(st.lists(st.integers(0, 30), min_size=1, max_size=7))
def test_the_middle_step_has_half_on_each_side(counts):
    place = rules.middle(counts)
    if place is None:
        assert sum(counts) == 0
        return
    assert counts[place]
    assert 2 * sum(counts[: place + 1]) >= sum(counts)
    assert 2 * sum(counts[:place]) < sum(counts)


def test_numbers():
    found = rules.sum_up([Decimal(1), Decimal(2), Decimal("4.5")])
    assert found == rules.Numbers(3, Decimal("2.50"), Decimal(2), Decimal(1), Decimal("4.5"))


def test_change_compares_the_same_people():
    half, whole, none = Fraction(1, 2), Fraction(1), Fraction(0)
    found = rules.change([("a", half), ("b", whole), ("", none)], [("a", whole), ("b", whole), ("c", none)])
    assert (found.before, found.after) == (half, Fraction(2, 3))
    assert (found.pairs, found.paired_before, found.paired_after) == (2, Fraction(3, 4), whole)
    assert (found.up, found.same, found.down) == (1, 1, 0)


def test_change_of_nothing():
    found = rules.change([], [])
    assert found.before is None
    assert found.paired_after is None


@given(st.lists(st.tuples(st.text("abcé -", min_size=1).map(str.strip).filter(bool), st.booleans())))
def test_options_are_read_as_they_are_written(options):
    first = dict(reversed(options))
    expected = [(label, first[label]) for label in dict.fromkeys(label for label, _right in options)]
    assert rules.read_options(rules.write_options(options)) == expected


def test_a_star_marks_the_right_answer():
    assert rules.read_options("Oui\n\n* Non \nOui") == [("Oui", False), ("Non", True)]


def test_life_of_a_survey():
    assert allowed("draft", "open")
    assert allowed("closed", "open")
    assert not allowed("open", "draft")
