"""Seats, presence and hours."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from concertoit.together.events import rules
from concertoit.together.events.workflow import event_may, need_may

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_nobody_passes_before_those_who_wait():
    assert rules.has_seat(None, 500, 3)
    assert rules.has_seat(2, 1, 0)
    assert not rules.has_seat(2, 2, 0)
    assert not rules.has_seat(2, 1, 1)


@given(st.none() | st.integers(1, 50), st.integers(0, 60), st.lists(st.integers(), unique=True))
def test_called_up_in_order_and_never_too_many(capacity, taken, waiting):
    called = rules.called_up(capacity, taken, waiting)
    assert called == waiting[: len(called)]
    if capacity is None:
        assert called == waiting
    else:
        assert len(called) == min(len(waiting), max(0, capacity - taken))


def test_the_code_works_around_the_session():
    for minutes, expected in ((-31, False), (-30, True), (60, True), (239, True), (241, False)):
        assert rules.may_check_in(NOON, 120, NOON + timedelta(minutes=minutes)) is expected


def test_hours_to_the_quarter():
    assert [rules.hours(minutes) for minutes in (120, 90, 100, 7)] == [
        Decimal(2), Decimal("1.5"), Decimal("1.75"), Decimal(0),
    ]  # fmt: skip


def test_turnout_knows_its_denominator():
    turnout = rules.add_up([rules.Turnout(10, 6, 2, waiting=1), rules.Turnout(4, 0, 0)])
    assert (turnout.registered, turnout.unknown, turnout.share) == (14, 6, Fraction(3, 4))
    assert rules.Turnout(4, 0, 0).share is None


def test_lives():
    assert event_may("draft", "announced")
    assert not event_may("draft", "done")
    assert need_may("open", "planned")
    assert not need_may("answered", "planned")
