"""The money counted two ways on the same ballots, and the arithmetic of a recommendation (facts, section 4)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.together.decisions.rules.money_count import RULES, count_money, money_settings
from concertoit.together.decisions.rules.money_lines import balances, spread
from concertoit.together.decisions.rules.prioritisation_record import Paper, canonical, in_order

YEAR = "2026-2027"


def settings(requests: dict[str, int], envelope: int, *, by_points: bool = False, year: str = YEAR) -> dict[str, Any]:
    return money_settings(
        [{"year": year, "envelope": envelope, "requests": requests}], by_points=by_points, seed="graine", mapping="1",
        smallest=3,
    )  # fmt: skip


def ticks(*keys: str, family: str = "") -> Paper:
    return Paper({}, dict.fromkeys(keys, 1), family)


def funded(outcome: dict[str, Any], rule: str, year: int = 0) -> set[str]:
    return {one["key"] for one in outcome["years"][year][rule]["funded"]}


class TestSideBySide:
    """Six voices want 1 and 2, three want 3: the envelope pays for two of the three."""

    requests = {"1": 30000, "2": 30000, "3": 30000}
    papers = [*[ticks("1", "2", family="housing")] * 6, *[ticks("3", family="municipal")] * 3]

    def outcome(self) -> dict[str, Any]:
        return count_money(settings(self.requests, 60000 + 30000 // 2), self.papers)

    def test_greedy_follows_the_number(self) -> None:
        outcome = self.outcome()
        assert funded(outcome, "greedy") == {"1", "2"}
        assert outcome["years"][0]["greedy"]["left_out"] == 3
        assert outcome["years"][0]["greedy"]["left_out_families"] == {"municipal": 3}
        assert outcome["with_nothing"]["greedy"] == {"voices": 3, "families": {"municipal": 3}}

    def test_equal_shares_leaves_a_third_its_third(self) -> None:
        outcome = count_money(settings({"1": 30000, "2": 30000, "3": 20000}, 60000), self.papers)
        assert funded(outcome, "equal-shares") >= {"3"}
        assert outcome["with_nothing"]["equal-shares"]["voices"] == 0
        assert outcome["with_nothing"]["greedy"]["voices"] == 3

    def test_what_each_leaves_is_told(self) -> None:
        year = self.outcome()["years"][0]
        assert year["greedy"]["unfunded"] == ["3"]
        assert (year["greedy"]["spent"], year["greedy"]["left"]) == (60000, 15000)

    def test_what_nobody_supports_is_not_funded(self) -> None:
        outcome = count_money(settings({"1": 100, "2": 100}, 1000), [ticks("1")])
        assert [funded(outcome, rule) for rule in RULES] == [{"1"}, {"1"}]

    def test_points_say_how_much(self) -> None:
        papers = [Paper({}, {"1": 90, "2": 10})] * 2 + [Paper({}, {"2": 100})]
        outcome = count_money(settings({"1": 500, "2": 500}, 500, by_points=True), papers)
        assert funded(outcome, "greedy") == {"1"}
        assert outcome["years"][0]["requests"][0]["points"] == 180

    def test_years_are_counted_apart(self) -> None:
        chosen = settings({"1": 30000}, 20000)
        chosen["years"].append({"year": "An 2", "envelope": 30000, "requests": {"1": 30000}})
        outcome = count_money(chosen, [ticks("1")])
        assert (funded(outcome, "greedy", 0), funded(outcome, "greedy", 1)) == (set(), {"1"})
        assert outcome["with_nothing"]["greedy"]["voices"] == 0

    def test_nobody_answers(self) -> None:
        outcome = count_money(settings({"1": 100}, 100), [Paper({"1": "useful"})])
        assert (outcome["voices"], funded(outcome, "equal-shares")) == (0, set())

    def test_cents_are_exact(self) -> None:
        outcome = count_money(settings({"1": 758999, "2": 385601}, 1144600), [ticks("1", "2")])
        assert outcome["years"][0]["greedy"]["left"] == 0
        assert funded(outcome, "equal-shares") == {"1", "2"}


@given(
    st.dictionaries(st.sampled_from(["1", "2", "3", "4", "5"]), st.integers(1, 90000), min_size=1),
    st.integers(0, 200000),
    st.lists(st.sets(st.sampled_from(["1", "2", "3", "4", "5"])), max_size=9),
)
def test_no_rule_ever_spends_more_than_there_is(
    requests: dict[str, int], envelope: int, votes: list[set[str]]
) -> None:
    papers = [ticks(*(key for key in chosen if key in requests)) for chosen in votes]
    outcome = count_money(settings(requests, envelope), papers)
    for rule in RULES:
        year = outcome["years"][0][rule]
        assert year["spent"] + year["left"] == envelope
        assert year["left"] >= 0
        assert year["spent"] == sum(one["cost"] for one in year["funded"])
        assert {one["key"] for one in year["funded"]} | set(year["unfunded"]) == set(requests)
    again = count_money(settings(requests, envelope), in_order(papers))
    assert canonical(again) == canonical(outcome)


class TestBalances:
    def test_to_the_cent(self) -> None:
        found = balances(
            [("An 1", Decimal("100.10")), ("An 2", Decimal(50))],
            [("An 1", Decimal("60.05"), Decimal("60.05")), ("An 1", Decimal("50.00"), Decimal("40.05"))],
        )
        assert (found[0].asked, found[0].recommended, found[0].left) == (Decimal("110.05"), Decimal("100.10"), 0)
        assert not found[0].exceeds
        assert (found[1].recommended, found[1].left) == (0, 50)

    def test_a_year_without_envelope_is_over_as_soon_as_it_spends(self) -> None:
        [found] = balances([], [("An 9", Decimal(5), Decimal("0.01"))])
        assert found.exceeds


class TestSpread:
    def test_in_proportion(self) -> None:
        assert spread(Decimal("100.00"), [Decimal(1), Decimal(1), Decimal(1)]) == [
            Decimal("33.34"), Decimal("33.33"), Decimal("33.33")
        ]  # fmt: skip

    @given(
        st.decimals(0, 100000, places=2),
        st.lists(st.decimals(0, 5000, places=2), min_size=1, max_size=8),
    )
    def test_not_a_cent_is_lost(self, amount: Decimal, parts: list[Decimal]) -> None:
        found = spread(amount, parts)
        assert sum(found) == amount
        assert all(one >= 0 for one in found)

    def test_over_nothing_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="nothing"):
            spread(Decimal(1), [])
