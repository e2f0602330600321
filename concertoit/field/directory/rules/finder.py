"""« Qui peut aider cette personne, ici, maintenant? » : every service of the directory judged, with its reasons.

What a record does not say excludes nobody: it is said, and ranked after what is known to fit. Nothing of the person is
kept: the question is a place, a need, an age, whom the service is for, a language, and the hour.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from concertoit.field.directory.rules.freshness import Freshness
from concertoit.field.directory.rules.hours import Now, Opening, now


class Verdict(StrEnum):
    """What a criterion says."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Asked:
    """The question. What is empty is not asked. ``places``: codes of the municipality, its MRC and its region."""

    moment: datetime
    places: frozenset[str] = frozenset()
    need: str = ""
    age: int | None = None
    clientele: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the directory says of a service. Empty means that it does not say (``areas``: everywhere is ``*``)."""

    key: int
    name: str
    areas: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    clienteles: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    minimum_age: float | None = None
    maximum_age: float | None = None
    openings: tuple[Opening, ...] = ()
    holidays_too: bool = False
    active: bool = True
    freshness: Freshness = Freshness.CURRENT


@dataclass(frozen=True, slots=True)
class Reason:
    """A criterion that was asked, and what it says."""

    code: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """A service with the reasons for which it is proposed, or not."""

    offer: Offer
    reasons: tuple[Reason, ...]
    now: Now = field(default_factory=lambda: Now(known=False))

    @property
    def fits(self) -> bool:
        """Whether nothing that is known says no."""
        return all(reason.verdict is not Verdict.NO for reason in self.reasons)

    @property
    def unknown(self) -> int:
        return sum(1 for reason in self.reasons if reason.verdict is Verdict.UNKNOWN)


def _among(asked: str, said: frozenset[str]) -> Verdict:
    if not said:
        return Verdict.UNKNOWN
    return Verdict.YES if asked in said or "*" in said else Verdict.NO


def _place(asked: frozenset[str], areas: frozenset[str]) -> Verdict:
    if not areas:
        return Verdict.UNKNOWN
    return Verdict.YES if "*" in areas or asked & areas else Verdict.NO


def _age(age: int, offer: Offer) -> Verdict:
    """A service that says no age is for every age."""
    low = offer.minimum_age is None or age >= offer.minimum_age
    # Somebody of 17 and a half is 17: a service up to 17 takes them until the day they are 18.
    high = offer.maximum_age is None or age <= offer.maximum_age
    return Verdict.YES if low and high else Verdict.NO


def judge(offer: Offer, asked: Asked) -> Judged:
    """A service under a question."""
    reasons = [] if offer.active else [Reason("active", Verdict.NO)]
    if asked.need:
        reasons.append(Reason("need", _among(asked.need, offer.needs)))
    if asked.places:
        reasons.append(Reason("place", _place(asked.places, offer.areas)))
    if asked.age is not None:
        reasons.append(Reason("age", _age(asked.age, offer)))
    if asked.clientele:
        # A service that names no clientele is for everybody.
        said = _among(asked.clientele, offer.clienteles) if offer.clienteles else Verdict.YES
        reasons.append(Reason("clientele", said))
    if asked.language:
        reasons.append(Reason("language", _among(asked.language, offer.languages)))
    return Judged(offer, tuple(reasons), now(offer.openings, asked.moment, holidays_too=offer.holidays_too))


_FRESH = {Freshness.CURRENT: 0, Freshness.CHECK: 1, Freshness.STALE: 2}


def rank(one: Judged) -> tuple[object, ...]:
    """Those that fit first; among them open now, open later today, then the others; what is best known before."""
    opens = 0 if one.now.open else 1 if one.now.later_today else 2 if one.now.next or not one.now.known else 3
    return (not one.fits, opens, one.unknown, _FRESH[one.offer.freshness], one.offer.name.casefold(), one.offer.key)


def find(offers: Iterable[Offer], asked: Asked) -> list[Judged]:
    """All the services judged, the best first. The order of the offers changes nothing."""
    return sorted((judge(offer, asked) for offer in offers), key=rank)
