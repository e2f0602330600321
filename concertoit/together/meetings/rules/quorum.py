"""Quorum and attendance, by organisation.

The rule is the body's own (facts, section 4: quorum is a recorded state); nothing here is a law.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

# The best one first: an organisation is there as soon as one of its people is.
ORDER = ("present", "represented", "excused", "absent", "unknown")
THERE = frozenset({"present", "represented"})


def needed(rule: str, number: int | None, convened: int) -> int | None:
    """How many organisations must be there, of those convened; nothing where the body has no quorum.

    ``number`` is a count for the rule « number » and a percentage for « share », rounded up.
    """
    if rule == "number":
        return number or 0
    if rule == "majority":
        return convened // 2 + 1
    if rule == "share":
        return -(-convened * (number or 0) // 100)
    return None


def reached(rule: str, number: int | None, convened: int, there: int) -> bool | None:
    """Whether the table may decide; nothing where the body has no quorum."""
    wanted = needed(rule, number, convened)
    return None if wanted is None else there >= wanted


def by_organisation(rows: Iterable[tuple[Hashable, str]]) -> Mapping[Hashable, str]:
    """The attendance of each organisation, from (organisation, attendance of one of its people)."""
    found: dict[Hashable, str] = {}
    for organisation, presence in rows:
        known = found.get(organisation, ORDER[-1])
        found[organisation] = min(known, presence, key=ORDER.index)
    return found


def count_there(presences: Iterable[str]) -> int:
    """How many organisations are there, themselves or through a substitute."""
    return sum(one in THERE for one in presences)
