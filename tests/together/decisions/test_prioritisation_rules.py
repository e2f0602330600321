"""What is counted of grades, and what may be shown of it (facts, section 4)."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.together.decisions.rules.prioritisation import (
    GRADES,
    THRESHOLDS,
    Closeness,
    Tally,
    answered,
    closeness,
    order_for,
    tally,
    thresholds_of,
)
from concertoit.together.decisions.rules.prioritisation_count import count_grades, grades_settings
from concertoit.together.decisions.rules.prioritisation_families import Family, family_of, merged_small
from concertoit.together.decisions.rules.prioritisation_record import (
    Paper,
    canonical,
    code_version,
    digest_of,
    in_order,
)
from concertoit.together.decisions.rules.prioritisation_short_list import count_short_list, short_list_settings

ANSWER = st.sampled_from(["essential", "important", "useful", "minor", "leave", "unknown"])
PAPERS = st.lists(
    st.builds(
        Paper,
        st.dictionaries(st.sampled_from(["1", "2", "3", "4"]), ANSWER),
        st.just({}),
        st.sampled_from(["housing", "community", "municipal"]),
    ),
    max_size=25,
)


def counted(papers: list[Paper], keys: tuple[str, ...] = ("1", "2", "3", "4")) -> dict[str, dict[str, object]]:
    outcome = count_grades(grades_settings(keys, "1", THRESHOLDS), papers)
    return {one["key"]: one for one in outcome["options"]}


class TestCounting:
    def test_i_do_not_know_is_never_a_zero(self) -> None:
        """facts 4: « je ne sais pas » (never counted as zero)."""
        sure = [Paper({"1": "essential"})] * 3
        found = counted([*sure, *[Paper({"1": "unknown"})] * 20])["1"]
        assert (found["median"], found["unknown"]) == ("essential", 20)
        assert found["counts"] == [3, 0, 0, 0, 0]

    def test_a_partial_ballot_is_valid_and_its_silence_is_told(self) -> None:
        found = counted([Paper({"1": "useful"}), Paper({"2": "leave"}), Paper({"1": "useful"})])
        assert (found["1"]["counts"], found["1"]["silent"]) == ([0, 0, 2, 0, 0], 1)
        assert (found["2"]["counts"], found["2"]["silent"]) == ([0, 0, 0, 0, 1], 2)

    def test_the_median_decides_then_majority_judgment(self) -> None:
        papers = [
            Paper({"1": a, "2": b})
            for a, b in (("essential", "essential"), ("important", "important"), ("useful", "minor"))
        ]
        found = counted(papers, ("1", "2"))
        assert found["1"]["median"] == found["2"]["median"] == "important"
        assert (found["1"]["rank"], found["2"]["rank"]) == (1, 2)

    def test_true_ties_share_a_rank(self) -> None:
        papers = [Paper({"1": grade, "2": grade}) for grade in ("essential", "useful", "leave")]
        assert {one["rank"] for one in counted(papers, ("1", "2")).values()} == {1}

    def test_too_few_opinions_say_nothing(self) -> None:
        found = counted([Paper({"1": "essential"})] * 2 + [Paper({"1": "unknown"})])["1"]
        assert (found["band"], found["closeness"]) == ("few", None)

    def test_agreement_is_tastle_and_wierman(self) -> None:
        same = counted([Paper({"1": "useful"})] * 4)["1"]
        split = counted([Paper({"1": "essential"})] * 2 + [Paper({"1": "leave"})] * 2)["1"]
        assert (same["agreement"], same["closeness"]) == ("1.000000000", "agreed")
        assert (split["agreement"], split["polarisation"], split["closeness"]) == ("0.000000000", "1", "polarised")

    @pytest.mark.parametrize(
        ("counts", "agreement", "expected"),
        [
            ((5, 0, 0, 0, 5), 0.0, Closeness.POLARISED),
            ((3, 0, 4, 0, 3), 0.55, Closeness.POLARISED),
            ((3, 4, 3, 0, 0), 0.8, Closeness.AGREED),
            ((4, 2, 2, 1, 1), 0.6, Closeness.MIXED),
            ((4, 0, 4, 2, 0), 0.45, Closeness.DIVIDED),
            ((0, 0, 0, 0, 0), 1.0, Closeness.AGREED),
        ],
    )
    def test_two_camps_are_named_before_the_rest(
        self, counts: tuple[int, ...], agreement: float, expected: Closeness
    ) -> None:
        assert closeness(counts, agreement) is expected

    @given(PAPERS)
    def test_every_voice_is_somewhere(self, papers: list[Paper]) -> None:
        said = [paper for paper in papers if paper.grades]
        for one in counted(papers).values():
            assert sum(one["counts"]) + one["unknown"] + one["silent"] == len(said)  # type: ignore[call-overload,operator]

    @given(PAPERS, st.randoms())
    def test_the_order_of_the_ballots_changes_nothing(self, papers: list[Paper], chance: object) -> None:
        other = list(papers)
        chance.shuffle(other)  # type: ignore[attr-defined]
        assert counted(in_order(papers)) == counted(in_order(other))
        assert digest_of(papers) == digest_of(other)

    @given(PAPERS)
    def test_a_result_can_be_written_and_read(self, papers: list[Paper]) -> None:
        text = canonical(count_grades(grades_settings(["1", "2"], "1", THRESHOLDS), papers))
        assert canonical(json.loads(text)) == text

    def test_thresholds_come_back_from_a_record(self) -> None:
        assert thresholds_of(json.loads(canonical(THRESHOLDS.as_plain()))) == THRESHOLDS

    def test_an_unknown_answer_is_refused(self) -> None:
        with pytest.raises(ValueError, match="bof"):
            tally(["bof"])
        assert tally(["useful", None, "unknown"]) == Tally((0, 0, 1, 0, 0), 1, 1)
        assert answered({"1": "unknown", "2": "leave", "3": ""}) == 2

    def test_the_code_has_a_version(self) -> None:
        version, _plus, digest = code_version().partition("+")
        assert version
        assert len(digest) == 16


class TestOrderOfTheForm:
    @given(st.text(), st.text(), st.sets(st.integers(1, 500)))
    def test_all_the_actions_the_same_at_each_visit(self, seed: str, who: str, keys: set[int]) -> None:
        order = order_for(seed, who, keys)
        assert sorted(order) == sorted(keys)
        assert order == order_for(seed, who, sorted(keys))

    def test_it_differs_from_one_voice_to_another(self) -> None:
        orders = {tuple(order_for("graine", str(who), range(6))) for who in range(30)}
        assert len(orders) > 20
        firsts = Counter(order_for("graine", str(who), range(5))[0] for who in range(500))
        assert min(firsts.values()) > 60


class TestFamilies:
    def test_they_follow_the_type_of_the_organisation(self) -> None:
        assert family_of("housing_coop") is Family.HOUSING
        assert family_of("mrc", "citizen") is Family.MUNICIPAL
        assert family_of("", "tenant") is Family.CITIZENS
        assert family_of("", "") is Family.OTHER

    def test_nobody_stands_alone(self) -> None:
        shown = merged_small({"housing": 5, "community": 6, "public": 1, "municipal": 2}, 3)
        assert shown == {"housing": "housing", "community": "community", "public": "other", "municipal": "other"}

    def test_what_is_hidden_cannot_be_found_by_subtraction(self) -> None:
        assert merged_small({"housing": 5, "community": 4, "public": 1}, 3) == {
            "housing": "housing", "community": "other", "public": "other"
        }  # fmt: skip
        assert set(merged_small({"housing": 5, "public": 1}, 3).values()) == {""}

    @given(st.dictionaries(st.sampled_from([str(one) for one in Family]), st.integers(0, 9)), st.integers(1, 5))
    def test_no_group_shown_is_small(self, sizes: dict[str, int], smallest: int) -> None:
        shown = merged_small(sizes, smallest)
        groups: Counter[str] = Counter()
        for family, size in sizes.items():
            groups[shown[family]] += size
        named = {name: size for name, size in groups.items() if name}
        assert all(size >= smallest for size in named.values())
        rest = groups[""]
        assert rest == 0 or not named or rest >= smallest

    def test_a_family_of_few_opinions_on_an_action_is_not_shown(self) -> None:
        papers = [Paper({"1": "essential", "2": "leave"}, {}, "housing")] * 4
        papers += [Paper({"1": "useful", "2": "unknown"}, {}, "community")] * 4
        papers += [Paper({"1": "leave"}, {}, "municipal")] * 4
        found = counted(papers, ("1", "2"))
        assert set(found["1"]["families"]) == {"housing", "community", "municipal"}  # type: ignore[call-overload]
        assert set(found["2"]["families"]) == {"housing"}  # type: ignore[call-overload]

    def test_one_more_is_hidden_when_the_rest_could_be_subtracted(self) -> None:
        papers = [Paper({"1": "essential"}, {}, "housing")] * 4 + [Paper({"1": "useful"}, {}, "community")] * 5
        papers += [Paper({"1": "leave"}, {}, "municipal"), *[Paper({"2": "leave"}, {}, "municipal")] * 3]
        assert counted(papers)["1"]["together"] is None  # a part of the families says nothing of all
        assert set(counted(papers)["1"]["families"]) == {"community"}  # type: ignore[call-overload]

    def test_together_is_high_only_when_every_family_is_in_favour(self) -> None:
        """Group-informed agreement (facts 4): a majority does not hide a family that is against."""
        crowd = [Paper({"1": "essential", "2": "important"}, {}, "housing")] * 9
        against = [Paper({"1": "leave", "2": "important"}, {}, "municipal")] * 3
        found = counted([*crowd, *against], ("1", "2"))
        assert Fraction(str(found["1"]["together"])) < Fraction(1, 4) < Fraction(str(found["2"]["together"]))


class TestShortList:
    def counted(self, papers: list[Paper], keys: tuple[str, ...] = ("1", "2", "3")) -> list[list[str]]:
        found: list[list[str]] = count_short_list(short_list_settings(keys), papers)["groups"]
        return found

    def test_a_better_grade_is_a_preference(self) -> None:
        papers = [Paper({"1": "useful", "2": "essential", "3": "leave"})] * 3
        assert self.counted(papers) == [["2"], ["1"], ["3"]]

    def test_who_does_not_know_does_not_put_last(self) -> None:
        papers = [Paper({"1": "unknown", "2": "essential", "3": "leave"})] * 5 + [
            Paper({"1": "essential", "2": "important"})
        ]
        assert self.counted(papers)[0] == ["1"]

    def test_without_opinions_all_are_equal(self) -> None:
        assert self.counted([Paper({"1": "unknown"})]) == [["1", "2", "3"]]

    @given(PAPERS)
    def test_every_action_has_one_place(self, papers: list[Paper]) -> None:
        assert sorted(key for group in self.counted(papers) for key in group) == ["1", "2", "3"]


def test_grades_are_best_first() -> None:
    assert [str(one) for one in GRADES] == ["essential", "important", "useful", "minor", "leave"]
