"""Who may mediate between whom, and why not. Plain Python: it can be read to the tenants who mediate (S12)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Why(StrEnum):
    """What was looked at. Those of ``TO_CHECK`` do not forbid: somebody must ask."""

    UNTRAINED = "untrained"
    ENDED = "ended"
    HOME_UNKNOWN = "home_unknown"
    SAME_COMPLEX = "same_complex"
    NOT_THERE = "not_there"
    PARTY = "party"
    WAS_PARTY = "was_party"
    DECLARED = "declared"
    PLACE_UNKNOWN = "place_unknown"
    LANGUAGE = "language"


TO_CHECK = frozenset({Why.PLACE_UNKNOWN, Why.LANGUAGE})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mediator, by what the rule looks at. Complexes are ids; ``was_party_in``: where they were a party before."""

    home: int | None
    not_in: frozenset[int] = frozenset()
    trained: bool = True
    ended: bool = False
    languages: str = ""
    is_party: bool = False
    was_party_in: frozenset[int] = frozenset()
    declared: bool = False


@dataclass(frozen=True, slots=True)
class Matter:
    """A request, by what the rule looks at: where the parties live (``None``: nobody said), the language wished."""

    places: tuple[int | None, ...]
    language: str = ""

    @property
    def known(self) -> frozenset[int]:
        return frozenset(place for place in self.places if place is not None)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether somebody may mediate, with everything that was found."""

    found: tuple[Why, ...] = field(default=())

    @property
    def allowed(self) -> bool:
        return all(one in TO_CHECK for one in self.found)


def look_at(candidate: Candidate, matter: Matter) -> Verdict:
    """Nobody mediates where they live or asked not to, what they are or were a party to, or once they said so."""
    places = matter.known
    facts = {
        Why.UNTRAINED: not candidate.trained,
        Why.ENDED: candidate.ended,
        Why.HOME_UNKNOWN: candidate.home is None,
        Why.SAME_COMPLEX: candidate.home in places,
        Why.NOT_THERE: bool(candidate.not_in & places),
        Why.PARTY: candidate.is_party,
        Why.WAS_PARTY: bool(candidate.was_party_in & places),
        Why.DECLARED: candidate.declared,
        Why.PLACE_UNKNOWN: None in matter.places,
        Why.LANGUAGE: bool(matter.language) and not _speaks(candidate.languages, matter.language),
    }
    return Verdict(tuple(why for why, true in facts.items() if true))


def _speaks(languages: str, wanted: str) -> bool:
    return wanted.strip().casefold() in languages.casefold()


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
