"""What is counted, as definitions: unit, numerators, denominator, how many a unit may be in, rounding, smallest cell.

Source of the list: statistics that a regional table published in 2022 (seed 002), of which facts, section 2, give
numerator and denominator. A definition computes nothing by itself: ``compute`` reads it over ``Counts`` by sector.

Three traps, kept as tests: youth or families is a *union* (a sum counts twice who was both); its denominator is
interventions (not mentions); reasons are shares of the referrals *to that destination* (not of all referrals).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from concertoit.field.logbook.rules.tallies import Counts
from concertoit.ground.privacy.rules.masking import SMALLEST

YOUTH, FAMILIES = "youth", "families"
NONE = ""
"""The line of units that say nothing (no clientele ticked, no reason that the lists know)."""


class Unit(StrEnum):
    """What is counted."""

    INTERVENTION = "intervention"
    REFERRAL = "referral"


class By(StrEnum):
    """What tells the lines of a table apart."""

    SECTOR = "sector"
    KIND = "kind"
    OBJECT = "object"
    REFERRED = "referred"
    ANY_OF = "any_of"
    CLIENTELE = "clientele"
    ACTIVITY = "activity"
    DESTINATION = "destination"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Definition:
    """A table: each line is a numerator, all share one denominator.

    ``among`` narrows the denominator to a form of intervention or a destination: the table is then nested in the line of
    another one. ``multiple``: a unit may be in several lines, whose shares may add up to more than 100 %.
    ``any_of``: the codes of a union, counted once.
    """

    code: str
    unit: Unit
    by: By
    among: str = ""
    multiple: bool = False
    any_of: tuple[str, ...] = ()
    decimals: int = 0
    smallest: int = SMALLEST


_I, _R = Unit.INTERVENTION, Unit.REFERRAL
DEFINITIONS: tuple[Definition, ...] = (
    Definition("sectors", _I, By.SECTOR),
    Definition("clienteles", _I, By.CLIENTELE, multiple=True),
    Definition("youth_families", _I, By.ANY_OF, any_of=(YOUTH, FAMILIES)),
    Definition("referred", _I, By.REFERRED),
    Definition("referred_individual", _I, By.REFERRED, among="individual"),
    Definition("destinations", _R, By.DESTINATION),
    Definition("reasons_cisss", _R, By.REASON, among="cisss"),
    Definition("reasons_community", _R, By.REASON, among="community"),
    Definition("kinds", _I, By.KIND),
    Definition("objects", _I, By.OBJECT, among="collective"),
    Definition("activities", _I, By.ACTIVITY, multiple=True),
)
BY_CODE = {one.code: one for one in DEFINITIONS}
NESTED = {
    "referred_individual": ("kinds", "individual"),
    "reasons_cisss": ("destinations", "cisss"),
    "reasons_community": ("destinations", "community"),
    "objects": ("kinds", "collective"),
}
"""Whose line a nested table divides: its denominator is that line's numerator."""
LINES: dict[By, tuple[str, ...]] = {
    By.SECTOR: ("office", "nonprofit", "coop", "other"),
    By.KIND: ("individual", "collective", "partner"),
    By.OBJECT: ("projects", "association", "committee", "gathering"),
    By.REFERRED: ("yes", "no"),
    By.ANY_OF: ("yes", "no"),
    By.DESTINATION: ("cisss", "community", "municipal", "other"),
}
"""Lines that are always shown, in order. Those of lists come from the lists."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Lists as data. ``bits``: (edition, bit) → code, for clienteles and for activities; ``reasons``: id → code.

    Codes are those of the newest edition a term became; ``order`` is that of the lists.
    """

    clienteles: Mapping[tuple[int, int], str] = field(default_factory=dict)
    activities: Mapping[tuple[int, int], str] = field(default_factory=dict)
    reasons: Mapping[int, str] = field(default_factory=dict)
    order: Mapping[By, tuple[str, ...]] = field(default_factory=dict)

    def codes(self, by: By, edition: int, mask: int) -> frozenset[str]:
        """The terms of a mask, each once, whatever the edition called them."""
        bits = self.clienteles if by in (By.CLIENTELE, By.ANY_OF) else self.activities
        found, bit = set(), 0
        while mask >> bit:
            if mask >> bit & 1 and (code := bits.get((edition, bit))):
                found.add(code)
            bit += 1
        return frozenset(found)


Population = Mapping[str, Counts]
"""Counts of interventions and referrals, by sector of the building."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A definition over a population: the count of each line, and the denominator."""

    definition: Definition
    lines: dict[str, int]
    total: int

    @property
    def mentions(self) -> int:
        return sum(self.lines.values())

    def percent(self, line: str) -> Decimal | None:
        return percent(self.lines.get(line, 0), self.total, self.definition.decimals)


def percent(count: int, total: int, decimals: int = 0) -> Decimal | None:
    """A share in per cent, halves away from zero; nothing of nothing."""
    if not total:
        return None
    return (Decimal(100 * count) / total).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def compute(definition: Definition, population: Population, words: Vocabulary) -> Computed:
    """Count what a definition asks."""
    if definition.by is By.SECTOR:
        lines = Counter({sector: counts.interventions for sector, counts in population.items() if sector})
        return _table(definition, lines, lines.total(), words)
    whole = whole_of(population)
    if definition.unit is Unit.REFERRAL:
        return _referrals(definition, whole, words)
    total = _interventions(whole, definition.among)
    return _table(definition, _numerators(definition, whole, total, words), total, words)


def compute_all(population: Population, words: Vocabulary) -> dict[str, Computed]:
    """Every definition over one population."""
    whole = {"": whole_of(population)}
    return {one.code: compute(one, population if one.by is By.SECTOR else whole, words) for one in DEFINITIONS}


def whole_of(population: Population) -> Counts:
    """All sectors together."""
    if len(population) == 1:
        return next(iter(population.values()))
    whole = Counts()
    for counts in population.values():
        whole.add(counts)
    return whole


def _interventions(whole: Counts, kind: str) -> int:
    return sum(count for (form, _object), count in whole.entries.items() if not kind or form == kind)


def _numerators(definition: Definition, whole: Counts, total: int, words: Vocabulary) -> Counter[str]:
    by, among = definition.by, definition.among
    lines: Counter[str] = Counter()
    if by in (By.CLIENTELE, By.ACTIVITY, By.ANY_OF):
        return _of_lists(definition, whole, words)
    if by is By.REFERRED:
        referred = sum(count for form, count in whole.referred.items() if not among or form == among)
        return Counter({"yes": referred, "no": total - referred})
    for (form, supported), count in whole.entries.items():
        if not among or form == among:
            lines[form if by is By.KIND else supported] += count
    return lines


def _of_lists(definition: Definition, whole: Counts, words: Vocabulary) -> Counter[str]:
    """Terms of multi-valued lists, or a union of some of them: an intervention counts once in each."""
    masks = whole.activities if definition.by is By.ACTIVITY else whole.clienteles
    lines: Counter[str] = Counter()
    for (edition, mask), count in masks.items():
        codes = words.codes(definition.by, edition, mask)
        if definition.by is By.ANY_OF:
            lines["no" if codes.isdisjoint(definition.any_of) else "yes"] += count
        else:
            for code in codes or {NONE}:
                lines[code] += count
    return lines


def _referrals(definition: Definition, whole: Counts, words: Vocabulary) -> Computed:
    lines: Counter[str] = Counter()
    for (destination, reason), count in whole.referrals.items():
        if definition.by is By.DESTINATION:
            lines[destination] += count
        elif destination == definition.among:
            lines[words.reasons.get(reason, NONE)] += count
    return _table(definition, lines, lines.total(), words)


def _table(definition: Definition, lines: Mapping[str, int], total: int, words: Vocabulary) -> Computed:
    """Lines in the order of their list; those that are always shown, then those that something is in."""
    known: Iterable[str] = LINES.get(definition.by) or words.order.get(definition.by, ())
    shown = set(LINES.get(definition.by, ())) | {code for code, count in lines.items() if count}
    ordered = [code for code in dict.fromkeys((*known, *sorted(lines), NONE)) if code in shown and code != NONE]
    if lines.get(NONE):
        ordered.append(NONE)
    return Computed(definition, {code: lines.get(code, 0) for code in ordered}, total)
