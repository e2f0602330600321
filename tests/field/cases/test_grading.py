"""The grade by dominance (I7): the scenarios of the field, and what must always hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.field.cases.enums.grid import WHY_LABELS
from concertoit.field.cases.rules.first_grid import FIRST_GRID
from concertoit.field.cases.rules.grading import (
    NOT_APPLICABLE,
    UNCHECKED,
    Grade,
    Level,
    Point,
    Statement,
    Thresholds,
    Why,
    current,
    grade,
)

POINTS = [Point(item.code, item.dimension, bool(item.danger)) for item in FIRST_GRID.items]
SENSITIVE = {one.code: one.sensitive for one in FIRST_GRID.dimensions}
DAY = date(2026, 10, 6)


def saw(code: str, state: int | str, *, danger: bool = False, spread: bool = False, **more: object) -> Statement:
    return Statement(
        code, str(more.pop("voice", "brigade")), str(state), spread=spread, danger=danger, proof="seen",
        on=more.pop("on", DAY), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def graded(*said: Statement, living: tuple[str, ...] = ()) -> Grade:
    return grade(POINTS, said, sensitive=SENSITIVE, living=living)


SCENARIOS = [
    ("pests and a child", [saw("NUI1", 2)], ("child",), Level.N3, ["NUI1"]),
    ("mould and no heating", [saw("HUM1", 2), saw("INS1", 3, danger=True)], (), Level.N4, ["INS1"]),
    ("blocked exit", [saw("INC3", 3, danger=True), saw("PRO2", 2)], (), Level.N4, ["INC3"]),
    ("gas and wiring", [saw("INS2", 3, danger=True), saw("INS3", 3, danger=True)], (), Level.N4, ["INS2", "INS3"]),
    ("collapsing floor", [saw("SEC1", 3, danger=True)], (), Level.N4, ["SEC1"]),
    ("basement bedroom", [saw("OCC2", 3)], (), Level.N3, ["OCC2"]),
    ("basement bedroom of a child", [saw("OCC2", 2)], ("child",), Level.N3, ["OCC2"]),
    ("one bad lock and a small leak", [saw("SEC5", 1), saw("INS6", 1)], ("child",), Level.N1, ["SEC5", "INS6"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "said", "living", "level", "causes"), SCENARIOS, ids=[s[0] for s in SCENARIOS])
def test_scenarios(name: str, said: list[Statement], living: tuple[str, ...], level: Level, causes: list[str]) -> None:
    found = graded(*said, living=living)
    assert found.level == level
    assert list(found.causes) == causes


class TestEachRule:
    @pytest.mark.parametrize(
        ("said", "level", "why"),
        [
            ([], None, Why.NOT_CHECKED),
            ([saw("HUM1", 0)], Level.N0, Why.FINE),
            ([saw("HUM1", 1)], Level.N1, Why.POOR),
            ([saw("HUM1", 1), saw("HUM2", 1), saw("HUM3", 1)], Level.N2, Why.MANY_POOR),
            ([saw("HUM1", 2)], Level.N2, Why.BAD),
            ([saw("HUM1", 2), saw("HUM2", 2)], Level.N2, Why.BAD),
            ([saw("HUM1", 2), saw("HUM2", 2), saw("HUM4", 2)], Level.N3, Why.MANY_BAD),
            ([saw("HUM1", 2, spread=True)], Level.N3, Why.BAD_SPREAD),
            ([saw("HUM1", 1, spread=True)], Level.N1, Why.POOR),
            ([saw("HUM1", 3)], Level.N3, Why.VERY_BAD),
            ([saw("HUM5", 1, danger=True)], Level.N4, Why.DANGER),
            # A box without words of danger proves nothing.
            ([saw("HUM1", 1, danger=True)], Level.N1, Why.POOR),
        ],
    )
    def test_dimension(self, said: list[Statement], level: Level | None, why: Why) -> None:
        found = next(one for one in graded(*said).dimensions if one.code == "HUM")
        assert (found.level, found.why) == (level, why)

    def test_every_reason_has_words(self) -> None:
        assert set(WHY_LABELS) == set(Why)

    def test_thresholds_are_data(self) -> None:
        strict = Thresholds.of({"poor_for_n2": 1, "unknown": 4})
        assert grade(POINTS, [saw("SEC5", 1)], thresholds=strict).level == Level.N2
        off = Thresholds.of({"very_bad_for_n3": 0})
        assert grade(POINTS, [saw("SEC5", 3)], thresholds=off).level == Level.N2

    def test_sensitive_group_raises_two_to_three_and_nothing_else(self) -> None:
        for said, alone, together in (
            (saw("NUI1", 1), Level.N1, Level.N1),
            (saw("NUI1", 2), Level.N2, Level.N3),
            (saw("NUI1", 3), Level.N3, Level.N3),
        ):
            assert graded(said).level == alone
            found = graded(said, living=("child",))
            assert found.level == together
            assert found.building == alone
        other = next(one for one in FIRST_GRID.dimensions if "mobility" not in one.sensitive)
        code = next(item.code for item in FIRST_GRID.items if item.dimension == other.code)
        assert graded(saw(code, 2), living=("mobility",)).level == Level.N2

    def test_a_sum_would_drown_the_gas_leak(self) -> None:
        fine = [saw(point.code, 0) for point in POINTS if point.code not in ("INS2", "INS3")]
        found = graded(*fine, saw("INS2", 3, danger=True), saw("INS3", 3, danger=True))
        assert found.level == Level.N4
        mean = sum(int(one.state) for one in found.points.values()) / (3 * len(POINTS))
        assert mean < 0.06  # what an average would have said of the same grid
        assert found.coverage == 1

    def test_coverage_and_proof(self) -> None:
        found = graded(
            saw("HUM1", 2), saw("HUM2", UNCHECKED), saw("OCC1", NOT_APPLICABLE), replace(saw("NUI3", 1), proof="told")
        )
        assert (found.checked, found.of) == (2, 37)
        assert (found.proved, found.problems, found.proof) == (1, 2, 0.5)
        assert graded().proof is None

    def test_the_empty_grid(self) -> None:
        found = grade([], [])
        assert (found.level, found.coverage) == (None, 0)


class TestVoices:
    def test_the_most_serious_of_todays_words_counts_and_the_difference_shows(self) -> None:
        found = graded(saw("HUM1", 1, voice="psychosocial"), saw("HUM1", 3, voice="inspection"))
        point = found.points["HUM1"]
        assert (found.level, point.disputed, point.voices) == (Level.N3, True, ("inspection",))

    def test_each_voice_takes_back_its_own_words_only(self) -> None:
        later = DAY + timedelta(days=40)
        mended = graded(saw("HUM1", 3, voice="a"), saw("HUM1", 0, voice="a", on=later))
        assert mended.level == Level.N0
        elsewhere = graded(saw("HUM1", 3, voice="a"), saw("HUM1", 0, voice="b", on=later))
        assert elsewhere.level == Level.N3
        assert elsewhere.points["HUM1"].disputed

    def test_not_checked_takes_nothing_back(self) -> None:
        later = DAY + timedelta(days=1)
        assert graded(saw("HUM1", 3), saw("HUM1", UNCHECKED, on=later)).level == Level.N3

    def test_who_did_not_look_does_not_differ(self) -> None:
        found = graded(saw("HUM1", 2, voice="a"), saw("HUM1", UNCHECKED, voice="b"))
        assert not found.points["HUM1"].disputed


statements = st.builds(
    Statement,
    code=st.sampled_from([point.code for point in POINTS]),
    voice=st.sampled_from(["a", "b", "c"]),
    state=st.sampled_from(["0", "1", "2", "3", UNCHECKED, NOT_APPLICABLE]),
    spread=st.booleans(),
    danger=st.booleans(),
    proof=st.sampled_from(["", "told", "seen", "measured"]),
    on=st.dates(date(2026, 1, 1), date(2026, 1, 4)),
    order=st.integers(0, 3),
)
groups = st.sets(st.sampled_from(["child", "elder", "breathing", "mobility", "pregnant"]))


def height(level: Level | None) -> int:
    return -1 if level is None else int(level)


class TestAlways:
    @given(st.lists(statements, max_size=25), groups, st.randoms())
    def test_order_does_not_matter(self, said: list[Statement], living: set[str], random: object) -> None:
        mixed = list(said)
        random.shuffle(mixed)  # type: ignore[attr-defined]
        assert graded(*said, living=tuple(living)) == graded(*mixed, living=tuple(living))

    @given(st.lists(statements, min_size=1, max_size=25), groups, st.data())
    def test_worse_never_lowers(self, said: list[Statement], living: set[str], data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(said) - 1))
        one = said[place]
        worse = data.draw(
            st.sampled_from(
                [replace(one, danger=True), replace(one, spread=True)]
                + ([replace(one, state=str(int(one.state) + 1))] if one.state in ("0", "1", "2") else [])
            )
            if one.is_checked
            else st.just(one)
        )
        before = graded(*said, living=tuple(living))
        after = graded(*said[:place], worse, *said[place + 1 :], living=tuple(living))
        assert height(after.level) >= height(before.level)
        assert height(after.building) >= height(before.building)

    @given(st.lists(statements, max_size=25), groups)
    def test_not_checked_is_never_fine(self, said: list[Statement], living: set[str]) -> None:
        found = graded(*said, living=tuple(living))
        for one in found.dimensions:
            if not one.checked and one.why is not Why.DANGER:
                assert one.level is None
        unchecked = graded(*said, *(saw(point.code, UNCHECKED, voice="d") for point in POINTS), living=tuple(living))
        assert height(unchecked.level) >= height(found.level)

    @given(st.lists(statements, max_size=25), groups, statements)
    def test_a_new_voice_never_lowers(self, said: list[Statement], living: set[str], one: Statement) -> None:
        before = graded(*said, living=tuple(living))
        after = graded(*said, replace(one, voice="new"), living=tuple(living))
        assert height(after.level) >= height(before.level)

    @given(st.lists(statements, max_size=25), groups)
    def test_the_household_moves_one_step_at_most(self, said: list[Statement], living: set[str]) -> None:
        found = graded(*said, living=tuple(living))
        assert found.building == graded(*said).level
        assert height(found.level) - height(found.building) in (0, 1)
        if found.level == Level.N4:
            assert found.building == Level.N4

    @given(st.lists(statements, max_size=25))
    def test_reading_twice_changes_nothing(self, said: list[Statement]) -> None:
        assert graded(*current(said)) == graded(*said)
