"""Who can do the works: by territory, skill, checks and load. Everybody is listed, with what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Need:
    """What a request needs: a municipality, its MRC, kinds of works, a language perhaps, and today."""

    municipality: int
    mrc: int | None
    works: frozenset[str]
    language: str
    today: date


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who helps. ``checked_on``: when their record was last verified, good for ``check_months``."""

    id: int
    mrcs: frozenset[int]
    skills: frozenset[str]
    languages: frozenset[str]
    checked_on: date | None
    load: int
    max_load: int
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate with what they can do and what stands in the way (codes; none: can be proposed)."""

    candidate: Candidate
    covered: frozenset[str]
    obstacles: tuple[str, ...]

    @property
    def possible(self) -> bool:
        return not self.obstacles


def matches(need: Need, candidates: Iterable[Candidate], *, check_months: int | None) -> list[Match]:
    """Candidates, the possible ones first, then by language, load and id: the same list whatever the order given."""
    found = [Match(one, one.skills & need.works, tuple(_obstacles(need, one, check_months))) for one in candidates]
    return sorted(found, key=lambda match: _rank(need, match))


def _rank(need: Need, match: Match) -> tuple[object, ...]:
    one = match.candidate
    speaks = not need.language or need.language.casefold() in {said.casefold() for said in one.languages}
    return (not match.possible, len(match.obstacles), not speaks, -len(match.covered), one.load, one.id)


def _obstacles(need: Need, one: Candidate, check_months: int | None) -> Iterable[str]:
    if need.mrc not in one.mrcs:
        yield "territory"
    if not need.works <= one.skills:
        yield "skills"
    if one.checked_on is None or (check_months is not None and _months(one.checked_on, need.today) >= check_months):
        yield "check"
    if one.load >= one.max_load:
        yield "load"
    if one.ends_on is not None and one.ends_on < need.today:
        yield "ended"


def _months(since: date, today: date) -> int:
    whole = (today.year - since.year) * 12 + today.month - since.month
    return whole if today.day >= since.day else whole - 1
