"""Rules of tenant participation (facts, section 1): each test names the row that it holds to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concertoit.field.participation.enums import PARAMETER_LABELS
from concertoit.field.participation.rules import checks, elections, mandates
from concertoit.field.participation.rules.checks import Advice, Association, Check, Committee, Member, Verdict
from concertoit.field.participation.rules.elections import Count
from concertoit.field.participation.rules.mandates import Body, Origin, Standing
from concertoit.field.participation.rules.parameters import TABLE, Parameters, Written, read_value

TODAY = date(2026, 11, 20)
RULES = Parameters([], TODAY)


def verdict(found: list[Check], code: str) -> Verdict:
    return next(one.verdict for one in found if one.code == code)


class TestParameters:
    def test_every_number_of_the_facts_is_in_the_table_with_its_source(self) -> None:
        values = {one.code: one.value for one in TABLE}
        facts = {
            "ccr.members_max": 25, "board.tenants": 2, "board.tenants_large": 3, "board.large_from": 11,
            "board.members_max": 15, "ccr.mandate_years": 3, "office.delegates_over": 500, "ccr.notice_days": 7,
            "association.quorum_share": Fraction(1, 10), "association.quorum_small": 5, "association.small_under": 50,
            "association.bylaw_share": Fraction(2, 3), "association.grant_per_dwelling": 30,
            "association.grant_used_share": Fraction(1, 4), "association.grant_withheld": Fraction(1, 2),
        }  # fmt: skip
        assert {code: values[code] for code in facts} == facts
        assert all(one.source for one in TABLE if one.value is not None)
        assert {one.code for one in TABLE} == set(PARAMETER_LABELS)

    def test_what_is_not_confirmed_stays_empty(self) -> None:
        """« Notice for election assemblies, frequency of CCR meetings: not confirmed »; nor online as an assembly."""
        empty = {one.code for one in TABLE if one.value is None}
        assert empty == {
            "ccr.meetings_per_year", "election.notice_days", "election.complaint_days", "election.online_is_assembly",
            "representation.answer_days",
        }  # fmt: skip
        assert not any(one.source for one in TABLE if one.value is None)

    def test_a_value_of_ones_own_holds_from_its_day(self) -> None:
        written = [
            Written("election.notice_days", Fraction(10), date(2026, 1, 1), "Règlement 4"),
            Written("election.notice_days", Fraction(14), date(2026, 6, 1), "Règlement 4, modifié"),
        ]
        assert Parameters(written, date(2025, 12, 31))["election.notice_days"] is None
        assert Parameters(written, date(2026, 5, 31)).number("election.notice_days") == 10
        line = Parameters(written, TODAY).line("election.notice_days")
        assert (line.value, line.source, line.own) == (14, "Règlement 4, modifié", True)

    @pytest.mark.parametrize(
        ("text", "value"),
        [("7", 7), ("0,50", Fraction(1, 2)), ("10 %", Fraction(1, 10)), ("2/3", Fraction(2, 3)), ("28 $", 28)],
    )
    def test_reading_a_value(self, text: str, value: Fraction) -> None:
        assert read_value(text) == value

    @pytest.mark.parametrize("text", ["", "sept", "-3", "1/0"])
    def test_a_value_that_cannot_be_read(self, text: str) -> None:
        with pytest.raises(ValueError):  # noqa: PT011 - what was typed is the message
            read_value(text)


class TestMandates:
    @pytest.mark.parametrize(
        ("start", "end"), [(date(2026, 2, 24), date(2029, 2, 23)), (date(2024, 2, 29), date(2027, 2, 27))]
    )
    def test_three_years(self, start: date, end: date) -> None:
        assert mandates.term_end(start, 3) == end

    def test_a_replacement_finishes_the_term(self) -> None:
        assert mandates.term_end(date(2026, 5, 1), 3, date(2027, 1, 31)) == date(2027, 1, 31)

    @pytest.mark.parametrize(
        ("end", "left", "standing"),
        [
            (date(2028, 1, 1), None, Standing.RUNNING),
            (date(2027, 1, 1), None, Standing.ENDING),
            (date(2026, 11, 19), None, Standing.OVERDUE),
            (date(2028, 1, 1), date(2026, 11, 1), Standing.ENDED),
        ],
    )
    def test_an_end_is_seen_coming(self, end: date, left: date | None, standing: Standing) -> None:
        assert mandates.standing(date(2025, 1, 1), end, left, TODAY, 90) is standing
        assert mandates.standing(date(2026, 12, 1), date(2029, 1, 1), None, TODAY, 90) is Standing.COMING

    @pytest.mark.parametrize(
        ("origin", "association", "by", "may"),
        [
            (Origin.ELECTED, None, Body(Origin.ELECTED), True),
            (Origin.ELECTED, None, Body(Origin.OFFICE), False),
            (Origin.ASSOCIATION, 4, Body(Origin.ASSOCIATION, 4), True),
            (Origin.ASSOCIATION, 4, Body(Origin.ASSOCIATION, 5), False),
            (Origin.ASSOCIATION, 4, Body(Origin.ELECTED), False),
            (Origin.OFFICE, None, Body(Origin.OFFICE), True),
        ],
    )
    def test_only_the_body_that_elected_can_dismiss(
        self, origin: Origin, association: int | None, by: Body, may: bool
    ) -> None:
        assert mandates.may_dismiss(origin, association, by) is may


class TestCommittee:
    def members(self, count: int, origin: Origin = Origin.ASSOCIATION, **facts: object) -> list[Member]:
        return [Member(origin, date(2028, 1, 1), **{"housed": True, "covered": True, **facts}) for _n in range(count)]  # type: ignore[arg-type]

    def found(self, members: list[Member], tenants: int | None = 2, advice: tuple[Advice, ...] = ()) -> list[Check]:
        return checks.committee(Committee(members, tenants, advice), RULES, TODAY)

    @pytest.mark.parametrize(("count", "answer"), [(0, "unknown"), (25, "ok"), (26, "fix")])
    def test_at_most_twenty_five(self, count: int, answer: str) -> None:
        """« CCR of at most 25 members living in buildings of the office » (art. 58.4)."""
        assert verdict(self.found(self.members(count)), "ccr.size") == answer

    @pytest.mark.parametrize(("elected", "tenants", "answer"), [(2, 2, "ok"), (2, 3, "fix"), (2, None, "unknown")])
    def test_the_tenants_of_the_board_sit(self, elected: int, tenants: int | None, answer: str) -> None:
        found = self.found(self.members(elected, Origin.ELECTED), tenants)
        assert verdict(found, "ccr.board") == answer

    @pytest.mark.parametrize(("covered", "answer"), [(True, "fix"), (False, "ok"), (None, "unknown")])
    def test_the_office_names_only_failing_an_association(self, covered: bool | None, answer: str) -> None:
        assert verdict(self.found(self.members(1, Origin.OFFICE, covered=covered)), "ccr.named") == answer

    @pytest.mark.parametrize(("housed", "answer"), [(True, "ok"), (False, "fix"), (None, "unknown")])
    def test_members_live_there(self, housed: bool | None, answer: str) -> None:
        assert verdict(self.found(self.members(1, housed=housed)), "ccr.housed") == answer

    @pytest.mark.parametrize(
        ("asked", "decides", "answer"),
        [(date(2026, 11, 1), date(2026, 11, 8), "ok"), (date(2026, 11, 1), date(2026, 11, 7), "fix"),
         (date(2026, 11, 1), None, "unknown")],
    )  # fmt: skip
    def test_seven_days_before_a_decision(self, asked: date, decides: date | None, answer: str) -> None:
        assert verdict(self.found([], advice=(Advice(asked, decides),)), "ccr.notice") == answer

    def test_a_yearly_consultation(self) -> None:
        told = [Advice(date(2025, 11, 20), None, yearly=True)]
        assert verdict(self.found([], advice=tuple(told)), "ccr.consultation") is Verdict.OK
        assert (
            verdict(self.found([], advice=(replace(told[0], asked_on=date(2025, 11, 19)),)), "ccr.consultation")
            == "fix"
        )
        assert verdict(self.found([]), "ccr.consultation") is Verdict.FIX

    def test_the_rhythm_is_not_confirmed(self) -> None:
        assert verdict(self.found([]), "ccr.rhythm") is Verdict.UNKNOWN

    def test_a_mandate_that_nobody_saw_end(self) -> None:
        assert verdict(self.found([Member(Origin.ELECTED, date(2026, 11, 1))]), "ccr.mandates") is Verdict.FIX


class TestAssociations:
    GOOD = Association(
        dwellings=120, all_invited=True, office_witness=True, founding_presence=12, by_laws_on=date(2025, 1, 1),
        founded_on=date(2025, 1, 1), last_yearly=date(2026, 1, 1), accounts=True, budget=True,
        grant=Fraction(3600), used=Fraction(900),
    )  # fmt: skip

    @pytest.mark.parametrize(("dwellings", "quorum"), [(49, 5), (50, 5), (51, 6), (120, 12), (121, 13), (None, None)])
    def test_founding_quorum(self, dwellings: int | None, quorum: int | None) -> None:
        """« 10 % (5 tenants under 50 dwellings) »."""
        assert checks.founding_quorum(dwellings, RULES) == quorum

    def test_all_conforming(self) -> None:
        assert {one.verdict for one in checks.association(self.GOOD, RULES, TODAY)} == {Verdict.OK}

    def test_nothing_known_nothing_judged(self) -> None:
        found = checks.association(Association(None), RULES, TODAY)
        assert {one.verdict for one in found} == {Verdict.UNKNOWN}

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"all_invited": False}, "association.invited"),
            ({"office_witness": False}, "association.witness"),
            ({"founding_presence": 11}, "association.quorum"),
            ({"by_laws_on": None}, "association.bylaws"),
            ({"last_yearly": date(2025, 11, 19)}, "association.meeting"),
            ({"accounts": False}, "association.accounts"),
            ({"budget": False}, "association.budget"),
            ({"used": Fraction(89999, 100)}, "association.used"),
        ],
    )
    def test_each_thing_to_correct(self, wrong: dict[str, object], code: str) -> None:
        found = checks.association(replace(self.GOOD, **wrong), RULES, TODAY)  # type: ignore[arg-type]
        assert [one.code for one in found if one.verdict is Verdict.FIX] == [code]

    def test_the_grant(self) -> None:
        """« 30 $/dwelling; sum withheld 0.50 $ »."""
        assert checks.grant(120, RULES) == (3600, 60)

    @pytest.mark.parametrize(
        ("votes", "present", "passes"), [(20, 30, True), (19, 30, False), (2, 3, True), (0, 0, None)]
    )
    def test_two_thirds_of_those_present(self, votes: int, present: int, passes: bool | None) -> None:
        assert checks.two_thirds(votes, present, RULES) is passes

    @pytest.mark.parametrize(
        ("day", "months", "after"),
        [(date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2024, 2, 29), 12, date(2025, 2, 28)),
         (date(2026, 12, 5), 12, date(2027, 12, 5))],
    )  # fmt: skip
    def test_months_after(self, day: date, months: int, after: date) -> None:
        assert checks.months_after(day, months) == after


class TestElections:
    @pytest.mark.parametrize(("board", "seats"), [(5, 2), (10, 2), (11, 3), (15, 3), (None, None)])
    def test_two_seats_three_on_a_large_board(self, board: int | None, seats: int | None) -> None:
        """« 2 (3 if the board has 11 or more) » (art. 57.1)."""
        assert elections.seats(board, RULES) == seats

    @pytest.mark.parametrize(("candidates", "acclaimed"), [(0, False), (1, True), (2, True), (3, False)])
    def test_acclamation(self, candidates: int, acclaimed: bool) -> None:
        assert elections.acclaimed(candidates, 2) is acclaimed

    @pytest.mark.parametrize(
        ("count", "why"),
        [
            (Count(10, 1, 1, {"a": 8, "b": 8}), ""),
            (Count(10, 6, 5, {"a": 0, "b": 0}), "blank"),
            (Count(10, 0, 0, {"a": 11, "b": 0}), "marks"),
            (Count(4, 0, 0, {"a": 4, "b": 4, "c": 1}), "marks"),
            (Count(4, 0, 0, {"a": 3, "b": 0}), "few"),
        ],
    )
    def test_a_count_that_cannot_be_right(self, count: Count, why: str) -> None:
        assert elections.impossible(count, 2) == why

    def test_what_two_counts_say_differently(self) -> None:
        one = Count(10, 1, 0, {"a": 8, "b": 5})
        assert elections.differences(one, one) == []
        assert elections.differences(one, Count(10, 0, 1, {"a": 8, "b": 6})) == ["blank", "rejected", "b"]

    def test_ties_on_the_last_seats(self) -> None:
        found = elections.outcome({"a": 9, "b": 5, "c": 5, "d": 1}, 2)
        assert (found.elected, found.tied, found.left) == (["a"], ["b", "c"], 1)
        assert elections.outcome({"a": 5, "b": 5, "c": 1}, 2).tied == []
        assert elections.outcome({"a": 0, "b": 0, "c": 0}, 2).left == 2

    def test_a_draw_can_be_done_again_and_does_not_depend_on_the_order(self) -> None:
        assert elections.draw(["b", "c", "d"], 1, "érable 27") == elections.draw(["d", "b", "c"], 1, "érable 27")
        assert {elections.draw(["b", "c"], 1, f"mot {number}")[0] for number in range(40)} == {"b", "c"}

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.integers(0, 30), min_size=1, max_size=8), st.integers(1, 4))
    def test_nobody_below_the_bar_is_elected(self, marks: list[int], places: int) -> None:
        totals = dict(zip("abcdefgh", marks, strict=False))
        found = elections.outcome(totals, places)
        assert len(found.elected) + found.left == min(places, len(totals))
        assert not set(found.elected) & set(found.tied)
        inside, outside = {*found.elected, *found.tied}, set(totals) - {*found.elected, *found.tied}
        assert all(totals[one] > totals[other] for one in inside for other in outside)

    def test_channels_are_added(self) -> None:
        assert elections.merged({"a": 3}, {"a": 1, "b": 2}) == {"a": 4, "b": 2}

    HERE = checks.Election(2, 2, TODAY, date(2026, 11, 1), date(2026, 10, 1), online=True, paper=True, scrutineers=2)

    @pytest.mark.parametrize(
        ("change", "code", "answer"),
        [
            ({"tenants": 3}, "election.seats", "fix"),
            ({"held_on": None}, "election.assembly", "fix"),
            ({"modalities_on": None}, "election.modalities", "fix"),
            ({}, "election.notice", "unknown"),
            ({"paper": False}, "election.online", "unknown"),
            ({}, "election.online", "ok"),
            ({"scrutineers": 1}, "election.scrutineers", "fix"),
            ({"scrutineers": 0, "acclaimed": True}, "election.scrutineers", "unknown"),
        ],
    )
    def test_what_is_checked(self, change: dict[str, object], code: str, answer: str) -> None:
        assert verdict(checks.election(replace(self.HERE, **change), RULES), code) == answer  # type: ignore[arg-type]

    def test_the_office_may_say_what_no_text_says(self) -> None:
        own = Parameters(
            [
                Written("election.notice_days", Fraction(21), date(2026, 1, 1), "Règlement"),
                Written("election.online_is_assembly", Fraction(0), date(2026, 1, 1), "Avis juridique"),
            ],
            TODAY,
        )
        found = checks.election(replace(self.HERE, paper=False), own)
        assert verdict(found, "election.notice") is Verdict.FIX
        assert verdict(found, "election.online") is Verdict.FIX


def test_the_states_of_the_workflow_are_those_with_a_label() -> None:
    from concertoit.field.participation import workflow
    from concertoit.field.participation.enums import CandidacyState, ElectionState

    assert set(workflow.ELECTION) == set(ElectionState.values)
    assert set(workflow.CANDIDACY) == set(CandidacyState.values)
