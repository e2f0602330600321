"""Admission, matching, and what may leave for research: by example and by property."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.field.small_works.rules import Asked, Candidate, Limits, Need, admission, matches, release
from concertoit.field.small_works.rules.anonymity import ALL, LADDERS
from concertoit.field.small_works.workflow import MOVES, may_move

LIMITS = Limits(65, frozenset({1}), frozenset({"doors", "alarms"}))
TODAY = date(2026, 5, 12)


def asked(**changes: object) -> Asked:
    known = {
        "age_band": "75_84", "mrc": 1, "works": ["doors"], "needs_trade": False, "landlord_must": None,
        "tenure": "owner",
    } | changes  # fmt: skip
    return Asked(**known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, "yes"),
        ({"age_band": "under_65"}, "no"),
        ({"age_band": ""}, "unknown"),
        ({"mrc": 2}, "no"),
        ({"mrc": None}, "unknown"),
        ({"works": ["doors", "leaks"]}, "no"),
        ({"needs_trade": True}, "no"),
        ({"needs_trade": None}, "unknown"),
        ({"tenure": "tenant"}, "unknown"),
        ({"tenure": "tenant", "landlord_must": True}, "no"),
        ({"tenure": "social", "landlord_must": False}, "yes"),
        ({"needs_trade": None, "mrc": 2}, "no"),
    ],
)
def test_admission(changes: dict[str, object], answer: str) -> None:
    assert admission(asked(**changes), LIMITS).answer == answer


@pytest.mark.parametrize(
    ("band", "least", "answer"),
    [
        ("65_74", 65, "yes"),
        ("65_74", 70, "unknown"),
        ("65_74", 75, "no"),
        ("85", 90, "unknown"),
        ("85", None, "unknown"),
    ],
)
def test_a_band_across_the_least_age_is_to_be_checked(band: str, least: int | None, answer: str) -> None:
    limits = Limits(least, LIMITS.mrcs, LIMITS.works)
    assert admission(asked(age_band=band), limits).lines[0].answer == answer


@given(
    st.fixed_dictionaries({"needs_trade": st.sampled_from([None, True, False]), "mrc": st.sampled_from([None, 1, 2])})
)
def test_learning_more_never_turns_a_no_into_a_yes(changes: dict[str, object]) -> None:
    before = admission(asked(**changes), LIMITS)
    known = {name: value for name, value in changes.items() if value is not None}
    after = admission(asked(**known), LIMITS)
    if before.answer == "no":
        assert after.answer == "no"


def candidate(pk: int = 1, **changes: object) -> Candidate:
    known = {
        "mrcs": frozenset({1}), "skills": frozenset({"doors", "leaks"}), "languages": frozenset({"français"}),
        "checked_on": date(2026, 1, 1), "load": 0, "max_load": 2, "ends_on": None,
    } | changes  # fmt: skip
    return Candidate(pk, **known)  # type: ignore[arg-type]


NEED = Need(9, 1, frozenset({"doors"}), "", TODAY)


@pytest.mark.parametrize(
    ("changes", "obstacles"),
    [
        ({}, ()),
        ({"mrcs": frozenset({2})}, ("territory",)),
        ({"skills": frozenset({"leaks"})}, ("skills",)),
        ({"checked_on": None}, ("check",)),
        ({"checked_on": date(2023, 5, 12)}, ("check",)),
        ({"checked_on": date(2023, 5, 13)}, ()),
        ({"load": 2}, ("load",)),
        ({"ends_on": date(2026, 5, 11)}, ("ended",)),
    ],
)
def test_what_stands_in_the_way(changes: dict[str, object], obstacles: tuple[str, ...]) -> None:
    assert matches(NEED, [candidate(**changes)], check_months=36)[0].obstacles == obstacles


def test_who_speaks_the_language_and_has_less_in_hand_comes_first() -> None:
    need = Need(9, 1, frozenset({"doors"}), "Espagnol", TODAY)
    busy = candidate(1, load=1)
    free = candidate(2)
    speaks = candidate(3, load=1, languages=frozenset({"espagnol"}))
    never = candidate(4, checked_on=None)
    found = matches(need, [never, busy, free, speaks], check_months=36)
    assert [one.candidate.id for one in found] == [3, 2, 1, 4]


@given(st.permutations(range(5)), st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_the_list_does_not_depend_on_the_order_given(order: list[int], loads: list[int]) -> None:
    people = [candidate(number, load=loads[number]) for number in range(5)]
    shuffled = [people[place] for place in order]
    assert matches(NEED, shuffled, check_months=None) == matches(NEED, people, check_months=None)


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "age_band": st.sampled_from(["65_74", "75_84", "85"]), "mrc": st.sampled_from(["A", "B", "C"]),
            "quarter": st.sampled_from(["2026-T1", "2026-T2", "2027-T1"]), "tenure": st.sampled_from(["owner", "tenant"]),
            "lives_alone": st.sampled_from(["0", "1", "?"]), "cost": st.sampled_from(["0", "51-150"]),
        }
    ),
    max_size=60,
)  # fmt: skip


def whole(row: dict[str, str]) -> dict[str, str]:
    older = "-75" if row["age_band"] == "65_74" else "75+"
    return {**row, "age_two": older, "region": "R", "year": row["quarter"][:4]}


@given(ROWS, st.integers(2, 8))
def test_every_row_that_leaves_is_like_k_others(rows: list[dict[str, str]], k: int) -> None:
    found = release([whole(row) for row in rows], k=k, keep=["cost"])
    groups = Counter(tuple(row[name] for name in LADDERS) for row in found.rows)
    assert all(size >= k for size in groups.values())
    assert found.smallest == min(groups.values(), default=0)
    assert len(found.rows) + found.left_out == len(rows)


@given(ROWS)
def test_enough_rows_always_find_a_way_out(rows: list[dict[str, str]]) -> None:
    """At the coarsest everybody is alike: nothing is left out once there are k rows."""
    found = release([whole(row) for row in rows], k=3, keep=["cost"], most_left_out=0)
    assert found.left_out == (0 if len(rows) >= 3 else len(rows))


def test_the_finest_that_holds_is_kept() -> None:
    alike = {
        "age_band": "85", "mrc": "A", "quarter": "2026-T1", "tenure": "owner", "lives_alone": "1", "cost": "0",
    }  # fmt: skip
    assert release([whole(alike)] * 5, k=5, keep=["cost"]).levels == dict.fromkeys(LADDERS, 0)
    mixed = [whole(alike | {"mrc": name}) for name in "ABCDE"]
    found = release(mixed, k=5, keep=["cost"])
    assert found.levels["place"] == 1
    assert {row["place"] for row in found.rows} == {"R"}
    assert ALL not in {row["age"] for row in found.rows}
    with pytest.raises(ValueError, match="nobody"):
        release(mixed, k=1, keep=["cost"])


def test_every_state_of_the_workflow_leads_somewhere() -> None:
    reached = {to for moves in MOVES.values() for to in moves} | {"received"}
    assert reached == set(MOVES)
    assert may_move("matched", "planned", handyperson=True)
    assert not may_move("received", "accepted", handyperson=True)
    assert not may_move("followed", "done")
