"""How fresh news are, and when somebody is reminded."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from concertoit.together.plans.rules.schedule import SILENT_AFTER
from concertoit.together.plans.rules.staleness import (
    AGEING_AFTER,
    DUE_SOON,
    REMIND_EVERY,
    Freshness,
    NextReminder,
    Why,
    next_reminder,
    staleness,
)

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
DATES = st.integers(-900, 900).map(lambda days: TODAY + timedelta(days=days))
MAYBE = st.none() | DATES


def fresh(**values: object) -> Freshness:
    known = {"last_news": None, "started": TODAY - timedelta(days=365), "settled": False, "today": TODAY}
    return staleness(**{**known, **values}).freshness  # type: ignore[arg-type]


def test_news_grow_old() -> None:
    assert fresh(last_news=TODAY) is Freshness.FRESH
    assert fresh(last_news=TODAY - AGEING_AFTER) is Freshness.FRESH
    assert fresh(last_news=TODAY - AGEING_AFTER - DAY) is Freshness.AGEING
    assert fresh(last_news=TODAY - SILENT_AFTER - DAY) is Freshness.SILENT


def test_before_its_start_and_once_settled_nobody_owes_news() -> None:
    assert fresh(started=TODAY + DAY) is Freshness.QUIET
    assert fresh(settled=True) is Freshness.QUIET
    assert fresh(started=None) is Freshness.QUIET


def test_never_heard_of_is_counted_from_the_start() -> None:
    found = staleness(last_news=None, started=TODAY - timedelta(days=90), settled=False, today=TODAY)
    assert (found.freshness, found.days, found.never) == (Freshness.SILENT, 90, True)


def remind(**values: object) -> NextReminder | None:
    known = {
        "due": None, "last_news": None, "started": None, "settled": False, "last_reminded": None, "today": TODAY,
    }  # fmt: skip
    return next_reminder(**{**known, **values})  # type: ignore[arg-type]


def test_a_due_date_is_announced_then_recalled() -> None:
    due = TODAY + timedelta(days=60)
    assert remind(due=due) == NextReminder(due - DUE_SOON, Why.SOON)
    assert remind(due=TODAY + DAY) == NextReminder(TODAY, Why.SOON)
    assert remind(due=TODAY - DAY) == NextReminder(TODAY, Why.LATE)


def test_one_reminder_in_two_weeks() -> None:
    assert remind(due=TODAY - DAY, last_reminded=TODAY) == NextReminder(TODAY + REMIND_EVERY, Why.LATE)


def test_fresh_news_are_an_answer() -> None:
    assert remind(due=TODAY - DAY, last_news=TODAY - DAY) == NextReminder(TODAY - DAY + REMIND_EVERY, Why.LATE)


def test_silence_is_recalled_without_a_due_date() -> None:
    assert remind(started=TODAY - timedelta(days=200)) == NextReminder(TODAY, Why.SILENT)
    assert remind() is None
    assert remind(due=TODAY, settled=True) is None


@given(due=MAYBE, news=MAYBE, started=MAYBE, reminded=MAYBE, today=DATES)
def test_never_in_the_past_nor_too_close(
    due: date | None, news: date | None, started: date | None, reminded: date | None, today: date
) -> None:
    found = next_reminder(due=due, last_news=news, started=started, settled=False, last_reminded=reminded, today=today)
    if found is None:
        assert due is None
        assert news is None
        assert started is None
        return
    assert found.on >= today
    assert found.on.weekday() < 5
    assert reminded is None or found.on >= reminded + REMIND_EVERY
    assert news is None or found.on >= news + REMIND_EVERY
    if found.why is Why.SOON:
        assert due is not None
        assert found.on <= due
    if found.why is Why.LATE:
        assert due is not None
        assert found.on > due


@given(due=MAYBE, news=MAYBE, started=MAYBE, today=DATES)
def test_reminding_moves_the_next_one_forward(
    due: date | None, news: date | None, started: date | None, today: date
) -> None:
    """Whatever happens, nobody gets the same item two days in a row."""
    first = next_reminder(due=due, last_news=news, started=started, settled=False, last_reminded=None, today=today)
    if first is None:
        return
    second = next_reminder(
        due=due, last_news=news, started=started, settled=False, last_reminded=first.on, today=first.on
    )
    assert second is not None
    assert second.on >= first.on + REMIND_EVERY
