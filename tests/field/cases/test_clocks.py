"""Clocks: working days of Québec, delays counted from when anybody knew, pauses, « made safe » is not « resolved »."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.field.cases.rules.clocks import Clock, DueState, Known, Pause, Reached, next_due, schedule
from concertoit.field.cases.rules.competences import refusal
from concertoit.field.cases.rules.parameters import TABLE, UK_2025, Delays, Written
from concertoit.field.cases.rules.workdays import (
    QUEBEC,
    add_working_days,
    end_of,
    holidays_of,
    is_working_day,
    local_day,
    next_working_day,
    working_days_between,
)

DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))
MONDAY = datetime(2026, 11, 2, 10, tzinfo=QUEBEC)


def by_clock(known: Known, now: datetime, delays: Delays | None = None) -> dict[Clock, tuple[DueState, date]]:
    return {one.clock: (one.state, local_day(one.due_at)) for one in schedule(known, delays or Delays(), now)}


class TestWorkingDays:
    def test_holidays_of_quebec(self) -> None:
        assert date(2026, 6, 24) in holidays_of(2026)  # Fête nationale
        assert date(2026, 5, 18) in holidays_of(2026)  # Journée nationale des patriotes
        assert not is_working_day(date(2026, 9, 7))  # fête du Travail
        assert is_working_day(date(2026, 9, 8))

    def test_a_holiday_on_a_weekend_is_observed_on_a_working_day(self) -> None:
        assert not is_working_day(date(2027, 12, 27))

    def test_over_the_holidays(self) -> None:
        assert add_working_days(date(2026, 12, 23), 3) == date(2026, 12, 29)

    @given(DAYS, st.integers(1, 60))
    def test_as_many_working_days_as_asked(self, start: date, count: int) -> None:
        end = add_working_days(start, count)
        assert is_working_day(end)
        assert working_days_between(start, end) == count

    @given(DAYS, st.integers(1, 40), st.integers(0, 20), st.integers(0, 15))
    def test_a_pause_never_brings_the_end_forward(self, start: date, count: int, after: int, length: int) -> None:
        paused = {start + timedelta(days=after + extra) for extra in range(length)}
        later, end = add_working_days(start, count, paused), add_working_days(start, count)
        assert later >= end
        assert later not in paused

    @given(DAYS)
    def test_the_next_working_day(self, day: date) -> None:
        assert next_working_day(day) == add_working_days(day, 0) >= day
        assert working_days_between(day, day) == 0

    def test_an_evening_elsewhere_is_still_the_day_here(self) -> None:
        assert local_day(datetime(2026, 11, 3, 3, tzinfo=UTC)) == date(2026, 11, 2)
        assert local_day(end_of(date(2026, 11, 2))) == date(2026, 11, 2)


class TestDelays:
    def test_every_delay_has_a_source_and_says_it_is_not_law(self) -> None:
        assert all(one.source for one in TABLE)
        assert "ne font pas loi" in UK_2025

    def test_the_demarche_adopts_its_own_from_a_day_on(self) -> None:
        written = [Written("clock.investigate", 7, date(2026, 6, 1), "Entente"),
                   Written("clock.investigate", 5, date(2026, 9, 1), "Entente, révisée")]  # fmt: skip
        assert [Delays(written, on)["clock.investigate"] for on in (
            date(2026, 5, 31), date(2026, 6, 1), date(2026, 12, 1))] == [10, 7, 5]  # fmt: skip
        line = next(one for one in Delays(written, date(2026, 12, 1)).lines if one.own)
        assert line.source == "Entente, révisée"


class TestClocks:
    def test_ordinary_delays(self) -> None:
        found = by_clock(Known(MONDAY), MONDAY + timedelta(hours=1))
        assert found[Clock.INVESTIGATE] == (DueState.RUNNING, date(2026, 11, 16))
        assert found[Clock.SUMMARY] == (DueState.FORESEEN, date(2026, 11, 19))
        assert found[Clock.MAKE_SAFE] == (DueState.FORESEEN, date(2026, 11, 23))
        assert Clock.FIRST_ACTION not in found

    def test_an_emergency_asks_a_first_action_within_a_day(self) -> None:
        known = Known(MONDAY, emergency=True)
        line = schedule(known, Delays(), MONDAY + timedelta(hours=1))[0]
        assert (line.clock, line.due_at) == (Clock.FIRST_ACTION, MONDAY + timedelta(hours=24))
        assert schedule(known, Delays(), MONDAY + timedelta(hours=25))[0].state is DueState.LATE

    def test_what_follows_counts_from_the_end_of_the_investigation(self) -> None:
        visited = Reached(MONDAY + timedelta(days=2))
        found = by_clock(Known(MONDAY, reached={Clock.INVESTIGATE: visited}), MONDAY + timedelta(days=2))
        assert found[Clock.INVESTIGATE][0] is DueState.MET
        assert found[Clock.SUMMARY][1] == date(2026, 11, 9)
        assert found[Clock.WORKS][1] == date(2027, 1, 27)

    def test_met_late(self) -> None:
        late = Reached(MONDAY + timedelta(days=30))
        found = by_clock(Known(MONDAY, reached={Clock.INVESTIGATE: late}), MONDAY + timedelta(days=31))
        assert found[Clock.INVESTIGATE][0] is DueState.MET_LATE

    def test_made_safe_leaves_the_works_open(self) -> None:
        reached = {Clock.INVESTIGATE: Reached(MONDAY), Clock.MAKE_SAFE: Reached(MONDAY + timedelta(days=1))}
        lines = schedule(Known(MONDAY, reached=reached), Delays(), MONDAY + timedelta(days=1))
        assert {one.clock for one in lines if one.is_open} == {Clock.SUMMARY, Clock.WORKS}

    def test_what_is_not_needed_is_neither_met_nor_late(self) -> None:
        reached = {Clock.MAKE_SAFE: Reached(MONDAY, needed=False)}
        assert by_clock(Known(MONDAY, reached=reached), MONDAY)[Clock.MAKE_SAFE][0] is DueState.NOT_NEEDED

    def test_a_lasting_pause_holds_all_but_the_first_action(self) -> None:
        pause = Pause(date(2026, 11, 3))
        later = MONDAY + timedelta(days=40)
        assert by_clock(Known(MONDAY, pauses=(pause,)), later)[Clock.INVESTIGATE][0] is DueState.PAUSED
        urgent = by_clock(Known(MONDAY, emergency=True, pauses=(pause,)), later)
        assert urgent[Clock.FIRST_ACTION][0] is DueState.LATE

    def test_paused_days_lengthen_weeks_too(self) -> None:
        reached = {Clock.INVESTIGATE: Reached(MONDAY)}
        pause = Pause(date(2026, 11, 9), date(2026, 11, 15))
        plain = by_clock(Known(MONDAY, reached=reached), MONDAY)[Clock.WORKS][1]
        paused = by_clock(Known(MONDAY, reached=reached, pauses=(pause,)), MONDAY)[Clock.WORKS][1]
        assert (paused - plain).days == 7

    def test_a_closed_case_has_nothing_to_do(self) -> None:
        lines = schedule(Known(MONDAY, closed_at=MONDAY), Delays(), MONDAY + timedelta(days=90))
        assert {one.state for one in lines} == {DueState.STOPPED}
        assert next_due(lines) is None

    @given(st.integers(0, 200), st.integers(0, 100))
    def test_the_next_due_is_never_a_later_one(self, passed: int, visited: int) -> None:
        reached = {Clock.INVESTIGATE: Reached(MONDAY + timedelta(days=visited))} if visited <= passed else {}
        lines = schedule(Known(MONDAY, reached=reached), Delays(), MONDAY + timedelta(days=passed))
        found = next_due(lines)
        assert found is not None
        waiting = [one.due_at for one in lines if one.is_open and one.state is not DueState.FORESEEN]
        assert not waiting or found.due_at == min(waiting)


@pytest.mark.parametrize(
    ("kind", "competence", "held", "code"),
    [
        ("observation", "psychosocial", {"psychosocial"}, None),
        ("observation", "inspection", {"psychosocial"}, "missing"),
        ("works", "psychosocial", {"psychosocial"}, "technical"),
        ("works", "fire", {"fire"}, None),
        ("support", "inspection", {"inspection"}, "supporting"),
        ("support", "community", {"community"}, None),
    ],
)
def test_competences_decide_who_may_visit(kind: str, competence: str, held: set[str], code: str | None) -> None:
    assert refusal(kind=kind, competence=competence, held=held) == code
