"""Every number of the room: its value, its unit, where it comes from, and when that was read.

A value of ``None`` is *not confirmed*: no text that we know of gives it. It stays empty on screen, and the checks that
need it answer « non évaluable » until a démarche writes its own value with its own source (``models.ParameterValue``).
``EDITION`` changes whenever a line of the table does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

EDITION = "2026-11-22"
NOTED_ON = date(2026, 11, 20)

_LAW_584 = "Loi sur la Société d’habitation du Québec, art. 58.4 (cité par la FLHLMQ)"
_LAW_571 = "Loi sur la Société d’habitation du Québec, art. 57.1; texte du projet de loi 155"
_FLHLMQ = "FLHLMQ"
_HOUSE = "Choix de la plateforme"


class Unit(StrEnum):
    """What a value counts."""

    PEOPLE = "people"
    YEARS = "years"
    MONTHS = "months"
    DAYS = "days"
    DWELLINGS = "dwellings"
    SHARE = "share"
    MONEY = "money"
    TIMES = "times"
    YES_NO = "yes_no"
    BALLOTS = "ballots"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One line of the table. ``value`` is exact (dollars, shares of one, counts); ``None`` is not confirmed."""

    code: str
    unit: Unit
    value: Fraction | None
    source: str
    also: str = ""


def _of(code: str, unit: Unit, value: str | None, source: str, also: str = "") -> Parameter:
    return Parameter(code, unit, None if value is None else Fraction(value), source, also)


TABLE: tuple[Parameter, ...] = (
    _of("ccr.members_max", Unit.PEOPLE, "25", _LAW_584),
    _of("ccr.mandate_years", Unit.YEARS, "3", _FLHLMQ),
    _of("ccr.notice_days", Unit.DAYS, "7", _FLHLMQ),
    _of("ccr.consultation_months", Unit.MONTHS, "12", _FLHLMQ),
    _of("ccr.meetings_per_year", Unit.TIMES, None, ""),
    _of("board.tenants", Unit.PEOPLE, "2", _LAW_571),
    _of("board.tenants_large", Unit.PEOPLE, "3", _LAW_571),
    _of("board.large_from", Unit.PEOPLE, "11", _LAW_571),
    _of("board.members_max", Unit.PEOPLE, "15", _LAW_571),
    _of("office.delegates_over", Unit.DWELLINGS, "500", "Directive de la SHQ, citée par la FLHLMQ"),
    _of("association.quorum_share", Unit.SHARE, "1/10", _FLHLMQ),
    _of("association.small_under", Unit.DWELLINGS, "50", _FLHLMQ),
    _of("association.quorum_small", Unit.PEOPLE, "5", _FLHLMQ),
    _of("association.meeting_months", Unit.MONTHS, "12", _FLHLMQ),
    _of("association.bylaw_share", Unit.SHARE, "2/3", _FLHLMQ),
    _of("association.grant_per_dwelling", Unit.MONEY, "30", _FLHLMQ, "28 $, 17 $, 15 $"),
    _of("association.grant_used_share", Unit.SHARE, "1/4", _FLHLMQ),
    _of("association.grant_withheld", Unit.MONEY, "1/2", _FLHLMQ),
    _of("election.notice_days", Unit.DAYS, None, ""),
    _of("election.complaint_days", Unit.DAYS, None, ""),
    _of("election.online_is_assembly", Unit.YES_NO, None, ""),
    _of("election.scrutineers", Unit.PEOPLE, "2", _HOUSE),
    _of("election.threshold", Unit.BALLOTS, "5", _HOUSE),
    _of("mandate.warn_days", Unit.DAYS, "90", _HOUSE),
    _of("representation.answer_days", Unit.DAYS, None, ""),
    _of("mediation.follow_up_months", Unit.MONTHS, "3", _HOUSE),
    _of("mediation.smallest_count", Unit.PEOPLE, "5", _HOUSE),
)
BY_CODE: Mapping[str, Parameter] = {one.code: one for one in TABLE}


@dataclass(frozen=True, slots=True)
class Written:
    """A value that a démarche wrote for itself, from a day on, with its source."""

    code: str
    value: Fraction
    since: date
    source: str


@dataclass(frozen=True, slots=True)
class InForce:
    """A parameter on a day: the value of the démarche if it wrote one, else the table's."""

    parameter: Parameter
    value: Fraction | None
    source: str
    since: date
    own: bool

    @property
    def code(self) -> str:
        return self.parameter.code

    @property
    def confirmed(self) -> bool:
        return self.value is not None


class Parameters:
    """The parameters of a démarche on a day. ``values["ccr.notice_days"]`` is exact, or ``None``: not confirmed."""

    def __init__(self, written: list[Written], on: date) -> None:
        latest: dict[str, Written] = {}
        for one in sorted((one for one in written if one.since <= on), key=lambda one: one.since):
            latest[one.code] = one
        self.lines = [self._line(parameter, latest.get(parameter.code)) for parameter in TABLE]
        self._by_code = {line.code: line for line in self.lines}

    @staticmethod
    def _line(parameter: Parameter, own: Written | None) -> InForce:
        if own is None:
            return InForce(parameter, parameter.value, parameter.source, NOTED_ON, own=False)
        return InForce(parameter, own.value, own.source, own.since, own=True)

    def __getitem__(self, code: str) -> Fraction | None:
        return self._by_code[code].value

    def line(self, code: str) -> InForce:
        """A parameter with its source. Raises ``KeyError`` for an unknown code."""
        return self._by_code[code]

    def number(self, code: str) -> int | None:
        """A value that counts whole things, rounded down; ``None`` where it is not confirmed."""
        value = self[code]
        return None if value is None else int(value)


def read_value(text: str) -> Fraction:
    """A value as people type it: ``7``, ``0,50``, ``10 %``, ``2/3``. Raises ``ValueError``."""
    plain = "".join(text.split()).replace("\u00a0", "").replace("\u202f", "").replace(",", ".").removesuffix("$")
    share = plain.endswith("%")
    try:
        value = Fraction(plain.removesuffix("%"))
    except ZeroDivisionError as error:
        raise ValueError(text) from error
    if value < 0:
        raise ValueError(text)
    return value / 100 if share else value
