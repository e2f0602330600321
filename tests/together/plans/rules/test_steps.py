"""Which step of before a rewritten line is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.together.plans.rules.steps import pair_steps

TITLES = st.lists(st.sampled_from(["Consulter", "consulter", "Visiter", "Écrire", "Déposer", "Revoir"]), max_size=7)


@pytest.mark.parametrize(
    ("before", "after", "pairs"),
    [
        ("A B C", "A B C", [0, 1, 2]),
        ("A B C", "C A B", [2, 0, 1]),
        ("A B C", "A X C", [0, 1, 2]),  # reworded in place
        ("A B C", "A C X", [0, 2, None]),  # one is gone, another came at the end
        ("A B C", "X A B C", [None, 0, 1, 2]),
        ("A B", "X Y", [0, 1]),
        ("A B C", "A", [0]),
        ("", "A", [None]),
        ("A A", "A A A", [0, 1, None]),
        ("A B C D", "D X C", [3, None, 2]),
    ],
)
def test_by_example(before: str, after: str, pairs: list[int | None]) -> None:
    assert pair_steps(before.split(), after.split()) == pairs


@given(before=TITLES, after=TITLES)
def test_never_twice(before: list[str], after: list[str]) -> None:
    pairs = pair_steps(before, after)
    kept = [place for place in pairs if place is not None]
    assert len(pairs) == len(after)
    assert len(kept) == len(set(kept)) <= len(before)


@given(titles=st.lists(st.text("abcdef", min_size=1, max_size=3), max_size=6, unique=True), data=st.data())
def test_any_order_keeps_everybody(titles: list[str], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(titles))))
    assert pair_steps(titles, [titles[place] for place in order]) == list(order)
