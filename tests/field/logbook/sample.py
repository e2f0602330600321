"""The generated year as counts, with lists of its own: rules are tried without a database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from concertoit.field.logbook.rules.sample_year import Lists, SampleEntry
from concertoit.field.logbook.rules.statistics import By, Vocabulary
from concertoit.field.logbook.rules.tallies import Counts

CLIENTELES = ("youth", "families", "elders", "alone", "newcomers", "disabled")
ACTIVITIES = ("welcome", "referral", "accompaniment", "conflict", "crisis", "lease", "tenants_committee", "outing")
REASONS = ("mental_health", "frail_elders", "food", "budget", "home_support", "addiction", "rights")
LISTS = Lists(
    CLIENTELES[2:],
    {"individual": ACTIVITIES[:6], "collective": ACTIVITIES[6:], "partner": ("accompaniment",)},
    REASONS,
)
WORDS = Vocabulary(
    clienteles={(1, bit): code for bit, code in enumerate(CLIENTELES)},
    activities={(1, bit): code for bit, code in enumerate(ACTIVITIES)},
    reasons=dict(enumerate(REASONS)),
    order={By.CLIENTELE: CLIENTELES, By.ACTIVITY: ACTIVITIES, By.REASON: REASONS},
)


def mask_of(codes: Iterable[str], known: tuple[str, ...]) -> int:
    return sum(1 << known.index(code) for code in codes)


@dataclass(frozen=True, slots=True)
class Seen:
    """What figures keep of interventions that are alike. ``minutes`` and ``people`` are their sums; ``timed``: how many
    say how long they took."""

    kind: str
    collective_object: str
    edition: int
    clientele_mask: int
    activity_mask: int
    referred: bool
    minutes: int = 0
    timed: int = 0
    people: int = 0


def count(counts: Counts, seen: Seen, times: int = 1) -> None:
    """Count interventions that are alike."""
    counts.entries[seen.kind, seen.collective_object] += times
    counts.clienteles[seen.edition, seen.clientele_mask] += times
    counts.activities[seen.edition, seen.activity_mask] += times
    if seen.referred:
        counts.referred[seen.kind] += times
    if seen.timed:
        counts.minutes[seen.kind] += seen.minutes
        counts.timed[seen.kind] += seen.timed
    if seen.people:
        counts.people[seen.kind] += seen.people


def seen(entry: SampleEntry) -> Seen:
    return Seen(
        entry.kind, entry.collective_object, 1, mask_of(entry.clienteles, CLIENTELES),
        mask_of(entry.activities, ACTIVITIES), bool(entry.referrals), entry.minutes, 1, entry.people or 0,
    )  # fmt: skip


def population(entries: Iterable[SampleEntry]) -> dict[str, Counts]:
    found: dict[str, Counts] = {}
    for entry in entries:
        counts = found.setdefault(entry.sector, Counts())
        count(counts, seen(entry))
        for destination, reason in entry.referrals:
            counts.referrals[destination, REASONS.index(reason)] += 1
    return found
