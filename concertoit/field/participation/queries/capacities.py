"""Committees and who sits there, by capacity (S7): tenants, managers, directors, workers… and how many people in all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from concertoit.ground.spaces.enums import Capacity
from concertoit.ground.spaces.models import BodyMembership, Committee
from concertoit.ground.spaces.policies import Viewer, in_force


@dataclass(slots=True)
class Row:
    """A committee with how many sit in each capacity."""

    committee: Committee
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.counts.total()


@dataclass(slots=True)
class Summary:
    """Committees that are not ended. ``seats`` counts places, ``people`` counts each person (or organisation) once."""

    rows: list[Row]
    capacities: list[tuple[str, str]]
    counts: Counter[str]
    seats: int
    people: int
    people_by_capacity: Counter[str]


def summary(viewer: Viewer) -> Summary:
    """The committees of a démarche and their members today, by capacity; ended committees are left out."""
    committees = (
        Committee.objects.filter(space=viewer.space, merged_into=None).exclude(state="closed").order_by("name", "pk")
    )
    rows = {one.pk: Row(one) for one in committees}
    seats = BodyMembership.objects.filter(in_force(), space=viewer.space, committee_id__in=rows)
    counted: set[tuple[int, str]] = set()
    people: dict[str, set[str]] = {}
    found = seats.select_related("membership").order_by("pk")
    for seat in found:
        member = seat.membership
        who = f"p{member.person_id}" if member.person_id else f"o{member.organisation_id}"
        assert seat.committee_id is not None  # noqa: S101 - filtered above
        if (seat.committee_id, who) not in counted:
            counted.add((seat.committee_id, who))
            rows[seat.committee_id].counts[member.capacity] += 1
        people.setdefault(who, set()).add(member.capacity)
    counts: Counter[str] = Counter()
    for row in rows.values():
        counts += row.counts
    by_capacity = Counter(capacity for capacities in people.values() for capacity in capacities)
    used = [(code, str(label)) for code, label in Capacity.choices if counts[code]]
    return Summary(list(rows.values()), used, counts, counts.total(), len(people), by_capacity)
