"""Mandates: three years; a replacement finishes the term; an end is seen coming."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Standing(StrEnum):
    """Where a mandate stands on a day."""

    COMING = "coming"
    RUNNING = "running"
    ENDING = "ending"
    OVERDUE = "overdue"
    ENDED = "ended"


def years_after(day: date, years: int) -> date:
    """The same day some years later; the last of February where there is no 29."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def term_end(starts_on: date, years: int, replaced_end: date | None = None) -> date:
    """The last day of a mandate. Who replaces somebody finishes their term (FLHLMQ)."""
    return replaced_end or years_after(starts_on, years) - timedelta(days=1)


def standing(starts_on: date, ends_on: date, left_on: date | None, on: date, warn_days: int) -> Standing:
    """Where a mandate stands: « ending » when its end is within ``warn_days``, « overdue » when nobody saw it pass."""
    if left_on is not None and left_on <= on:
        return Standing.ENDED
    if starts_on > on:
        return Standing.COMING
    if ends_on < on:
        return Standing.OVERDUE
    return Standing.ENDING if ends_on - on <= timedelta(days=warn_days) else Standing.RUNNING


class Origin(StrEnum):
    """Where a member of the residents' committee comes from (art. 58.4)."""

    ELECTED = "elected"
    ASSOCIATION = "association"
    OFFICE = "office"


class Leaving(StrEnum):
    """Why a seat ended."""

    TERM = "term"
    RESIGNED = "resigned"
    TENANCY = "tenancy"
    DISMISSED = "dismissed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Body:
    """Who decided something: an assembly of all tenants, of one association, or the office itself."""

    kind: Origin
    association_id: int | None = None


def may_dismiss(origin: Origin, association_id: int | None, by: Body) -> bool:
    """Only the body that elected, or named, can dismiss (FLHLMQ)."""
    if origin is not by.kind:
        return False
    return origin is not Origin.ASSOCIATION or association_id == by.association_id
