"""The delays of the loop: dated parameters with their source, shown on the page that they govern."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_HOUSE = "Choix de la plateforme : aucun texte publié ne fixe ce délai"


@dataclass(frozen=True, slots=True)
class Delay:
    """A delay in days, in use from a day on."""

    code: str
    days: int
    since: date
    source: str


TABLE: tuple[Delay, ...] = (
    Delay("link", 8, date(2024, 1, 1), _HOUSE),
    Delay("reminder", 10, date(2024, 1, 1), _HOUSE),
    Delay("expiry", 30, date(2024, 1, 1), _HOUSE),
    Delay("handover", 30, date(2024, 1, 1), _HOUSE),
)


def in_force(on: date) -> Mapping[str, Delay]:
    """The delays on a day, by code. Days before the first edition have those of the first."""
    found: dict[str, Delay] = {}
    for delay in sorted(TABLE, key=lambda one: one.since):
        if delay.code not in found or delay.since <= on:
            found[delay.code] = delay
    return found


def days(code: str, on: date) -> timedelta:
    """A delay on a day. Raises ``KeyError`` for an unknown one."""
    return timedelta(days=in_force(on)[code].days)
