"""Grades in words, what is counted of them, and what a page says of the count.

Nothing here decides: a median places an action in a band, agreement says how far people are from one another. « Je ne
sais pas » is an answer and not an opinion; it never weighs as a low grade. Sources: M. Balinski and R. Laraki, *Majority
Judgment* (2010), for medians and ties; W. Tastle and M. Wierman, « Consensus and dissention: a measure of ordinal
dispersion », *International Journal of Approximate Reasoning* 45 (2007), for agreement.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Grade(StrEnum):
    """The five grades, best first."""

    ESSENTIAL = "essential"
    IMPORTANT = "important"
    USEFUL = "useful"
    MINOR = "minor"
    LEAVE = "leave"


GRADES = tuple(Grade)
# « Je ne sais pas »: kept beside the grades, never among them.
UNKNOWN = "unknown"
ANSWERS = (*GRADES, UNKNOWN)
# The grades that speak for an action, when one asks whether a family supports it.
SUPPORTING = (Grade.ESSENTIAL, Grade.IMPORTANT)


class Band(StrEnum):
    """Where the median places an action; ``FEW`` when too few people have an opinion to say anything."""

    FIRST = "first"
    FORWARD = "forward"
    USEFUL = "useful"
    RECONSIDER = "reconsider"
    FEW = "few"


BAND_OF = {
    Grade.ESSENTIAL: Band.FIRST,
    Grade.IMPORTANT: Band.FORWARD,
    Grade.USEFUL: Band.USEFUL,
    Grade.MINOR: Band.RECONSIDER,
    Grade.LEAVE: Band.RECONSIDER,
}


class Closeness(StrEnum):
    """How far people are from one another."""

    AGREED = "agreed"
    MIXED = "mixed"
    DIVIDED = "divided"
    POLARISED = "polarised"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where words begin. They are ours (no source sets them), dated, kept with each result and shown with it.

    ``opinions``: fewer opinions than this say nothing. ``agreed``, ``divided``: agreement from which, and under which, a
    word is said. ``camp``: share of the opinions that makes a camp at each end. ``group``: voices under which a family is
    not shown alone.
    """

    version: str = "2026-11"
    opinions: int = 3
    agreed: Fraction = Fraction(7, 10)
    divided: Fraction = Fraction(1, 2)
    camp: Fraction = Fraction(3, 10)
    group: int = 3

    def as_plain(self) -> dict[str, str | int]:
        """For the record of a result."""
        return {
            "version": self.version,
            "opinions": self.opinions,
            "agreed": str(self.agreed),
            "divided": str(self.divided),
            "camp": str(self.camp),
            "group": self.group,
        }


THRESHOLDS = Thresholds()


def thresholds_of(plain: Mapping[str, str | int]) -> Thresholds:
    """The thresholds that a record keeps."""
    return Thresholds(
        version=str(plain["version"]),
        opinions=int(plain["opinions"]),
        agreed=Fraction(str(plain["agreed"])),
        divided=Fraction(str(plain["divided"])),
        camp=Fraction(str(plain["camp"])),
        group=int(plain["group"]),
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """What voices said of one action: a count per grade (best first), those who do not know, those who said nothing."""

    grades: tuple[int, ...]
    unknown: int = 0
    silent: int = 0

    @property
    def opinions(self) -> int:
        """The denominator of every share: voices that gave a grade."""
        return sum(self.grades)

    @property
    def voices(self) -> int:
        """Voices that filled a form, whatever they said here."""
        return self.opinions + self.unknown + self.silent


def tally(answers: Iterable[str | None]) -> Tally:
    """Count the answers about one action; nothing counts as silence. Raises ``ValueError`` for an unknown answer."""
    counts = dict.fromkeys(GRADES, 0)
    unknown = silent = 0
    for answer in answers:
        if answer is None:
            silent += 1
        elif answer == UNKNOWN:
            unknown += 1
        else:
            counts[Grade(answer)] += 1
    return Tally(tuple(counts.values()), unknown, silent)


def closeness(counts: Sequence[int], agreement: Fraction | float, thresholds: Thresholds = THRESHOLDS) -> Closeness:
    """A word for how far opinions are; two camps at the ends (the two best grades, the two last) come first."""
    total = sum(counts)
    if total:
        above, below = Fraction(sum(counts[:2]), total), Fraction(sum(counts[-2:]), total)
        if min(above, below) >= thresholds.camp:
            return Closeness.POLARISED
    if agreement >= thresholds.agreed:
        return Closeness.AGREED
    return Closeness.DIVIDED if agreement < thresholds.divided else Closeness.MIXED


def order_for(seed: str, who: str, keys: Iterable[int]) -> list[int]:
    """The order in which one voice sees the actions of an axis: drawn, different for each, the same at each visit.

    Nobody is always first: what stands first on a form gets better answers. Drawn by SHA-256, so that no library's
    generator changes it.
    """
    return sorted(keys, key=lambda key: hashlib.sha256(f"{seed}:{who}:{key}".encode()).digest())


def answered(grades: Mapping[str, str]) -> int:
    """How many actions a form speaks of; « je ne sais pas » is an answer."""
    return sum(1 for answer in grades.values() if answer in ANSWERS)
