"""Does what is here hold to the rules? Checks answer *conforme*, *à corriger* or *non évaluable*, and cite their rule.

A check never guesses: what it needs and does not know (a date nobody typed, a parameter that is not confirmed) makes it
*non évaluable*. ``figures`` is what the sentence on screen says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil

from concertoit.field.participation.rules.mandates import Origin
from concertoit.field.participation.rules.parameters import Parameters


class Verdict(StrEnum):
    """What a check answers."""

    OK = "ok"
    FIX = "fix"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """One answer. ``parameters`` are the codes of the rules it applied."""

    code: str
    verdict: Verdict
    parameters: tuple[str, ...] = ()
    figures: dict[str, object] = field(default_factory=dict)


def answer(code: str, holds: bool | None, *parameters: str, **figures: object) -> Check:
    """A check that holds, does not, or cannot be evaluated (``None``)."""
    verdict = Verdict.UNKNOWN if holds is None else Verdict.OK if holds else Verdict.FIX
    return Check(code, verdict, parameters, figures)


@dataclass(frozen=True, slots=True)
class Member:
    """A seat in force on the residents' committee. ``housed``: in a building of the office; ``covered``: by a recognised
    association; ``None`` where the building is not known."""

    origin: Origin
    ends_on: date
    housed: bool | None = None
    covered: bool | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """A decision on which the committee was asked: when it was asked, when the office decides."""

    asked_on: date
    decides_on: date | None
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class Committee:
    """The residents' committee as the checks see it. ``tenants``: how many representatives the board has."""

    members: Sequence[Member]
    tenants: int | None
    advice: Sequence[Advice] = ()


def committee(here: Committee, parameters: Parameters, today: date) -> list[Check]:
    """Composition, mandates and consultation of the residents' committee (art. 58.4, FLHLMQ)."""
    most = parameters.number("ccr.members_max")
    elected = sum(1 for one in here.members if one.origin is Origin.ELECTED)
    size = len(here.members)
    overdue = sum(1 for one in here.members if one.ends_on < today)
    return [
        answer("ccr.size", _at_most(size, most), "ccr.members_max", count=size, most=most),
        answer(
            "ccr.board", None if here.tenants is None else elected == here.tenants,
            "board.tenants", "board.tenants_large", "board.large_from", count=elected, wanted=here.tenants,
        ),
        _named(here.members),
        _housed(here.members),
        answer("ccr.mandates", overdue == 0 if here.members else None, "ccr.mandate_years", count=overdue),
        _notice(here.advice, parameters),
        _yearly(here.advice, parameters, today),
        answer("ccr.rhythm", None, "ccr.meetings_per_year"),
    ]  # fmt: skip


def _at_most(count: int, most: int | None) -> bool | None:
    return None if most is None or count == 0 else count <= most


def _named(members: Sequence[Member]) -> Check:
    """The office names only where no recognised association does (« à défaut »)."""
    by_office = [one for one in members if one.origin is Origin.OFFICE]
    wrong = sum(1 for one in by_office if one.covered)
    unknown = any(one.covered is None for one in by_office)
    holds = None if not members or (not wrong and unknown) else not wrong
    return answer("ccr.named", holds, "ccr.members_max", count=wrong)


def _housed(members: Sequence[Member]) -> Check:
    outside = sum(1 for one in members if one.housed is False)
    unknown = sum(1 for one in members if one.housed is None)
    holds = None if not members or (not outside and unknown) else not outside
    return answer("ccr.housed", holds, "ccr.members_max", count=outside, unknown=unknown)


def _notice(asked: Sequence[Advice], parameters: Parameters) -> Check:
    days = parameters.number("ccr.notice_days")
    dated = [one for one in asked if one.decides_on]
    if days is None or not dated:
        return answer("ccr.notice", None, "ccr.notice_days", days=days, count=0)
    short = sum(1 for one in dated if one.decides_on and one.decides_on - one.asked_on < timedelta(days=days))
    return answer("ccr.notice", short == 0, "ccr.notice_days", days=days, count=short)


def _yearly(asked: Sequence[Advice], parameters: Parameters, today: date) -> Check:
    months = parameters.number("ccr.consultation_months")
    last = max((one.asked_on for one in asked if one.yearly), default=None)
    holds = None if months is None else last is not None and months_after(last, months) >= today
    return answer("ccr.consultation", holds, "ccr.consultation_months", last=last, months=months)


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(day)


def founding_quorum(dwellings: int | None, parameters: Parameters) -> int | None:
    """How many tenants found an association: 10 % of the dwellings, five in a complex of fewer than fifty (FLHLMQ)."""
    share, small = parameters["association.quorum_share"], parameters.number("association.quorum_small")
    limit = parameters.number("association.small_under")
    if not dwellings or share is None or small is None or limit is None:
        return None
    return small if dwellings < limit else ceil(share * dwellings)


@dataclass(frozen=True, slots=True)
class Association:
    """A tenants' association as the checks see it. ``None``: nobody wrote it down."""

    dwellings: int | None
    all_invited: bool | None = None
    office_witness: bool | None = None
    founding_presence: int | None = None
    by_laws_on: date | None = None
    founded_on: date | None = None
    last_yearly: date | None = None
    accounts: bool | None = None
    budget: bool | None = None
    grant: Fraction | None = None
    used: Fraction | None = None


def association(here: Association, parameters: Parameters, today: date) -> list[Check]:
    """Recognition of an association, and what keeps it recognised (FLHLMQ)."""
    quorum = founding_quorum(here.dwellings, parameters)
    present = here.founding_presence
    reached = None if quorum is None or present is None else present >= quorum
    return [
        answer("association.invited", here.all_invited),
        answer("association.witness", here.office_witness),
        answer(
            "association.quorum", reached, "association.quorum_share", "association.quorum_small",
            "association.small_under", count=present, wanted=quorum,
        ),
        answer("association.bylaws", here.by_laws_on is not None if here.founded_on else None, on=here.by_laws_on),
        _meeting(here, parameters, today),
        answer("association.accounts", here.accounts),
        answer("association.budget", here.budget),
        _used(here, parameters),
    ]  # fmt: skip


def _meeting(here: Association, parameters: Parameters, today: date) -> Check:
    months, since = parameters.number("association.meeting_months"), here.last_yearly or here.founded_on
    if months is None or since is None:
        return answer("association.meeting", None, "association.meeting_months", months=months)
    due = months_after(since, months)
    return answer("association.meeting", due >= today, "association.meeting_months", due=due, last=here.last_yearly)


def _used(here: Association, parameters: Parameters) -> Check:
    least = parameters["association.grant_used_share"]
    known = here.grant is not None and here.used is not None and here.grant > 0 and least is not None
    share = here.used / here.grant if known and here.used is not None and here.grant else None
    holds = None if share is None or least is None else share >= least
    return answer("association.used", holds, "association.grant_used_share", share=share, least=least)


def grant(dwellings: int, parameters: Parameters) -> tuple[Fraction | None, Fraction | None]:
    """The yearly grant of an association, and the sum withheld on it, in dollars (FLHLMQ)."""
    rate, withheld = parameters["association.grant_per_dwelling"], parameters["association.grant_withheld"]
    return (None if rate is None else rate * dwellings), (None if withheld is None else withheld * dwellings)


def two_thirds(votes_for: int, present: int, parameters: Parameters) -> bool | None:
    """Whether a change of by-laws passes: two thirds of those present, not of those who vote (FLHLMQ)."""
    share = parameters["association.bylaw_share"]
    return None if share is None or present <= 0 else Fraction(votes_for, present) >= share


@dataclass(frozen=True, slots=True)
class Election:
    """An election as the checks see it."""

    places: int
    tenants: int | None
    held_on: date | None
    notice_on: date | None
    modalities_on: date | None
    online: bool
    paper: bool
    scrutineers: int
    acclaimed: bool = False


def election(here: Election, parameters: Parameters) -> list[Check]:
    """The election of the representatives (art. 57.1)."""
    wanted, days = parameters.number("election.scrutineers"), parameters.number("election.notice_days")
    notice = None
    if days is not None and here.held_on and here.notice_on:
        notice = here.held_on - here.notice_on >= timedelta(days=days)
    return [
        answer(
            "election.seats", None if here.tenants is None else here.places == here.tenants,
            "board.tenants", "board.tenants_large", "board.large_from", count=here.places, wanted=here.tenants,
        ),
        answer("election.assembly", here.held_on is not None, "board.tenants"),
        answer("election.modalities", here.modalities_on is not None, "board.tenants", on=here.modalities_on),
        answer("election.notice", notice, "election.notice_days", days=days),
        answer("election.online", _online(here, parameters), "election.online_is_assembly"),
        answer(
            "election.scrutineers", None if here.acclaimed or wanted is None else here.scrutineers >= wanted,
            "election.scrutineers", count=here.scrutineers, wanted=wanted,
        ),
    ]  # fmt: skip


def _online(here: Election, parameters: Parameters) -> bool | None:
    """Whether an online-only vote is « au cours d’une assemblée »: not confirmed; with paper in the room, it is."""
    if here.paper or not here.online:
        return True
    said = parameters["election.online_is_assembly"]
    return None if said is None else said > 0
