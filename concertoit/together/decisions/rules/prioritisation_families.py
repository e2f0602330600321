"""Families of partners: who stands with whom when one asks whether everybody agrees, and what may be shown of them.

A family is declared, never guessed from answers: it follows the type of the organisation, or the capacity in which a
person takes part, by a mapping that has a version; the coordination may correct it voice by voice before opening.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from concertoit.together.decisions.rules.prioritisation import GRADES, SUPPORTING, Tally


class Family(StrEnum):
    """The families of mapping 1."""

    HOUSING = "housing"
    COMMUNITY = "community"
    MUNICIPAL = "municipal"
    PUBLIC = "public"
    CITIZENS = "citizens"
    OTHER = "other"


MAPPING = "1"
# From codes of ``identity.OrganisationKind`` and ``spaces.Capacity``.
BY_ORGANISATION = {
    "housing_office": Family.HOUSING,
    "housing_nonprofit": Family.HOUSING,
    "housing_coop": Family.HOUSING,
    "mrc": Family.MUNICIPAL,
    "municipality": Family.MUNICIPAL,
    "health_network": Family.PUBLIC,
    "ministry": Family.PUBLIC,
    "school": Family.PUBLIC,
    "community": Family.COMMUNITY,
    "round_table": Family.COMMUNITY,
}
BY_CAPACITY = {
    "elected": Family.MUNICIPAL,
    "municipal_staff": Family.MUNICIPAL,
    "citizen": Family.CITIZENS,
    "tenant": Family.CITIZENS,
    "health": Family.PUBLIC,
    "government": Family.PUBLIC,
    "research": Family.PUBLIC,
}


def family_of(organisation_kind: str, capacity: str = "") -> Family:
    """The family of a voice: of its organisation, else of the capacity in which the person takes part."""
    return BY_ORGANISATION.get(organisation_kind) or BY_CAPACITY.get(capacity) or Family.OTHER


def in_favour(one: Tally) -> int:
    """Opinions that speak for the action."""
    return sum(one.grades[GRADES.index(grade)] for grade in SUPPORTING)


def merged_small(sizes: Mapping[str, int], smallest: int) -> dict[str, str]:
    """For each family, the one under which it is shown (empty: under none), so that nobody stands alone.

    Families of fewer than ``smallest`` voices are shown together. When even together they are too few, the smallest
    other family joins them: otherwise what is hidden could be found by subtraction. Nothing is shown apart when that
    leaves a single group.
    """
    big = {family: size for family, size in sizes.items() if size >= smallest}
    small = {family: size for family, size in sizes.items() if 0 < size < smallest}
    while small and sum(small.values()) < smallest and big:
        joining = min(big, key=lambda family: (big[family], family))
        small[joining] = big.pop(joining)
    shown = {family: family for family in big}
    together = str(Family.OTHER) if sum(small.values()) >= smallest else ""
    shown.update(dict.fromkeys(small, together))
    if len(set(shown.values())) <= 1:
        return dict.fromkeys(sizes, "")
    return {**dict.fromkeys(sizes, ""), **shown}
