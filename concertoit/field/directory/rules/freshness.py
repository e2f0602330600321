"""How far a record can be trusted: when its organisation last said that it is right. Dated parameters, shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Freshness(StrEnum):
    """What the badge says."""

    CURRENT = "current"
    CHECK = "check"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Delays:
    """Days after which a confirmed record is to be checked, then stale; in use from a day on."""

    check: int
    stale: int
    link: int
    since: date
    source: str


TABLE: tuple[Delays, ...] = (
    Delays(
        180, 365, 30, date(2024, 1, 1),
        "Choix de la plateforme, d’après l’usage des répertoires de services : vérifier chaque fiche une fois par année",
    ),
)  # fmt: skip


def in_force(on: date) -> Delays:
    """The delays on a day."""
    past = [one for one in TABLE if one.since <= on]
    return max(past, key=lambda one: one.since) if past else TABLE[0]


def freshness(confirmed_on: date | None, changed_on: date | None, today: date) -> Freshness:
    """Current while the confirmation is recent and nothing was changed since; stale when it is old, or never came and
    the record itself is old."""
    delays = in_force(today)
    last = confirmed_on or changed_on
    if last is None or (today - last).days > delays.stale:
        return Freshness.STALE
    if confirmed_on is None or (today - confirmed_on).days > delays.check:
        return Freshness.CHECK
    if changed_on is not None and changed_on > confirmed_on:
        return Freshness.CHECK
    return Freshness.CURRENT
