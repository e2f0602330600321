"""Delays of the work on cases: each with its value, its unit, where it comes from and when that was read.

The delays to act start from the United Kingdom's 2025 rules for social landlords, « not law here » (facts, section 3):
a démarche adopts its own, from a day on, with its own source (``models.WorkParameter``). Others are choices of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concertoit.field.cases.rules.path import LETTER, LETTER_DAYS, LETTER_SOURCE

NOTED_ON = date(2026, 11, 20)
UK_2025 = "Règles du Royaume-Uni de 2025 pour les logements sociaux (Awaab’s Law); ne font pas loi ici"
HOUSE = "Choix de la plateforme, à adapter par la démarche"


class Unit(StrEnum):
    HOURS = "hours"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One delay. ``lowest`` and ``highest``: what a démarche may write."""

    code: str
    unit: Unit
    value: int
    source: str
    highest: int = 365


TABLE: tuple[Parameter, ...] = (
    Parameter("clock.first_action", Unit.HOURS, 24, UK_2025, 168),
    Parameter("clock.investigate", Unit.WORKING_DAYS, 10, UK_2025, 120),
    Parameter("clock.summary", Unit.WORKING_DAYS, 3, UK_2025, 120),
    Parameter("clock.make_safe", Unit.WORKING_DAYS, 5, UK_2025, 120),
    Parameter("clock.works", Unit.WEEKS, 12, UK_2025, 104),
    Parameter("partner.answer", Unit.WORKING_DAYS, 5, HOUSE, 60),
    Parameter("partner.remind", Unit.WORKING_DAYS, 2, HOUSE, 60),
    Parameter("partner.escalate", Unit.WORKING_DAYS, 3, HOUSE, 60),
    Parameter("partner.link", Unit.DAYS, 30, HOUSE, 120),
    Parameter(LETTER, Unit.WORKING_DAYS, LETTER_DAYS, LETTER_SOURCE, 60),
    Parameter("home.silent", Unit.DAYS, 60, HOUSE, 365),
)
BY_CODE: Mapping[str, Parameter] = {one.code: one for one in TABLE}


@dataclass(frozen=True, slots=True)
class Written:
    """A value that a démarche gave to a delay from a day on."""

    code: str
    value: int
    since: date
    source: str


@dataclass(frozen=True, slots=True)
class InForce:
    """A delay on a day: the value of the démarche if it wrote one, else the table's."""

    parameter: Parameter
    value: int
    source: str
    since: date
    own: bool


class Delays:
    """The delays of a démarche on a day: ``delays["clock.investigate"]``."""

    def __init__(self, written: Iterable[Written] = (), on: date = NOTED_ON) -> None:
        latest: dict[str, Written] = {}
        for one in sorted((one for one in written if one.since <= on), key=lambda one: one.since):
            latest[one.code] = one
        self.lines = [_line(parameter, latest.get(parameter.code)) for parameter in TABLE]
        self._values = {line.parameter.code: line.value for line in self.lines}

    def __getitem__(self, code: str) -> int:
        return self._values[code]

    def source_of(self, code: str) -> str:
        """Where the value of a delay comes from."""
        return next(line.source for line in self.lines if line.parameter.code == code)


def _line(parameter: Parameter, own: Written | None) -> InForce:
    if own is None:
        return InForce(parameter, parameter.value, parameter.source, NOTED_ON, own=False)
    return InForce(parameter, own.value, own.source, own.since, own=True)
