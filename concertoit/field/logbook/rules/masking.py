"""Which figures of a publication may not be shown: the sums that hold between the tables of the logbook.

What the tables share is named once: the denominator of nested tables is a line of another, those of all others are the
interventions or the referrals of the period. What a reader could subtract is there too, though never printed: those who
are not in a line of a multi-valued list, those who are both youth and family, those referred in other forms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from concertoit.field.logbook.rules.statistics import FAMILIES, NESTED, YOUTH, Computed, Unit
from concertoit.ground.privacy.rules.masking import Key, Sum, mask

Breakdown = Mapping[str, Mapping[str, int]]
"""Parts of the whole (territories, months), each with its counts by column."""
WHOLES = {"interventions": ("whole", Unit.INTERVENTION), "referrals": ("whole", Unit.REFERRAL)}
COLUMNS: dict[str, Key] = {
    **WHOLES,
    "collective": ("kinds", "collective"),
    "referred": ("referred", "yes"),
}
"""Columns of breakdowns: what each adds up to in the tables."""


@dataclass(slots=True)
class Web:
    """Counts by key, sums between them, and those that are not printed."""

    counts: dict[Key, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    hidden: set[Key] = field(default_factory=set)

    def put(self, key: Key, count: int, *, shown: bool = True) -> Key:
        if not shown and key not in self.counts:
            self.hidden.add(key)
        self.counts.setdefault(key, count)
        return key

    def rest(self, total: Key, *parts: Key) -> Key:
        """What is in a total and in none of these parts; hidden."""
        count = self.counts[total] - sum(self.counts[part] for part in parts)
        left = self.put(("rest", total, *parts), count, shown=False)
        self.sums.append(Sum(total, (*parts, left)))
        return left


def masked(tables: Mapping[str, Computed], breakdowns: Mapping[str, Breakdown], *, smallest: int) -> frozenset[Key]:
    """Keys of what may not be shown: ``(table, line)``, ``("whole", unit)``, ``(breakdown, part, column)``.

    ``tables`` are those of one population; ``breakdowns`` divide the same population. A breakdown whose parts do not
    make the whole (referrals without a place) leaves a hidden rest.
    """
    web = web_of(tables, breakdowns)
    return mask(web.counts, web.sums, smallest=smallest, hidden=web.hidden)


def web_of(tables: Mapping[str, Computed], breakdowns: Mapping[str, Breakdown]) -> Web:
    """Every count of a publication, printed or not, and the sums that hold between them."""
    web = Web()
    for one in tables.values():
        _table(web, one)
    _both(web, tables)
    _referred(web, tables)
    for name, parts in breakdowns.items():
        _breakdown(web, name, parts)
    return web


def denominator(code: str, unit: Unit) -> Key:
    """The key of a table's denominator."""
    return NESTED.get(code, ("whole", unit))


def _table(web: Web, one: Computed) -> None:
    code = one.definition.code
    total = web.put(denominator(code, one.definition.unit), one.total)
    lines = [web.put((code, line), count) for line, count in one.lines.items()]
    if one.definition.multiple:
        for line in lines:
            web.rest(total, line)
    elif sum(one.lines.values()) == one.total:
        web.sums.append(Sum(total, tuple(lines)))
    else:
        web.rest(total, *lines)


def _both(web: Web, tables: Mapping[str, Computed]) -> None:
    """Youth, families, and either: what the three say of those who were both, or only one."""
    union, lists = tables.get("youth_families"), tables.get("clienteles")
    if union is None or lists is None or not {YOUTH, FAMILIES} <= set(lists.lines):
        return
    youth, families, either = lists.lines[YOUTH], lists.lines[FAMILIES], union.lines["yes"]
    both = web.put(("both",), youth + families - either, shown=False)
    only_youth = web.put(("only", YOUTH), either - families, shown=False)
    only_families = web.put(("only", FAMILIES), either - youth, shown=False)
    web.sums += [
        Sum(("clienteles", YOUTH), (only_youth, both)),
        Sum(("clienteles", FAMILIES), (only_families, both)),
        Sum(("youth_families", "yes"), (only_youth, only_families, both)),
    ]


def _referred(web: Web, tables: Mapping[str, Computed]) -> None:
    """Referred at all, referred in individual work: the difference is those referred in other forms."""
    if {"referred", "referred_individual", "kinds"} <= set(tables):
        for line in LINE_PAIR:
            web.rest(("referred", line), ("referred_individual", line))


LINE_PAIR = ("yes", "no")


def _breakdown(web: Web, name: str, parts: Breakdown) -> None:
    columns = {column for counts in parts.values() for column in counts}
    for column in sorted(columns):
        total = COLUMNS[column]
        if total not in web.counts:
            continue
        keys = [web.put((name, part, column), counts[column]) for part, counts in parts.items()]
        if sum(web.counts[key] for key in keys) == web.counts[total]:
            web.sums.append(Sum(total, tuple(keys)))
        else:
            web.rest(total, *keys)
    for part, counts in parts.items():
        for column in {"collective", "referred"} & set(counts):
            web.rest((name, part, "interventions"), (name, part, column))


def published_counts(document: Mapping[str, Any]) -> dict[Key, int | None]:
    """What a document of figures prints, by key; ``None`` is masked. The same key in two documents counts the same thing
    over each one's own days (a month that both tell is the same month).
    """
    counts: dict[Key, int | None] = {}
    for table in document["tables"]:
        counts["total", table["code"]] = table["total"]
        counts |= {("line", table["code"], line["code"]): line["count"] for line in table["lines"]}
    for part in ("over_time", "places"):
        for row in document[part]:
            counts |= {(part, row["label"], column): row[column] for column in WHOLES | COLUMNS if column in row}
    return counts
