"""The published figures (seed 002) come out of a generated year; the three usual mistakes give other numbers on it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concertoit.field.logbook.rules.sample_year import PUBLISHED, YEAR_BEFORE, SampleEntry, sample_year
from concertoit.field.logbook.rules.statistics import BY_CODE, By, Vocabulary, compute, compute_all, percent
from concertoit.field.logbook.rules.tallies import Counts, Span, add_text, cover, days_between, read, recent, written
from tests.field.logbook.sample import LISTS, WORDS, Seen, count, population


@pytest.fixture(scope="module")
def entries() -> list[SampleEntry]:
    return sample_year(2022, PUBLISHED, LISTS)


def shares(entries: list[SampleEntry], code: str) -> dict[str, int]:
    computed = compute(BY_CODE[code], population(entries), WORDS)
    return {line: int(computed.percent(line) or 0) for line in computed.lines}


def test_every_published_figure(entries: list[SampleEntry]) -> None:
    sectors = shares(entries, "sectors")
    assert (sectors["office"], sectors["nonprofit"], sectors["coop"], sectors["other"]) == (85, 7, 4, 4)
    assert shares(entries, "youth_families")["yes"] == 80
    assert shares(entries, "referred")["yes"] == 20
    destinations = shares(entries, "destinations")
    assert (destinations["cisss"], destinations["community"]) == (46, 35)
    cisss = shares(entries, "reasons_cisss")
    assert (cisss["mental_health"], cisss["frail_elders"]) == (31, 20)
    community = shares(entries, "reasons_community")
    assert (community["food"], community["budget"]) == (34, 18)
    assert shares(entries, "kinds")["collective"] == 45
    objects = shares(entries, "objects")
    assert (objects["projects"], objects["association"]) == (66, 15)


def test_the_variant_on_individual_work_says_another_thing(entries: list[SampleEntry]) -> None:
    computed = compute(BY_CODE["referred_individual"], population(entries), WORDS)
    assert (computed.total, computed.percent("yes")) == (800, 39)


def test_a_sum_instead_of_a_union_gives_109_percent(entries: list[SampleEntry]) -> None:
    clienteles = compute(BY_CODE["clienteles"], population(entries), WORDS)
    assert percent(clienteles.lines["youth"] + clienteles.lines["families"], clienteles.total) == 109


def test_mentions_instead_of_interventions_give_76_percent(entries: list[SampleEntry]) -> None:
    clienteles = compute(BY_CODE["clienteles"], population(entries), WORDS)
    assert percent(clienteles.lines["youth"] + clienteles.lines["families"], clienteles.mentions) == 76
    assert clienteles.mentions > clienteles.total, "a multi-valued list adds up to more than 100 %"


def test_reasons_over_all_referrals_lose_the_nesting(entries: list[SampleEntry]) -> None:
    tables = compute_all(population(entries), WORDS)
    everything = tables["destinations"].total
    cisss, community = tables["reasons_cisss"].lines, tables["reasons_community"].lines
    wrong = [cisss["mental_health"], cisss["frail_elders"], community["food"], community["budget"]]
    assert [percent(count, everything) for count in wrong] == [14, 9, 12, 6]


def test_the_year_is_the_same_every_time_and_every_form_has_what_it_needs(entries: list[SampleEntry]) -> None:
    assert sample_year(2022, PUBLISHED, LISTS) == entries
    assert all(bool(entry.collective_object) == (entry.kind == "collective") for entry in entries)
    assert all(entry.on.year == 2022 and entry.on.weekday() < 5 for entry in entries)
    assert sum(1 for entry in entries if entry.referrals) == PUBLISHED.referred
    assert len(sample_year(2021, YEAR_BEFORE, LISTS)) == YEAR_BEFORE.entries


def test_a_mix_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="forms"):
        sample_year(2022, replace(PUBLISHED, objects={"projects": 1}), LISTS)
    with pytest.raises(ValueError, match="clienteles"):
        sample_year(2022, replace(PUBLISHED, others=1), LISTS)


def test_two_editions_of_a_list_count_together() -> None:
    """What 2007 called by two names is one line in 2022: an intervention with both counts once."""
    words = Vocabulary(activities={(1, 0): "support", (1, 1): "support", (2, 0): "support", (2, 1): "lease"})
    counts = Counts()
    count(counts, Seen("individual", "", 1, 0, 0b11, referred=False), 4)
    count(counts, Seen("individual", "", 2, 0, 0b11, referred=False), 3)
    count(counts, Seen("individual", "", 2, 0, 0, referred=False))
    computed = compute(BY_CODE["activities"], {"office": counts}, words)
    assert computed.lines == {"lease": 3, "support": 7, "": 1}
    assert computed.total == 8


def test_a_share_of_nothing_is_nothing() -> None:
    assert percent(0, 0) is None
    assert compute(BY_CODE["sectors"], {}, WORDS).total == 0
    assert percent(1, 8) == 13, "12.5 rounds away from zero"
    assert percent(1, 8, 1) == percent(125, 1000, 1)


SEEN = st.builds(
    Seen, st.sampled_from(("individual", "collective", "partner")), st.sampled_from(("", "projects")),
    st.integers(1, 2), st.integers(0, 63), st.integers(0, 255), st.booleans(), st.integers(0, 240), st.integers(0, 1),
    st.integers(0, 40),
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine draws slowly
@given(st.lists(SEEN, max_size=30), st.lists(st.tuples(st.sampled_from(("cisss", "other")), st.integers(0, 6))))
def test_written_counts_read_back_and_add_up(rows: list[Seen], referrals: list[tuple[str, int]]) -> None:
    whole, halves = Counts(), [Counts(), Counts()]
    for place, row in enumerate(rows):
        count(whole, row)
        count(halves[place % 2], row)
    for place, one in enumerate(referrals):
        whole.referrals[one] += 1
        halves[place % 2].referrals[one] += 1
    assert read(written(whole)) == whole
    joined = add_text(read(written(halves[0])), written(halves[1]))
    assert joined == whole
    union = compute(BY_CODE["youth_families"], {"x": whole}, WORDS)
    assert union.lines["yes"] == sum(1 for row in rows if row.edition == 1 and row.clientele_mask & 0b11)
    assert (
        compute(BY_CODE["destinations"], {"x": whole}, WORDS).lines["cisss"]
        == Counter(destination for destination, _reason in referrals)["cisss"]
    )


DAYS = st.dates(date(2020, 1, 1), date(2023, 12, 31))


MONTHS = st.sets(st.tuples(st.integers(2019, 2024), st.integers(1, 12)))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine draws slowly
@given(DAYS, DAYS, MONTHS, st.sets(st.integers(2020, 2023)), st.sets(DAYS))
def test_a_period_is_covered_once(
    a: date, b: date, months: set[tuple[int, int]], years: set[int], single: set[date]
) -> None:
    start, end = min(a, b), max(a, b)
    kept = {(Span.MONTH, date(year, month, 1)) for year, month in months}
    kept |= {(Span.YEAR, date(year, 1, 1)) for year in years} | {(Span.DAY, day) for day in single}
    found = cover(start, end, kept)
    assert {(span, start) for span, starts in found.kept.items() for start in starts} <= kept
    runs = [(one, one.replace(month=12, day=31)) for one in found.years]
    runs += [(one, _last(one)) for one in found.months] + [(one, one) for one in found.days] + found.runs
    days = Counter(day for first, last in runs for day in days_between(first, last))
    assert set(days) == set(days_between(start, end))
    assert set(days.values()) == {1}
    assert not single & {day for first, last in found.runs for day in days_between(first, last)}
    assert not cover(start, end, kept, by_month=True).years


@given(DAYS, DAYS)
def test_a_day_that_may_be_read_was_told_of_every_correction(written: date, later: date) -> None:
    """Whoever writes on one day tells all the days before it that a later reader may find kept."""
    written, later = min(written, later), max(written, later)
    (told, until), (first, last) = recent(written), recent(later)
    assert told <= first <= last < later
    assert until == written - date.resolution


def _last(month: date) -> date:
    return date.fromordinal((month.replace(day=28).toordinal()) + 4).replace(day=1) - date.resolution


def test_lines_of_a_list_are_in_the_order_of_the_list(entries: list[SampleEntry]) -> None:
    computed = compute(BY_CODE["clienteles"], population(entries), WORDS)
    assert list(computed.lines) == [code for code in WORDS.order[By.CLIENTELE] if computed.lines.get(code)]
