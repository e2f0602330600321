"""Whether a request fits the pilot, rule by rule. A rule proposes; a person of the team decides and says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Lowest age of each band, in years.
_FROM = {"under_65": 0, "65_74": 65, "75_84": 75, "85": 85}


@dataclass(frozen=True, slots=True)
class Limits:
    """What the pilot admits; ``None`` is not set by the démarche: the rule then asks to check."""

    min_age: int | None
    mrcs: frozenset[int]
    works: frozenset[str]
    max_cost: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a request. Empty or ``None``: not known."""

    age_band: str
    mrc: int | None
    works: Sequence[str]
    needs_trade: bool | None
    landlord_must: bool | None
    tenure: str


@dataclass(frozen=True, slots=True)
class Line:
    """One rule and its answer: ``yes`` (fits), ``no``, ``unknown`` (to be checked)."""

    code: str
    answer: str


@dataclass(frozen=True, slots=True)
class Admission:
    """The verdict with what caused it. ``answer`` is ``no`` with one no, ``unknown`` with one unknown, else ``yes``."""

    lines: tuple[Line, ...]

    @property
    def answer(self) -> str:
        said = {line.answer for line in self.lines}
        return "no" if "no" in said else "unknown" if "unknown" in said else "yes"


def admission(asked: Asked, limits: Limits) -> Admission:
    """Age, territory, kind of works, licensed trade, and what the landlord owes (C.c.Q., art. 1854 and 1864)."""
    return Admission(
        (
            Line("age", _age(asked.age_band, limits.min_age)),
            Line("territory", "unknown" if asked.mrc is None else _yes(asked.mrc in limits.mrcs)),
            Line("works", _yes(set(asked.works) <= limits.works) if asked.works else "unknown"),
            Line("trade", "unknown" if asked.needs_trade is None else _yes(not asked.needs_trade)),
            Line("landlord", _landlord(asked)),
        )
    )


def _age(band: str, least: int | None) -> str:
    if band not in _FROM or least is None:
        return "unknown"
    above = [start for start in _FROM.values() if start > _FROM[band]]
    highest = min(above) - 1 if above else 120
    if _FROM[band] >= least:
        return "yes"
    return "no" if highest < least else "unknown"


def _landlord(asked: Asked) -> str:
    """An owner has no landlord; for a tenant, what the landlord must do is asked of the landlord first."""
    if asked.tenure == "owner":
        return "yes"
    return "unknown" if asked.landlord_must is None else _yes(not asked.landlord_must)


def _yes(fits: bool) -> str:
    return "yes" if fits else "no"
