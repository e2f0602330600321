"""The rules of consent (facts, section 4): a process and not a poll, one voice per organisation, silence as silence."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.together.decisions.rules.consent import (
    CONCLUDED,
    Mandate,
    Member,
    ObjectionState,
    Presence,
    Refusal,
    RoundState,
    Said,
    Voice,
    obstacles,
    reminder_due,
    result,
    seats_of,
    still_time,
    tally,
)
from concertoit.together.decisions.workflow.consent import (
    ACCEPTS,
    EXPLAINED,
    OBJECTION,
    OPEN,
    ROUND,
    Act,
    may_go,
    objection_may_go,
    opens_next_round,
    steps_from,
)

said = st.builds(
    Said, st.sampled_from([None, *Voice]), st.sampled_from(list(Mandate)), st.sampled_from(list(Presence))
)


class TestProcess:
    """« proposal → clarifying questions → reactions → objections → integration → consent » (facts, section 4)."""

    def test_the_way_through(self) -> None:
        path = [
            RoundState.PREPARED, RoundState.QUESTIONS, RoundState.REACTIONS, RoundState.VOICES,
            RoundState.INTEGRATION, RoundState.VOICES, RoundState.ADOPTED,
        ]  # fmt: skip
        assert all(may_go(before, after) for before, after in itertools.pairwise(path))

    def test_nothing_is_adopted_before_voices_are_heard(self) -> None:
        for state in (RoundState.PREPARED, RoundState.QUESTIONS, RoundState.REACTIONS):
            assert not may_go(state, RoundState.ADOPTED)
            assert not may_go(state, RoundState.ADOPTED_OVER)

    def test_every_state_has_its_row(self) -> None:
        assert set(ROUND) == set(ACCEPTS) == set(RoundState)
        assert set(OBJECTION) == set(ObjectionState)

    def test_leaving_integration_opens_the_next_round(self) -> None:
        assert opens_next_round(RoundState.INTEGRATION, RoundState.VOICES)
        assert opens_next_round(RoundState.ADOPTED, RoundState.QUESTIONS)
        assert not opens_next_round(RoundState.REACTIONS, RoundState.VOICES)
        assert not opens_next_round(RoundState.INTEGRATION, RoundState.NOT_ADOPTED)

    def test_who_speaks_may_still_ask(self) -> None:
        assert ACCEPTS[RoundState.VOICES] == {Act.ASK, Act.REACT, Act.SPEAK}
        assert Act.SPEAK not in ACCEPTS[RoundState.REACTIONS]
        assert OPEN.isdisjoint(CONCLUDED)
        assert steps_from(RoundState.PREPARED) == [RoundState.QUESTIONS, RoundState.REACTIONS, RoundState.VOICES]

    def test_what_is_settled_stays_settled(self) -> None:
        for settled in (ObjectionState.INTEGRATED, ObjectionState.WITHDRAWN):
            assert not OBJECTION[settled]
        assert objection_may_go(ObjectionState.NOT_RETAINED, ObjectionState.CLARIFIED)
        assert ObjectionState.NOT_RETAINED in EXPLAINED


class TestVoices:
    def test_one_voice_per_organisation(self) -> None:
        """The table of seed 000 has organisations with two people: they have one voice."""
        members = [Member(1, 7, "DSP", "a@exemple.test"), Member(2, 7, "DSP"), Member(3, None, "Une citoyenne")]
        seats = seats_of(members)
        assert [(seat.organisation, seat.label) for seat in seats] == [(7, "DSP"), (None, "Une citoyenne")]
        assert seats[0].emails == ["a@exemple.test"]

    @given(st.lists(said, max_size=30), st.none() | st.integers(1, 30))
    def test_every_seat_is_counted_once(self, seats: list[Said], quorum: int | None) -> None:
        count = tally(seats, quorum)
        assert count.consent + count.reserved + count.objection + count.silent == count.seats == len(seats)
        assert count.silent == sum(one.voice is None for one in seats)
        assert count.quorum_reached == (quorum is None or count.present >= quorum)

    def test_absent_is_not_consenting(self) -> None:
        count = tally([Said(presence=Presence.PRESENT), Said(presence=Presence.ABSENT)], None)
        assert (count.consent, count.silent, count.silent_present) == (0, 2, 1)
        assert Refusal.NO_VOICE in obstacles(count, [])

    def test_a_board_that_declines_undoes_the_consent(self) -> None:
        assert tally([Said(Voice.RESERVED, Mandate.PENDING)], None).reserved == 1
        assert tally([Said(Voice.RESERVED, Mandate.CONFIRMED)], None).consent == 1
        assert tally([Said(Voice.RESERVED, Mandate.DECLINED)], None).objection == 1


class TestResult:
    @pytest.mark.parametrize("state", [ObjectionState.RAISED, ObjectionState.CLARIFIED])
    def test_an_open_objection_stops_it(self, state: ObjectionState) -> None:
        assert obstacles(tally([Said(Voice.CONSENT)], None), [state]) == [Refusal.OPEN_OBJECTION]

    def test_quorum_stops_it(self) -> None:
        assert obstacles(tally([Said(Voice.CONSENT), Said()], 2), []) == [Refusal.NO_QUORUM]
        present = [Said(Voice.CONSENT), Said(presence=Presence.PRESENT)]
        assert obstacles(tally(present, 2), []) == []

    def test_what_was_not_retained_is_in_the_result(self) -> None:
        assert result([ObjectionState.INTEGRATED, ObjectionState.WITHDRAWN]) is RoundState.ADOPTED
        assert result([ObjectionState.NOT_RETAINED]) is RoundState.ADOPTED_OVER


def test_reminders_leave_some_days_before() -> None:
    last = date(2026, 3, 10)
    assert [day for day in range(1, 12) if reminder_due(last, date(2026, 3, day), None)] == [7, 9]
    assert not reminder_due(last, date(2026, 3, 9), date(2026, 3, 9))
    assert not reminder_due(None, date(2026, 3, 9), None)
    assert still_time(last, last)
    assert not still_time(last, date(2026, 3, 11))
