"""Figures as a document: what the page shows, what files say and what a published report freezes are the same thing.

A document is plain values (texts, whole numbers, nothing for what is masked), so that it can be kept as canonical JSON
and shown again years later as it was, labels included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from concertoit.field.logbook.enums import EntryKind
from concertoit.field.logbook.enums.figures import COLUMNS, HOW, NOTHING, OVER, TITLES, YES_NO
from concertoit.field.logbook.queries.figures import Figures, Reach, figures
from concertoit.field.logbook.queries.figures_words import Words, words_of
from concertoit.field.logbook.rules import periods
from concertoit.field.logbook.rules.masking import denominator, masked
from concertoit.field.logbook.rules.periods import Period
from concertoit.field.logbook.rules.statistics import DEFINITIONS, NESTED, By, Computed, compute_all, whole_of
from concertoit.ground.core.spoken import date_long
from concertoit.ground.privacy.rules.masking import Key
from concertoit.ground.ui.moments import month_short

SCHEMA = "concertoit-figures/1"
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What one wants figures of. ``smallest``: counts under it are masked; nothing is when it is ``None``."""

    period: Period
    reach: Reach = field(default_factory=Reach)
    smallest: int | None = None


@dataclass(frozen=True, slots=True)
class _Side:
    """A period, counted: its figures, its tables, and what may not be shown of them."""

    figures: Figures
    tables: Mapping[str, Computed]
    away: frozenset[Key]


def document_of(space_id: int, asked: Asked, *, title: str, scope: list[str], places: Mapping[int, str]) -> Document:
    """The figures of a period beside those of the year before. ``places`` names the territories by id."""
    words = words_of(space_id)
    now, past = (
        _side(one, words, asked.smallest)
        for one in figures(space_id, [asked.period, periods.before(asked.period)], asked.reach)
    )
    compared = None if past.figures.is_empty else past
    start, end = asked.period
    return {
        "schema": SCHEMA,
        "title": title,
        "period": {"start": start.isoformat(), "end": end.isoformat(), "label": period_label(asked.period)},
        "before": period_label(periods.before(asked.period)) if compared else "",
        "scope": scope,
        "smallest": asked.smallest,
        "is_empty": now.figures.is_empty,
        "tables": [_table(one.code, now, compared, words) for one in DEFINITIONS],
        "efforts": _efforts(now, asked.smallest),
        "columns": {code: str(label) for code, label in COLUMNS.items()},
        "over_time": [
            {"label": bucket_label(at, now.figures.by_month), **_shown(now, ("time", at.isoformat()), line)}
            for at, line in now.figures.over_time.items()
        ],
        "places": _places(now, places),
    }


def _side(found: Figures, words: Words, smallest: int | None) -> _Side:
    tables = compute_all(found.population, words.vocabulary)
    if smallest is None:
        return _Side(found, tables, frozenset())
    over_time = {at.isoformat(): line for at, line in found.over_time.items()}
    parts = {"time": over_time, "place": {str(place): line for place, line in found.places.items()}}
    return _Side(found, tables, masked(tables, parts, smallest=smallest))


def _shown(side: _Side, part: tuple[str, str], line: Mapping[str, int]) -> dict[str, int | None]:
    return {column: None if (*part, column) in side.away else count for column, count in line.items()}


def _table(code: str, now: _Side, past: _Side | None, words: Words) -> Document:
    computed = now.tables[code]
    definition = computed.definition
    lines = [
        {
            "code": line, "label": line_label(code, definition.by, line, words), "count": _count(now, code, line),
            "percent": _percent(now, code, line), "before": _percent(past, code, line) if past else None,
        }
        for line in computed.lines
    ]  # fmt: skip
    shown = [line["count"] for line in lines if isinstance(line["count"], int)]
    total = _total(now, code)
    return {
        "code": code,
        "title": str(TITLES[code]),
        "how": str(HOW[code]),
        "over": str(OVER[definition.unit, definition.among]),
        "total": total,
        "multiple": definition.multiple,
        "exceeds": bool(definition.multiple and total is not None and sum(shown) > total),
        "mentions": sum(shown) if len(shown) == len(lines) else None,
        "within": NESTED[code][0] if code in NESTED else "",
        "lines": lines,
    }


def line_label(code: str, by: By, line: str, words: Words) -> str:
    """How a line of a table is called."""
    if (code, line) in YES_NO:
        return str(YES_NO[code, line])
    return words.label(by, line) if line else str(NOTHING[by])


def _count(side: _Side, code: str, line: str) -> int | None:
    return None if (code, line) in side.away else side.tables[code].lines.get(line, 0)


def _total(side: _Side, code: str) -> int | None:
    computed = side.tables[code]
    return None if denominator(code, computed.definition.unit) in side.away else computed.total


def _percent(side: _Side, code: str, line: str) -> str | None:
    """The share as text, nothing when it would tell a masked numerator or denominator."""
    if _count(side, code, line) is None or _total(side, code) is None:
        return None
    share = side.tables[code].percent(line)
    return None if share is None else str(share)


def _efforts(side: _Side, smallest: int | None) -> list[Document]:
    """Time and people by form of intervention; nothing where too few said it, or where the form is masked."""
    whole = whole_of(side.figures.population)
    rows: list[Document] = []
    for kind in EntryKind:
        timed, minutes, people = (counted[kind.value] for counted in (whole.timed, whole.minutes, whole.people))
        few = smallest is not None and (timed < smallest or ("kinds", kind.value) in side.away)
        if timed or people:
            rows.append(
                {
                    "label": str(kind.label), "timed": None if few else timed, "minutes": None if few else minutes,
                    "people": None if few else people,
                }
            )  # fmt: skip
    return rows


def _places(side: _Side, names: Mapping[int, str]) -> list[Document]:
    """Territories by name; what has no place (a referral without an intervention) comes last."""
    rows = [
        {"label": names.get(place, f"#{place}") if place else _("Sans territoire"), "last": not place}
        | _shown(side, ("place", str(place)), line)
        for place, line in side.figures.places.items()
    ]
    return sorted(rows, key=lambda row: (row["last"], str(row["label"])))


def bucket_label(start: date, by_month: bool) -> str:
    """« janv. 2022 », or « 2022 »."""
    return f"{month_short(start)} {start.year}" if by_month else str(start.year)


def period_label(period: Period) -> str:
    """« 2022 », « 2e trimestre de 2022 », or its two days."""
    start, end = period
    if periods.is_year(period):
        return str(start.year)
    place = periods.quarter_of(period)
    if place:
        return _("%(place)s trimestre de %(year)s") % {"place": _ORDINALS[place](), "year": start.year}
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return _("%(first)s à %(last)s") % {"first": start.year, "last": end.year}
    days = {name: date_long(day, weekday=False, article=False) for name, day in (("start", start), ("end", end))}
    return _("Du %(start)s au %(end)s") % days


_ORDINALS = {1: lambda: _("1er"), 2: lambda: _("2e"), 3: lambda: _("3e"), 4: lambda: _("4e")}


def how_counted() -> list[Document]:
    """Every definition as a person reads it."""
    return [
        {
            "code": one.code, "title": str(TITLES[one.code]), "how": str(HOW[one.code]),
            "over": str(OVER[one.unit, one.among]), "multiple": one.multiple, "smallest": one.smallest,
            "within": str(TITLES[NESTED[one.code][0]]) if one.code in NESTED else "",
        }
        for one in DEFINITIONS
    ]  # fmt: skip
