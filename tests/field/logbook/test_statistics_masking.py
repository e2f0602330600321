"""What is published of the logbook: no masked figure follows from the others, nested or broken down as they are."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concertoit.field.logbook.rules import masking
from concertoit.field.logbook.rules.masking import masked
from concertoit.field.logbook.rules.sample_year import PUBLISHED, sample_year
from concertoit.field.logbook.rules.statistics import compute_all
from concertoit.field.logbook.rules.tallies import Counts
from concertoit.ground.privacy.rules.masking import determined
from tests.field.logbook.sample import LISTS, WORDS, Seen, count, population

ROW = st.tuples(
    st.sampled_from(("office", "office", "office", "nonprofit", "coop")),
    st.sampled_from(("individual", "collective", "partner")),
    st.integers(1, 15),  # clienteles
    st.integers(0, 7),  # activities
    st.lists(st.tuples(st.sampled_from(("cisss", "community", "other")), st.integers(0, 3)), max_size=2),
    st.sampled_from(("north", "south", "east")),
    st.integers(1, 12),  # how many like this one
)


def test_the_published_year_needs_little_masking() -> None:
    tables = compute_all(population(sample_year(2022, PUBLISHED, LISTS)), WORDS)
    assert not masked(tables, {}, smallest=5)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ROW, min_size=1, max_size=12), st.integers(3, 8))
def test_no_masked_figure_can_be_worked_out(rows: list[tuple[Any, ...]], smallest: int) -> None:
    people: dict[str, Counts] = {}
    places: dict[str, dict[str, int]] = {}
    for sector, kind, clienteles, activities, referrals, place, times in rows:
        counts = people.setdefault(sector, Counts())
        supported = "projects" if kind == "collective" else ""
        count(counts, Seen(kind, supported, 1, clienteles, activities, bool(referrals)), times)
        here = places.setdefault(place, dict.fromkeys(masking.COLUMNS, 0))
        here["interventions"] += times
        here["collective"] += times * (kind == "collective")
        here["referred"] += times * bool(referrals)
        for referral in referrals:
            counts.referrals[referral] += times
            here["referrals"] += times
    tables = compute_all(people, WORDS)
    web = masking.web_of(tables, {"place": places})
    away = masked(tables, {"place": places}, smallest=smallest)
    small = {key for key, count in web.counts.items() if 0 < count < smallest}
    assert small - web.hidden <= away
    found = determined(web.sums, away | web.hidden)
    assert not found & (away | small), "neither a masked figure nor a small one that is not printed"
