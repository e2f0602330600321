"""Hours, freshness, the finder, and HSDS rows: the rules of the directory."""

# ruff: noqa: DTZ001 (hours of opening are those of the place, without a zone)

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from concertoit.field.directory.rules import freshness, hours
from concertoit.field.directory.rules.finder import Asked, Offer, Verdict, find, judge
from concertoit.field.directory.rules.freshness import Freshness
from concertoit.field.directory.rules.hours import Opening, falls_on, hours_on, now, opening_of
from concertoit.field.directory.rules.record import read_hours, say_hours

WEEKDAYS = opening_of({"byday": "MO,TU,WE,TH,FR", "freq": "WEEKLY", "opens_at": "09:00", "closes_at": "17:00"})
NIGHT = opening_of({"byday": "FR", "opens_at": "20:00", "closes_at": "02:00"})
ALWAYS = opening_of({"byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": "00:00", "closes_at": "00:00"})
assert WEEKDAYS
assert NIGHT
assert ALWAYS
# Monday 2026-11-23; Thursday 2026-12-25 is a holiday on a Friday.
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("moment", "opened", "later"),
    [
        (datetime(2026, 11, 23, 8, 59), False, True),
        (datetime(2026, 11, 23, 9, 0), True, False),
        (datetime(2026, 11, 23, 16, 59), True, False),
        (datetime(2026, 11, 23, 17, 0), False, False),
        (datetime(2026, 12, 25, 10, 0), False, False),  # Christmas, a Friday
        (datetime(2026, 11, 22, 10, 0), False, False),  # a Sunday
    ],
)
def test_open_now(moment: datetime, opened: bool, later: bool) -> None:
    state = now([WEEKDAYS], moment)
    assert (state.open, state.later_today) == (opened, later)


def test_closed_says_when_it_opens_next() -> None:
    friday_evening = datetime(2026, 11, 27, 18, 0)
    assert now([WEEKDAYS], friday_evening).next == datetime(2026, 11, 30, 9, 0)
    # The National Holiday, 24 June 2026, is a Wednesday: it opens on Thursday.
    assert now([WEEKDAYS], datetime(2026, 6, 23, 18, 0)).next == datetime(2026, 6, 25, 9, 0)
    assert now([WEEKDAYS], datetime(2026, 6, 23, 18, 0), holidays_too=True).next == datetime(2026, 6, 24, 9, 0)


def test_past_midnight_and_all_day() -> None:
    assert now([NIGHT], datetime(2026, 11, 28, 1, 30)).until == datetime(2026, 11, 28, 2, 0)
    assert not now([NIGHT], datetime(2026, 11, 28, 2, 0)).open
    assert now([ALWAYS], datetime(2026, 11, 28, 3, 0), holidays_too=True).always
    assert not now([], datetime(2026, 11, 28, 3, 0)).known


def test_holidays_of_quebec() -> None:
    assert date(2026, 6, 24) in hours.holidays_of(2026)
    assert date(2026, 5, 18) in hours.holidays_of(2026)  # patriotes
    assert date(2026, 11, 11) not in hours.holidays_of(2026)


DAYS = st.lists(st.sampled_from(hours.DAYS), min_size=1, max_size=7, unique=True)


@given(days=DAYS, interval=st.integers(1, 4), start=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
       ahead=st.integers(0, 200))  # fmt: skip
def test_weeks_fall_as_the_calendar_standard_says(days: list[str], interval: int, start: date, ahead: int) -> None:
    rule = opening_of({"byday": ",".join(days), "freq": "WEEKLY", "interval": interval, "dtstart": str(start),
                       "opens_at": "09:00", "closes_at": "10:00"})  # fmt: skip
    oracle = rrule.rrule(
        rrule.WEEKLY, interval=interval, byweekday=[hours.DAYS.index(day) for day in days],
        dtstart=datetime.combine(start, time()), until=datetime.combine(start + timedelta(days=ahead), time()),
    )  # fmt: skip
    day = start + timedelta(days=ahead)
    assert rule is not None
    assert falls_on(rule, day) == (datetime.combine(day, time()) in oracle)


@given(which=st.sampled_from([-1, 1, 2, 3, 4]), weekday=st.integers(0, 6), interval=st.integers(1, 3),
       start=st.dates(date(2025, 1, 1), date(2026, 12, 31)), ahead=st.integers(0, 200))  # fmt: skip
def test_months_fall_as_the_calendar_standard_says(
    which: int, weekday: int, interval: int, start: date, ahead: int
) -> None:
    rule = opening_of({"byday": f"{which}{hours.DAYS[weekday]}", "freq": "MONTHLY", "interval": interval,
                       "dtstart": str(start), "opens_at": "09:00", "closes_at": "10:00"})  # fmt: skip
    oracle = rrule.rrule(
        rrule.MONTHLY, interval=interval, byweekday=[rrule.weekday(weekday, which)],
        dtstart=datetime.combine(start, time()), until=datetime.combine(start + timedelta(days=ahead), time()),
    )  # fmt: skip
    day = start + timedelta(days=ahead)
    assert rule is not None
    assert falls_on(rule, day) == (datetime.combine(day, time()) in oracle)


TIMES = st.times().map(lambda one: one.replace(second=0, microsecond=0))


@given(opens=TIMES, closes=TIMES, days=DAYS, at=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)))
def test_open_means_inside_hours(opens: time, closes: time, days: list[str], at: datetime) -> None:
    rule = Opening(opens, closes, tuple((0, hours.DAYS.index(day)) for day in days))
    state = now([rule], at)
    spans = [span for back in (0, 1) for span in hours_on([rule], at.date() - timedelta(days=back))]
    assert state.open == any(start <= at < end for start, end in spans)
    if state.open:
        assert state.until is not None
        assert state.until > at
    elif state.next:
        assert state.next > at
        assert now([rule], state.next).open


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("9 h à 12 h, 13 h à 16 h 30", "9 h à 12 h, 13 h à 16 h 30"),
        ("13:00-16:30; 9:00-12:00", "9 h à 12 h, 13 h à 16 h 30"),
        ("8h30 à 16h", "8 h 30 à 16 h"),
        ("", ""),
        ("Fermé", ""),
        ("24 h", "24 h"),
    ],
)
def test_hours_as_people_write_them(written: str, said: str) -> None:
    assert say_hours(read_hours(written)) == said
    assert read_hours(say_hours(read_hours(written))) == read_hours(written)


@pytest.mark.parametrize("written", ["le matin", "9 h", "9 h à midi", "25 h à 26 h", "9 à 5"])
def test_hours_that_are_not_understood(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_hours(written)


@pytest.mark.parametrize(
    ("confirmed", "changed", "expected"),
    [
        (10, None, Freshness.CURRENT), (10, 20, Freshness.CURRENT), (10, 5, Freshness.CHECK),
        (180, None, Freshness.CURRENT), (181, None, Freshness.CHECK), (366, None, Freshness.STALE),
        (None, 3, Freshness.CHECK), (None, 400, Freshness.STALE), (None, None, Freshness.STALE),
    ],
)  # fmt: skip
def test_freshness(confirmed: int | None, changed: int | None, expected: Freshness) -> None:
    def ago(days: int | None) -> date | None:
        return None if days is None else MONDAY - timedelta(days=days)

    assert freshness.freshness(ago(confirmed), ago(changed), MONDAY) is expected


AT = datetime(2026, 11, 23, 10, 0)
FOOD = Offer(1, "Panier", needs=frozenset({"food"}), areas=frozenset({"municipality/1"}), openings=(WEEKDAYS,))
CLOSED = Offer(2, "Comptoir", needs=frozenset({"food"}), areas=frozenset({"*"}), openings=(NIGHT,))
VAGUE = Offer(3, "Accueil", openings=(WEEKDAYS,))
ELDERS = Offer(4, "Aînés", needs=frozenset({"food"}), areas=frozenset({"*"}), minimum_age=65, openings=(WEEKDAYS,))


def test_the_finder_proposes_what_fits_first_and_says_why() -> None:
    asked = Asked(AT, places=frozenset({"municipality/1", "mrc/2"}), need="food", age=30)
    found = find([ELDERS, VAGUE, CLOSED, FOOD], asked)
    assert [one.offer.name for one in found] == ["Panier", "Accueil", "Comptoir", "Aînés"]
    assert [one.fits for one in found] == [True, True, True, False]
    assert {one.code: one.verdict for one in found[-1].reasons} == {
        "need": Verdict.YES, "place": Verdict.YES, "age": Verdict.NO,
    }  # fmt: skip


def test_what_a_record_does_not_say_excludes_nobody() -> None:
    asked = Asked(AT, places=frozenset({"mrc/9"}), need="legal", age=30, clientele="women", language="es")
    assert judge(VAGUE, asked).fits
    assert judge(Offer(5, "Suspendu", active=False), Asked(AT)).fits is False


CODES = st.sets(st.sampled_from("abcd"), max_size=3).map(frozenset)
OFFERS = st.builds(
    Offer, key=st.integers(1, 99), name=st.sampled_from(["A", "B", "C"]), needs=CODES, clienteles=CODES, languages=CODES,
    areas=CODES, minimum_age=st.none() | st.integers(0, 99), maximum_age=st.none() | st.integers(0, 99),
    openings=st.sampled_from([(), (WEEKDAYS,), (NIGHT,)]),
)  # fmt: skip
ASKED = st.builds(
    Asked, moment=st.just(AT), places=CODES, need=st.sampled_from(["", "a"]), age=st.none() | st.integers(0, 99),
    clientele=st.sampled_from(["", "a"]), language=st.sampled_from(["", "a"]),
)  # fmt: skip


@given(offers=st.lists(OFFERS, max_size=8, unique_by=lambda one: one.key), asked=ASKED, seed=st.randoms())
def test_the_finder_loses_nobody_and_orders_alone(offers: list[Offer], asked: Asked, seed: object) -> None:
    found = find(offers, asked)
    shuffled = list(offers)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    assert [one.offer.key for one in find(shuffled, asked)] == [one.offer.key for one in found]
    assert sorted(one.offer.key for one in found) == sorted(one.key for one in offers)
    fits = [one.fits for one in found]
    assert fits == sorted(fits, reverse=True), "what fits comes first"
    for one in found:
        assert one.fits == all(reason.verdict is not Verdict.NO for reason in one.reasons)


@given(offer=OFFERS, asked=ASKED)
def test_asking_less_never_excludes_more(offer: Offer, asked: Asked) -> None:
    if judge(offer, asked).fits:
        assert judge(offer, Asked(asked.moment, asked.places, asked.need)).fits
