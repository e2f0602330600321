"""A year of entries, drawn once and for all, whose statistics are those a regional table published (seed 002).

Used by the demonstration and by tests: the counts below are chosen so that every published percentage comes out after
rounding, on few enough entries to be written in a moment. Who, where and when are drawn from a seed; nobody is behind.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from concertoit.field.logbook.rules.statistics import FAMILIES, YOUTH

SEED = 20220914
INDIVIDUAL, COLLECTIVE, PARTNER = "individual", "collective", "partner"


@dataclass(frozen=True, slots=True)
class Mix:
    """How many of each. ``youth_only``, ``families_only`` and ``both`` make the union; ``others`` are the mentions of
    other clienteles, at least one for each intervention outside the union."""

    sectors: Mapping[str, int]
    kinds: Mapping[str, int]
    objects: Mapping[str, int]
    youth_only: int
    families_only: int
    both: int
    others: int
    referred: int
    destinations: Mapping[str, int]
    reasons: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def entries(self) -> int:
        return sum(self.sectors.values())


PUBLISHED = Mix(
    sectors={"office": 1360, "nonprofit": 112, "coop": 64, "other": 64},  # 85, 7, 4 and 4 %
    kinds={INDIVIDUAL: 800, COLLECTIVE: 720, PARTNER: 80},  # 45 % collective
    objects={"projects": 475, "association": 108, "committee": 80, "gathering": 57},  # 66 and 15 % of 720
    youth_only=516, families_only=300, both=464,  # 1,280 of 1,600: 80 %; their sum is 1,744: 109 %
    others=551,  # 1,744 of 2,295 mentions: 76 %
    referred=320,  # one in five
    destinations={"cisss": 184, "community": 140, "municipal": 28, "other": 48},  # 46 and 35 % of 400
    reasons={
        "cisss": {"mental_health": 57, "frail_elders": 37},  # 31 and 20 % of 184; 14 and 9 % of 400
        "community": {"food": 48, "budget": 25},  # 34 and 18 % of 140; 12 and 6 % of 400
    },
)  # fmt: skip
"""The year of the published figures."""
YEAR_BEFORE = Mix(
    sectors={"office": 690, "nonprofit": 48, "coop": 32, "other": 30},
    kinds={INDIVIDUAL: 450, COLLECTIVE: 300, PARTNER: 50},
    objects={"projects": 180, "association": 63, "committee": 37, "gathering": 20},
    youth_only=260, families_only=170, both=180,
    others=300,
    referred=136,
    destinations={"cisss": 80, "community": 52, "municipal": 11, "other": 21},
    reasons={"cisss": {"mental_health": 22, "frail_elders": 19}, "community": {"food": 15, "budget": 12}},
)  # fmt: skip
"""A smaller year before, for comparing."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Codes that are drawn from beside those of the mix: other clienteles, activities by form, other reasons."""

    clienteles: Sequence[str]
    activities: Mapping[str, Sequence[str]]
    reasons: Sequence[str]


@dataclass(slots=True)
class SampleEntry:
    """An intervention of the generated year. ``referrals``: (destination, code of the main reason)."""

    on: date
    sector: str
    kind: str
    collective_object: str = ""
    clienteles: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    minutes: int = 0
    people: int | None = None
    referrals: list[tuple[str, str]] = field(default_factory=list)


def sample_year(year: int, mix: Mix, lists: Lists, *, seed: int = SEED) -> list[SampleEntry]:
    """The entries of a year, by day; the same every time. Raises ``ValueError`` for a mix that does not add up."""
    _sound(mix)
    draw = random.Random(f"{seed}-{year}")  # noqa: S311 - an example, drawn again the same
    days = _days(year)
    kinds = _dealt(draw, mix.kinds)
    sectors = _dealt(draw, mix.sectors)
    objects = _dealt(draw, mix.objects)
    entries = [SampleEntry(draw.choice(days), sector, kind) for sector, kind in zip(sectors, kinds, strict=True)]
    for entry, clienteles in zip(entries, _clienteles(draw, mix, lists), strict=True):
        entry.clienteles = clienteles
        _fill(draw, entry, lists, objects)
    _refer(draw, entries, mix, lists)
    return sorted(entries, key=lambda entry: entry.on)


def _sound(mix: Mix) -> None:
    total = mix.entries
    outside = total - mix.youth_only - mix.families_only - mix.both
    if sum(mix.kinds.values()) != total or sum(mix.objects.values()) != mix.kinds[COLLECTIVE]:
        raise ValueError("forms or objects do not add up")
    if not 0 <= outside <= mix.others or sum(mix.destinations.values()) < mix.referred:
        raise ValueError("clienteles or referrals do not add up")


def _days(year: int) -> list[date]:
    """Working days, and half as many chances in July and at the end of December."""
    first = date(year, 1, 1)
    found = [first + timedelta(days=offset) for offset in range((date(year, 12, 31) - first).days + 1)]
    return [
        day for day in found for _chance in range(1 if day.month == 7 or (day.month, day.day) > (12, 20) else 2)
        if day.weekday() < 5
    ]  # fmt: skip


def _dealt(draw: random.Random, counts: Mapping[str, int]) -> list[str]:
    """Each code as often as its count, shuffled."""
    found = [code for code, count in counts.items() for _one in range(count)]
    draw.shuffle(found)
    return found


def _clienteles(draw: random.Random, mix: Mix, lists: Lists) -> Iterator[tuple[str, ...]]:
    """Who was there: the union and what it is made of, then other clienteles until their mentions are spent."""
    outside = mix.entries - mix.youth_only - mix.families_only - mix.both
    groups: list[list[str]] = [
        *([YOUTH] for _one in range(mix.youth_only)),
        *([FAMILIES] for _one in range(mix.families_only)),
        *([YOUTH, FAMILIES] for _one in range(mix.both)),
        *([draw.choice(lists.clienteles)] for _one in range(outside)),
    ]
    more = mix.others - outside
    while more:
        group, code = draw.choice(groups), draw.choice(lists.clienteles)
        if code not in group:
            group.append(code)
            more -= 1
    draw.shuffle(groups)
    return (tuple(group) for group in groups)


def _fill(draw: random.Random, entry: SampleEntry, lists: Lists, objects: list[str]) -> None:
    choices = lists.activities[entry.kind]
    entry.activities = tuple(draw.sample(list(choices), draw.choice((1, 1, 2)) if len(choices) > 1 else 1))
    if entry.kind == INDIVIDUAL:
        entry.minutes, entry.people = draw.choice((15, 30, 30, 45, 60)), 1
        return
    entry.minutes = draw.choice((60, 90, 120, 180))
    if entry.kind == COLLECTIVE:
        entry.collective_object, entry.people = objects.pop(), draw.randint(4, 28)


def _refer(draw: random.Random, entries: Sequence[SampleEntry], mix: Mix, lists: Lists) -> None:
    """Share the referrals: one for each intervention that refers (individual work, a few others), the rest anywhere."""
    individual = [entry for entry in entries if entry.kind == INDIVIDUAL]
    others = [entry for entry in entries if entry.kind == PARTNER]
    few = min(8, len(others), mix.referred)
    chosen = draw.sample(individual, mix.referred - few) + draw.sample(others, few)
    referrals = []
    for destination, count in mix.destinations.items():
        given = dict(mix.reasons.get(destination, {}))
        rest = [code for code in lists.reasons if code not in given]
        reasons = _dealt(draw, given)
        referrals += [(destination, code) for code in reasons]
        referrals += [(destination, draw.choice(rest)) for _one in range(count - len(reasons))]
    draw.shuffle(referrals)
    for place, referral in enumerate(referrals):
        (chosen[place] if place < len(chosen) else draw.choice(chosen)).referrals.append(referral)
